import { UnstyledButton } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { type ComponentProps, type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot, PAUSED } from '@/shared/components/Marks';
import { PersonAvatar } from '@/shared/components/PersonAvatar';
import { useLive } from '@/shared/live/store';
import { ABSENCES } from '@/shared/presence/absence';
import { useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import classes from './UserMenu.module.css';

interface Props extends ComponentProps<'button'> {
  /** Whether the button had the focus when it was last taken away: the one in its place takes it over. */
  focused: RefObject<boolean>;
}

/** Who is signed in: the button of their menu. */
export function UserButton({ focused, ref, ...props }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const photo = usePhotos()(me.person);
  const absent = useLive((live) => (me.person ? live.agents[me.person]?.absence?.kind : undefined));
  const paused = useLive((live) => (me.person ? live.agents[me.person]?.pause != null : false));
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const element = button.current;
    if (focused.current) element?.focus();
    return () => {
      focused.current = document.activeElement === element;
    };
  }, [focused]);
  return (
    <UnstyledButton
      {...props}
      ref={useMergedRef(button, ref)}
      className={classes.button}
      aria-label={[
        t('user.menu', { name: me.shown_name }),
        absent && t(`absence.kinds.${absent}`),
        paused && t('agentState.paused'),
      ]
        .filter(Boolean)
        .join(': ')}
    >
      <PersonAvatar name={me.shown_name} photo={photo} />
      {(absent || paused) && (
        <span className={classes.absent}>
          <Dot {...(absent ? ABSENCES[absent] : PAUSED)} />
        </span>
      )}
    </UnstyledButton>
  );
}
