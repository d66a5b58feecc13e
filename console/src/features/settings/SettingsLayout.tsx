/** The frame of all settings: what there is to set at the left. */
import { Button } from '@mantine/core';
import { IconChevronLeft, IconFileText, IconHistory, IconSend, IconTags } from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '@/shared/components';
import { LISTS, ORGANISATION, SECTIONS } from './sections';
import classes from './settings.module.css';

export function SettingsLayout() {
  const { t } = useTranslation('settings');
  const here = useRouterState({ select: ({ location }) => location.pathname });
  const inside = here !== '/settings' && here !== '/settings/';
  return (
    <>
      {!inside && <PageHeader title={t('title')} note={t('note')} />}
      <div className={classes.layout} data-inside={inside || undefined}>
        <SectionList here={here} />
        <div>
          {inside && (
            <Button
              component={Link}
              to="/settings"
              variant="subtle"
              size="compact-sm"
              hiddenFrom="md"
              mb={4}
              leftSection={<IconChevronLeft size={15} aria-hidden />}
            >
              {t('title')}
            </Button>
          )}
          <Outlet />
        </div>
      </div>
    </>
  );
}

function SectionList({ here }: { here: string }) {
  const { t } = useTranslation('settings');
  const own = [ORGANISATION, ...LISTS.map((list) => SECTIONS[list])];
  return (
    <nav className={classes.sections} aria-label={t('title')}>
      {own.map(({ list, icon: Icon }) => (
        <SectionLink
          key={list}
          to={`/settings/${list}`}
          here={here}
          icon={<Icon size={17} stroke={1.6} aria-hidden />}
        >
          {t(`sections.${list}`)}
        </SectionLink>
      ))}
      <SectionLink to="/settings/tags" here={here} icon={<IconTags size={17} stroke={1.6} aria-hidden />}>
        {t('sections.tags')}
      </SectionLink>
      <SectionLink to="/settings/sending" here={here} icon={<IconSend size={17} stroke={1.6} aria-hidden />}>
        {t('sections.sending')}
      </SectionLink>
      <div className={classes.divider} />
      <SectionLink to="/settings/file" here={here} icon={<IconFileText size={17} stroke={1.6} aria-hidden />}>
        {t('sections.file')}
      </SectionLink>
      <SectionLink
        to="/settings/history"
        here={here}
        icon={<IconHistory size={17} stroke={1.6} aria-hidden />}
      >
        {t('sections.history')}
      </SectionLink>
    </nav>
  );
}

function SectionLink({
  to,
  here,
  icon,
  children,
}: {
  to: string;
  here: string;
  icon: ReactNode;
  children: string;
}) {
  const current = here === to || here.startsWith(`${to}/`);
  return (
    <Link to={to} className={classes.section} aria-current={current ? 'page' : undefined}>
      {icon}
      {children}
    </Link>
  );
}
