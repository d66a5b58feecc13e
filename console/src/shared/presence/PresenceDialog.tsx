/** Say that one is away oneself, or that a colleague is: why, until when, with a note. */
import { Button, Group, Modal, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/shared/components/ErrorState';
import { useTell } from '@/shared/components/useTell';
import { momentOf, MomentField, typedMoment } from '@/shared/dates';
import { focusFault } from '@/shared/forms/focusFault';
import { useLive } from '@/shared/live/store';
import { useMay, useMe } from '@/shared/session';
import { ABSENCE_KINDS, type AbsenceKind, endOfDay, useAbsence, usualEnd } from './absence';
import { AbsenceTold } from './Presence';
import classes from './presence.module.css';

const LONGEST_NOTE = 80;
const MINUTE = 60_000;

interface Props {
  person: string;
  name: string;
  onClose: () => void;
}

export default function PresenceDialog({ person, name, onClose }: Props) {
  const { t } = useTranslation('presence');
  const { t: common } = useTranslation();
  const myself = useMe().person === person;
  const absence = useLive((live) => live.agents[person]?.absence) ?? null;
  const tell = useTell();
  const { end } = useAbsence(person);
  const back = () => end.mutate(undefined, { onSuccess: onClose, onError: tell.failed });
  return (
    <Modal
      opened
      onClose={onClose}
      title={myself ? t('mine') : t('whose', { name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack gap="md">
        {absence && (
          <Group justify="space-between" gap="xs">
            <AbsenceTold person={person} />
            <Button size="compact-sm" variant="default" loading={end.isPending} onClick={back}>
              {t(myself ? 'back' : 'theyAreBack')}
            </Button>
          </Group>
        )}
        <Wanted person={person} onDone={onClose} />
      </Stack>
    </Modal>
  );
}

function Wanted({ person, onDone }: { person: string; onDone: () => void }) {
  const { t } = useTranslation(['presence', 'dates']);
  const { t: common } = useTranslation();
  const myself = useMe().person === person;
  const absence = useLive.getState().agents[person]?.absence ?? null;
  const [kind, setKind] = useState<AbsenceKind>(absence?.kind ?? 'meeting');
  const [until, setUntil] = useState(() => typedMoment(absence?.until ? new Date(absence.until) : null));
  const [tried, setTried] = useState(false);
  const [note, setNote] = useState(absence?.note ?? '');
  const [leaves, setLeaves] = useState(true);
  const inside = useLive((live) => live.agents[person]?.queues.length ?? 0) > 0;
  const mayLogOut = useMay(myself ? 'log_self_in' : 'log_others_in');
  const { begin, logOut } = useAbsence(person);
  const choose = (wanted: AbsenceKind) => {
    const usual = usualEnd(wanted);
    setKind(wanted);
    if (!until.day && !until.time && usual) setUntil(typedMoment(usual));
  };
  const save = async (end: Date | null) => {
    await begin.mutateAsync({ kind, note, until: end?.toISOString() ?? null });
    if (inside && mayLogOut && leaves) await logOut.mutateAsync();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const end = momentOf(until, new Date());
    setTried(typeof end === 'string');
    if (typeof end !== 'string') save(end).then(onDone, () => undefined);
    else focusFault(form);
  };
  const failed = begin.error ?? logOut.error;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Radio.Group label={t('why')} value={kind} onChange={(value) => choose(value as AbsenceKind)}>
          <div className={classes.kinds}>
            {ABSENCE_KINDS.map((each) => (
              <Radio key={each} value={each} label={common(`absence.kinds.${each}`)} />
            ))}
          </div>
        </Radio.Group>
        <div>
          <MomentField
            label={t('until')}
            description={t('untilHelp')}
            value={until}
            onChange={setUntil}
            strict={tried}
          />
          <Group gap={6} mt={6}>
            {([30, 60, 120] as const).map((minutes) => (
              <Quick key={minutes} onChoose={() => setUntil(typedMoment(inMinutes(minutes)))}>
                {minutes < 60 ? t('minutes', { count: minutes }) : t('hours', { count: minutes / 60 })}
              </Quick>
            ))}
            <Quick onChoose={() => setUntil(typedMoment(endOfDay()))}>{t('allDay')}</Quick>
            <Quick onChoose={() => setUntil(typedMoment(null))}>{t('open')}</Quick>
          </Group>
        </div>
        <TextInput
          label={t('note')}
          placeholder={t('noteExample')}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {inside && mayLogOut && (
          <Switch
            checked={leaves}
            onChange={(event) => setLeaves(event.currentTarget.checked)}
            label={t('logOut')}
            description={t('logOutHelp')}
          />
        )}
        {failed && <ErrorState error={failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={begin.isPending || logOut.isPending}>
            {common('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Quick({ children, onChoose }: { children: string; onChoose: () => void }) {
  return (
    <Button size="compact-sm" variant="default" onClick={onChoose}>
      {children}
    </Button>
  );
}

function inMinutes(minutes: number): Date {
  return new Date(Date.now() + minutes * MINUTE);
}
