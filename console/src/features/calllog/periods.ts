/** Spans of time that one looks at. */
export const PERIODS = ['today', 'yesterday', 'week', 'month', 'all', 'own'] as const;
export type Period = (typeof PERIODS)[number];

export interface Span {
  from?: string;
  to?: string;
}

/** `own`: from and to these days, YYYY-MM-DD, both included. */
export function spanOf(period: Period, now: Date, first = '', last = ''): Span {
  const midnight = (ago: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - ago).toISOString();
  switch (period) {
    case 'today':
      return { from: midnight(0) };
    case 'yesterday':
      return { from: midnight(1), to: midnight(0) };
    case 'week':
      return { from: midnight(6) };
    case 'month':
      return { from: midnight(29) };
    case 'own':
      return { from: startOf(first, 0), to: startOf(last, 1) };
    default:
      return {};
  }
}

function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}
