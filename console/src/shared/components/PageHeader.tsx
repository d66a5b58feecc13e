import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './PageHeader.module.css';

interface Props {
  title: string;
  /** One quiet line below the title. */
  note?: ReactNode;
  /** Buttons at the right; the main one last. */
  actions?: ReactNode;
  /** Filters and search below. */
  children?: ReactNode;
}

/** The top of every page. Names the browser's tab as well. */
export function PageHeader({ title, note, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Svarhus`;
  }, [title]);
  return (
    <header className={classes.header}>
      <Group justify="space-between" gap="sm" mih={36}>
        <div>
          <Title order={1}>{title}</Title>
          {note && (
            <Text component="div" size="sm" c="dimmed">
              {note}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </header>
  );
}
