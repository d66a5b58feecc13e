import { useMemo } from 'react';
import { useParts } from '@/shared/parts';
import type { Category } from './periods';

const NONE: Category[] = [];

/** What people call about, as the organisation has it. */
export function useCategories(): Category[] {
  const { data } = useParts('categories');
  return useMemo(() => (data as unknown as Category[] | undefined) ?? NONE, [data]);
}
