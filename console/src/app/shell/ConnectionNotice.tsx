import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { duration } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { useFarewell } from '@/shared/session/farewell';
import { useLive } from '@/shared/live/store';
import classes from './ConnectionNotice.module.css';

/** Milliseconds without a connection before it is told: a short blink disturbs more than it helps. */
const PATIENCE = 1500;

/** Says that what is shown may be old, and since when. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const connection = useLive((state) => state.connection);
  const since = useLive((state) => state.since);
  const known = useLive((state) => state.known);
  const now = useNow();
  const over = useFarewell((farewell) => farewell.over);
  if (over)
    return (
      <div role="status" className={classes.notice}>
        <IconPlugConnectedX size={16} stroke={1.8} aria-hidden />
        <span>{t('connection.signedOut')}</span>
      </div>
    );
  if (
    connection === 'live' ||
    (connection === 'connecting' && !known && now - since < 3000) ||
    now - since < PATIENCE
  ) {
    return <div role="status" />;
  }
  const Icon = connection === 'away' ? IconRefresh : IconPlugConnectedX;
  return (
    <div role="status" className={classes.notice}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <span>{t(`connection.${connection === 'away' ? 'away' : 'lost'}`)}</span>
      <span aria-hidden data-volatile className="figures">
        {duration((now - since) / 1000)}
      </span>
    </div>
  );
}
