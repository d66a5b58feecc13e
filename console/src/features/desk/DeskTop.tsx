import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './desk.module.css';

/** The name of the page and how much there is; the number stands in the browser's tab as well. */
export function DeskTop({ count, children }: { count: number; children: ReactNode }) {
  const { t } = useTranslation('desk');
  useEffect(() => {
    document.title = `${count ? `(${count}) ` : ''}${t('title')} · Svarhus`;
  }, [count, t]);
  return (
    <header className={classes.top}>
      <Title order={1}>{t('title')}</Title>
      <Text size="sm" c="dimmed" className="figures" data-volatile>
        {t('count', { count })}
      </Text>
      <Anchor component={Link} to="/done" size="sm">
        {t('doneLink')}
      </Anchor>
      <span className={classes.space} />
      {children}
    </header>
  );
}
