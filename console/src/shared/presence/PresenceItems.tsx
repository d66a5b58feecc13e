/** In one's own menu: away by one click, and back by one. */
import { Menu } from '@mantine/core';
import { IconArrowBackUp, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dot } from '@/shared/components/Marks';
import { useConfirm } from '@/shared/components/useConfirm';
import { useTell } from '@/shared/components/useTell';
import { useLive } from '@/shared/live/store';
import { inARow } from '@/shared/i18n';
import { ABSENCE_KINDS, ABSENCES, type AbsenceKind, useAbsence, usualEnd, useUntil } from './absence';
import { AbsenceTold } from './Presence';
import classes from './presence.module.css';

interface Props {
  person: string;
  /** With a note and a time. */
  onDetails: () => void;
}

export default function PresenceItems({ person, onDetails }: Props) {
  const { t } = useTranslation('presence');
  const { t: common } = useTranslation();
  const absent = useLive((live) => live.agents[person]?.absence?.kind);
  const go = useGoAway(person);
  const back = useComeBack();
  return (
    <>
      <Menu.Label>{t('title')}</Menu.Label>
      {absent && (
        <Menu.Label c="var(--mantine-color-text)">
          <AbsenceTold person={person} />
        </Menu.Label>
      )}
      {absent && (
        <Menu.Item
          leftSection={<IconArrowBackUp size={16} stroke={1.6} aria-hidden />}
          onClick={() => void back()}
        >
          {t('back')}
        </Menu.Item>
      )}
      <div className={classes.grid}>
        {ABSENCE_KINDS.map((kind) => (
          <Menu.Item
            key={kind}
            px={8}
            leftSection={<Dot {...ABSENCES[kind]} />}
            aria-current={kind === absent || undefined}
            onClick={() => void go(kind)}
          >
            {common(`absence.kinds.${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Item px={8} leftSection={<IconClock size={14} stroke={1.6} aria-hidden />} onClick={onDetails}>
          {t('details')}
        </Menu.Item>
      </div>
      <Menu.Divider />
    </>
  );
}

/** Set it at once; who still gets calls is asked whether to leave the queues. */
function useGoAway(person: string): (kind: AbsenceKind) => Promise<void> {
  const { t } = useTranslation('presence');
  const { t: common } = useTranslation();
  const { begin, logOut } = useAbsence('me');
  const back = useComeBack();
  const untilOf = useUntil();
  const tell = useTell();
  const confirm = useConfirm();
  return async (kind) => {
    try {
      const until = usualEnd(kind)?.toISOString() ?? null;
      await begin.mutateAsync({ kind, until, note: '' });
      const shown = inARow([common(`absence.kinds.${kind}`), untilOf({ until })], ' ');
      tell.done(t('set', { shown }), () => void back());
      const { agents, queues } = useLive.getState();
      const inside = agents[person]?.queues ?? [];
      if (!inside.length) return;
      const names = inside.map((queue) => queues[queue]?.name ?? queue).join(', ');
      const leave = await confirm({
        title: t('stillIn'),
        body: t('stillInBody', { queues: names }),
        confirm: t('logOut'),
        cancel: t('stay'),
      });
      if (leave) await logOut.mutateAsync();
    } catch (error) {
      tell.failed(error);
    }
  };
}

function useComeBack(): () => Promise<void> {
  const { end } = useAbsence('me');
  const tell = useTell();
  return () => end.mutateAsync().then(() => undefined, tell.failed);
}
