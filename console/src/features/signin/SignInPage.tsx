import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { wasSignedOut } from '@/shared/session/farewell';
import { Frame } from './Frame';
import { useTranslation } from 'react-i18next';
import { NextStep } from './NextStep';
import { PasswordStep } from './PasswordStep';
import { isNeeded, type Needed, useEnter } from './steps';

/** Sign in: e-mail address and password, then what is needed besides. */
export function SignInPage() {
  const { t } = useTranslation('signin');
  const { next } = useSearch({ from: '/sign-in' });
  const [needed, setNeeded] = useState<Needed | null>(null);
  const enter = useEnter(next);
  const [ended] = useState(wasSignedOut);
  if (needed) return <NextStep needed={needed} enter={enter} restart={() => setNeeded(null)} />;
  return (
    <Frame title={t('title')} note={ended && t('ended')}>
      <PasswordStep done={(answer) => (isNeeded(answer) ? setNeeded(answer) : void enter(answer))} />
    </Frame>
  );
}
