import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '@/shared/components/PersonAvatar';
import { useMe } from '@/shared/session';
import { later, useSettled } from '@/shared/settled';
import classes from './UserMenu.module.css';

const UserMenu = later(() => import('./UserMenu').then(({ UserMenu }) => UserMenu), { optional: true });

/** Who is signed in; the menu itself comes when the page has settled, or when it is asked for. */
export function UserCorner() {
  const { t } = useTranslation();
  const me = useMe();
  const settled = useSettled();
  const [asked, setAsked] = useState(false);
  const button = (
    <button
      type="button"
      className={classes.button}
      aria-haspopup="menu"
      aria-label={t('user.menu', { name: me.shown_name })}
      onClick={() => setAsked(true)}
    >
      <PersonAvatar name={me.shown_name} />
    </button>
  );
  return settled || asked ? <UserMenu opened={asked} meanwhile={button} /> : button;
}
