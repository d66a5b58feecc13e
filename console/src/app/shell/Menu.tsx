import { ActionIcon, Drawer, NavLink, ScrollArea, Tooltip } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconDots, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/shared/session';
import { type Destination, DESTINATIONS } from '../navigation';
import classes from './Menu.module.css';

const GROUPS = ['work', 'follow', 'administration'] as const;

function useDestinations(): Destination[] {
  const { rights } = useMe();
  return DESTINATIONS.filter(({ right }) => !right || rights.includes(right));
}

function useHere(): string {
  return useRouterState({ select: ({ location }) => location.pathname });
}

/** The menu at the left, from a tablet's width on. */
export function Menu() {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 68em)') ?? false;
  const [chosen, setFolded] = useLocalStorage<boolean | null>({
    key: 'svarhus-menu-folded',
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const folded = chosen ?? narrow;
  return (
    <nav className={classes.menu} data-folded={folded || undefined} aria-label={t('nav.label')}>
      <div className={classes.brand}>
        <img src="/mark.svg" alt="" width={26} height={26} />
        {!folded && <span className={classes.name}>Svarhus</span>}
      </div>
      <ScrollArea className={classes.links} type="auto">
        <Links folded={folded} />
      </ScrollArea>
      <Tooltip label={t(folded ? 'nav.unfold' : 'nav.fold')} position="right">
        <ActionIcon
          m={8}
          onClick={() => setFolded(!folded)}
          aria-label={t(folded ? 'nav.unfold' : 'nav.fold')}
          aria-expanded={!folded}
        >
          {folded ? (
            <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
          ) : (
            <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} />
          )}
        </ActionIcon>
      </Tooltip>
    </nav>
  );
}

function Links({ folded, onOpen }: { folded: boolean; onOpen?: () => void }) {
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
          <Tooltip key={to} label={t(name)} position="right" disabled={!folded}>
            <NavLink
              component={Link}
              to={to}
              label={folded ? undefined : t(name)}
              aria-label={t(name)}
              leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
              active={isAt(here, to)}
              aria-current={isAt(here, to) ? 'page' : undefined}
              className={classes.link}
              onClick={onOpen}
            />
          </Tooltip>
        ))}
      </div>
    );
  });
}

function isAt(here: string, to: string): boolean {
  return here === to || here.startsWith(`${to}/`);
}

/** The menu at the bottom of a phone: what is used daily, and the rest behind one button. */
export function BottomMenu() {
  const { t } = useTranslation();
  const here = useHere();
  const [opened, { open, close }] = useDisclosure();
  const daily = useDestinations()
    .filter(({ onPhone }) => onPhone)
    .slice(0, 4);
  return (
    <>
      <nav className={classes.bottom} aria-label={t('nav.label')}>
        {daily.map(({ to, name, icon: Icon }) => (
          <Link key={to} to={to} className={classes.tab} aria-current={isAt(here, to) ? 'page' : undefined}>
            <Icon size={20} stroke={1.6} aria-hidden />
            <span>{t(name)}</span>
          </Link>
        ))}
        <button type="button" className={classes.tab} onClick={open} aria-haspopup="dialog">
          <IconDots size={20} stroke={1.6} aria-hidden />
          <span>{t('nav.more')}</span>
        </button>
      </nav>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        size="80%"
        title={t('nav.label')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Links folded={false} onOpen={close} />
      </Drawer>
    </>
  );
}
