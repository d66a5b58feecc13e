import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';
import { useProblemText } from '@/shared/components';
import classes from './account.module.css';

interface Props {
  error: unknown;
  /** Seconds that are left to wait, from useWait. */
  wait?: number;
}

/** Why a form was refused, above its button. Heard at once; a wait is counted down silently. */
export function FormError({ error, wait = 0 }: Props) {
  const { t } = useTranslation('account');
  const text = useProblemText();
  if (!error) return null;
  const tooMany = error instanceof ProblemError && error.status === 429;
  const told = text(error);
  return (
    <div className={classes.error} data-waits={tooMany || undefined}>
      <IconAlertCircle size={18} stroke={1.8} aria-hidden />
      <div>
        <div role="alert">
          <strong>{told.title}</strong>
          {!tooMany && <div>{[told.detail, told.remedy].filter(Boolean).join(' ')}</div>}
        </div>
        {tooMany && <div data-volatile>{wait > 0 ? t('wait', { count: wait }) : t('waited')}</div>}
      </div>
    </div>
  );
}
