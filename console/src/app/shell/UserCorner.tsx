import { type KeyboardEvent, useRef, useState } from 'react';
import { later, useSettled } from '@/shared/settled';
import { UserButton } from './UserButton';

const UserMenu = later(() => import('./UserMenu').then(({ UserMenu }) => UserMenu), { optional: true });

/** Who is signed in. The button is there at once, its menu a moment later; the focus goes from one to the other. */
export function UserCorner() {
  const settled = useSettled();
  const [pressed, setPressed] = useState(false);
  const focused = useRef(false);
  const takeBack = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !pressed) return;
    event.preventDefault();
    setPressed(false);
  };
  const first = (
    <UserButton
      focused={focused}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setPressed(true)}
      onKeyDown={takeBack}
    />
  );
  return settled || pressed ? <UserMenu opened={pressed} focused={focused} meanwhile={first} /> : first;
}
