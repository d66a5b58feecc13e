import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tip } from '@/shared/components/Tip';
import { useMe } from '@/shared/session';
import { type Destination, DESTINATIONS } from '../navigation';
import classes from './Menu.module.css';

const GROUPS = ['work', 'follow', 'administration'] as const;

export function useDestinations(): Destination[] {
  const { rights } = useMe();
  return DESTINATIONS.filter(({ right }) => !right || rights.includes(right));
}

export function useHere(): string {
  return useRouterState({ select: ({ location }) => location.pathname });
}

export function isAt(here: string, to: string): boolean {
  return here === to || here.startsWith(`${to}/`);
}

/** All pages that the server would not refuse, in their groups. */
export function Links({ folded, onOpen }: { folded: boolean; onOpen?: () => void }) {
  const { t } = useTranslation();
  const here = useHere();
  const destinations = useDestinations();
  return GROUPS.map((group) => {
    const own = destinations.filter((each) => each.group === group);
    if (!own.length) return null;
    return (
      <div key={group} className={classes.group} role="group" aria-label={t(`nav.groups.${group}`)}>
        {!folded && group !== 'work' && <div className={classes.heading}>{t(`nav.groups.${group}`)}</div>}
        {own.map(({ to, name, icon: Icon }) => (
          <Tip key={to} label={t(name)} position="right" disabled={!folded}>
            <Link
              to={to}
              aria-label={t(name)}
              data-active={isAt(here, to) || undefined}
              aria-current={isAt(here, to) ? 'page' : undefined}
              className={classes.link}
              onClick={onOpen}
            >
              <Icon size={18} stroke={1.6} aria-hidden />
              {!folded && <span>{t(name)}</span>}
            </Link>
          </Tip>
        ))}
      </div>
    );
  });
}
