import { Button, Paper } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadNewer, startWorker, useInstall } from '@/shared/install/worker';
import { useLive } from '@/shared/live/store';
import { usePhoneState } from '@/shared/phone/store';
import { renewPush } from '@/shared/push/push';
import { useMe } from '@/shared/session';
import classes from './NewVersion.module.css';

/** Says that a newer version is there. Nothing is loaded before its user agrees, and never in a call. */
export function NewVersion() {
  const { t, i18n } = useTranslation('install');
  const newer = useInstall((state) => state.newer);
  const [later, setLater] = useState(false);
  const talking = useTalking();
  useEffect(startWorker, []);
  useEffect(() => {
    // Whoever has just signed in is told from now on; that it fails is noticed at the next sign-in.
    renewPush(i18n.language).catch(() => undefined);
  }, [i18n.language]);
  if (!newer || later) return <div role="status" />;
  return (
    <div role="status">
      <Paper withBorder shadow="md" className={classes.notice}>
        <IconSparkles size={20} stroke={1.6} aria-hidden />
        <div className={classes.words}>
          <strong>{t('newer.title')}</strong>
          <span>{t(talking ? 'newer.afterCall' : 'newer.body')}</span>
        </div>
        <div className={classes.actions}>
          <Button size="xs" onClick={loadNewer} disabled={talking}>
            {t('newer.load')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setLater(true)}>
            {t('newer.later')}
          </Button>
        </div>
      </Paper>
    </div>
  );
}

/** Whether a call of one's own goes on, here or at another phone. */
function useTalking(): boolean {
  const me = useMe();
  const elsewhere = useLive((state) =>
    me.person ? (state.agents[me.person]?.calls.length ?? 0) > 0 : false,
  );
  const here = usePhoneState((state) => Object.keys(state.local).length > 0);
  return here || elsewhere;
}
