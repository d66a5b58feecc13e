import type { TooltipProps } from '@mantine/core';
import type { ReactElement } from 'react';
import { later, useSettled } from '@/shared/settled';

const Tooltip = later<TooltipProps>(() => import('./Tooltip').then(({ Tooltip }) => Tooltip), {
  optional: true,
});

interface Props extends TooltipProps {
  children: ReactElement;
}

/** A tooltip that costs nothing until the page has settled, for what is in sight from the first. */
export function Tip({ children, ...rest }: Props) {
  const settled = useSettled();
  if (!settled || rest.disabled) return children;
  return (
    <Tooltip {...rest} meanwhile={children}>
      {children}
    </Tooltip>
  );
}
