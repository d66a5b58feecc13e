import type { DataTable } from './DataTable';

interface Pages {
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  isFetchingNextPage: boolean;
}

type Shown = Pick<Parameters<typeof DataTable>[0], 'error' | 'retry' | 'more' | 'loadingMore'>;

/** What a table needs of a list that is read page by page. */
export function pagesOf(found: Pages): Shown {
  return {
    error: found.error,
    retry: () => void found.refetch(),
    more: found.hasNextPage ? () => void found.fetchNextPage() : undefined,
    loadingMore: found.isFetchingNextPage,
  };
}
