import { ActionIcon } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconDots, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tip } from '@/shared/components/Tip';
import { later } from '@/shared/settled';
import { isAt, Links, useDestinations, useHere } from './Links';
import classes from './Menu.module.css';

const MoreMenu = later(() => import('./MoreMenu').then(({ MoreMenu }) => MoreMenu));

/** The menu at the left, from a tablet's width on. */
export function Menu() {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 68em)', false, { getInitialValueInEffect: false });
  const [chosen, setFolded] = useLocalStorage<boolean | null>({
    key: 'svarhus-menu-folded',
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const folded = chosen ?? narrow;
  const Picture = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.menu} data-folded={folded || undefined} aria-label={t('nav.label')}>
      <div className={classes.brand}>
        <img src="/mark.svg" alt="" width={26} height={26} />
        {!folded && <span className={classes.name}>Svarhus</span>}
      </div>
      <div className={classes.links}>
        <Links folded={folded} />
      </div>
      <Tip label={t(folded ? 'nav.unfold' : 'nav.fold')} position="right">
        <ActionIcon
          m={8}
          onClick={() => setFolded(!folded)}
          aria-label={t(folded ? 'nav.unfold' : 'nav.fold')}
          aria-expanded={!folded}
        >
          <Picture size={18} stroke={1.6} />
        </ActionIcon>
      </Tip>
    </nav>
  );
}

/** The menu at the bottom of a phone: what is used daily, and the rest behind one button. */
export function BottomMenu() {
  const onPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  return onPhone ? <Bottom /> : null;
}

function Bottom() {
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
      <MoreMenu opened={opened} onClose={close} />
    </>
  );
}
