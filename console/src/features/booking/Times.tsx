import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/shared/components';
import { clockTime, dayAndTime, fullDay } from '@/shared/format';

/** Chosen in place of a time: the first one that is free. */
export const NEXT = 'next';

/** The time to ask for; null for the next one, also when somebody else got the chosen one. */
export function wanted(places: string[] | undefined, chosen: string): string | null {
  return places?.slice(1).includes(chosen) ? chosen : null;
}

interface TimesProps {
  places: string[] | undefined;
  value: string;
  onChange: (at: string) => void;
  focused: boolean;
}

/** The next free time of a queue, or another one that it has left. */
export function Times({ places, value, onChange, focused }: TimesProps) {
  const { t } = useTranslation('booking');
  const [first] = places ?? [];
  if (places && !first)
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
  return (
    <Select
      label={t('time')}
      data={[next, ...[...days].map(([group, items]) => ({ group, items }))]}
      value={wanted(places, value) ?? NEXT}
      onChange={(at) => onChange(at ?? NEXT)}
      allowDeselect={false}
      maxDropdownHeight={260}
      data-autofocus={focused || undefined}
    />
  );
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
