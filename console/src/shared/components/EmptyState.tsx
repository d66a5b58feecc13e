import { Center, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** An icon of 28 px. */
  icon?: ReactNode;
  title: string;
  /** What one can do about it, in one sentence. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing is here, and why. */
export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <Center mih={200} p="lg">
      <Stack align="center" gap={6} maw={380} ta="center">
        {icon && (
          <Text component="span" c="dimmed" lh={1} aria-hidden>
            {icon}
          </Text>
        )}
        <Text fw={600} size="md">
          {title}
        </Text>
        {children && (
          <Text component="div" size="sm" c="dimmed">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}
