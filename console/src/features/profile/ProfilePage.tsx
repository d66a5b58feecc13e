import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/shared/components';
import { PresencePanel } from '@/shared/presence';
import { PushPanel } from '@/shared/push';
import { useMe } from '@/shared/session';
import { CardPanel } from './CardPanel';
import { PasswordPanel } from './PasswordPanel';
import { PinPanel } from './PinPanel';
import { PicturePanel } from './PicturePanel';
import { PreferencesPanel } from './PreferencesPanel';
import classes from './profile.module.css';
import { SecondFactorPanel } from './SecondFactorPanel';
import { SessionsPanel } from './SessionsPanel';

/** One's own account. */
export function ProfilePage() {
  const { t } = useTranslation('profile');
  const me = useMe();
  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} note={me.shown_name} />
      <div className={classes.columns}>
        <div className={classes.column}>
          {me.person && <PresencePanel person={me.person} name={me.shown_name} />}
          <PicturePanel />
          <CardPanel />
          <PreferencesPanel />
          <PushPanel />
        </div>
        <div className={classes.column}>
          <PasswordPanel />
          <SecondFactorPanel />
          <PinPanel />
          <SessionsPanel />
        </div>
      </div>
    </div>
  );
}
