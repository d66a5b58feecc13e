import { Group, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './Panel.module.css';

interface Props {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Without inner space: for tables and lists that go to the edge. */
  flush?: boolean;
}

/** A surface with a name. */
export function Panel({ title, actions, children, flush }: Props) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <Group justify="space-between" className={classes.head}>
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          {actions && <Group gap={4}>{actions}</Group>}
        </Group>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
