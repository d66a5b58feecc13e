import { QueryClient } from '@tanstack/react-query';
import { ProblemError, Unreachable } from '@/api/client';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => (error instanceof Unreachable || isServerFault(error)) && failures < 3,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

function isServerFault(error: Error): boolean {
  return error instanceof ProblemError && error.status >= 500;
}
