import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/shared/components';
import { clockTime, dayAndTime, fullDay } from '@/shared/format';

/** Chosen in place of a time: the first one that is free. */
export const NEXT = 'next';

/** Chosen in place of a time: the customer is told none. */
export const SOON = 'soon';

/** The time to ask for; null for the next one, also when somebody else got the chosen one. */
export function wanted(places: string[] | undefined, chosen: string): string | null {
  return places?.slice(1).includes(chosen) ? chosen : null;
}

interface TimesProps {
  places: string[] | undefined;
  value: string;
  onChange: (at: string) => void;
  focused: boolean;
  /** Whether no time need be told. */
  orSoon?: boolean;
}

/** The next free time of a queue, another one that it has left, or none at all. */
export function Times({ places, value, onChange, focused, orSoon }: TimesProps) {
  const { t } = useTranslation('booking');
  const [first] = places ?? [];
  const full = places !== undefined && !first;
  if (full && !orSoon)
    return (
      <Text size="sm" c="dimmed" role="status">
        {t('noTime')}
      </Text>
    );
  const days = new Map<string, { value: string; label: string }[]>();
  for (const at of (places ?? []).slice(1)) {
    const day = fullDay(at);
    days.set(day, [...(days.get(day) ?? []), { value: at, label: clockTime(at) }]);
  }
  const next = { value: NEXT, label: first ? t('next', { at: dayAndTime(first) }) : t('reading') };
  const soon = { value: SOON, label: t('soon') };
  return (
    <Select
      label={t('time')}
      description={full ? t('noTime') : undefined}
      placeholder={t('noTimeChosen')}
      data={[
        ...(full ? [] : [next]),
        ...(orSoon ? [soon] : []),
        ...[...days].map(([group, items]) => ({ group, items })),
      ]}
      value={shown(places, value)}
      onChange={(at) => onChange(at ?? NEXT)}
      allowDeselect={false}
      maxDropdownHeight={260}
      data-autofocus={focused || undefined}
    />
  );
}

function shown(places: string[] | undefined, value: string): string | null {
  if (value === SOON) return SOON;
  return wanted(places, value) ?? (places && !places.length ? null : NEXT);
}

/** Why it could not be done, and what to do. */
export function Failure({ error }: { error: unknown }) {
  const text = useProblemText();
  if (!error) return null;
  const { title, detail, remedy } = text(error);
  return (
    <Text size="sm" c="var(--svarhus-bad)" role="alert">
      {[title, detail, remedy].filter(Boolean).join(' ')}
    </Text>
  );
}
