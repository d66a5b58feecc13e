import { ActionIcon } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { hidesSomething, type View } from './items';

interface Props extends Omit<ComponentPropsWithRef<'button'>, 'color' | 'style'> {
  view: View;
  label: string;
}

/** Opens the choice of what is hidden, and shows whether anything is. */
export function HiddenButton({ view, label, ...rest }: Props) {
  const hides = hidesSomething(view);
  return (
    <ActionIcon
      size={36}
      variant={hides ? 'light' : 'default'}
      color={hides ? 'fjord' : 'gray'}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={false}
      {...rest}
    >
      <IconFilter size={18} stroke={1.6} />
    </ActionIcon>
  );
}
