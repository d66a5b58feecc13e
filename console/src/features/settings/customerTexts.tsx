/** The words that customers get: below each, what it becomes, and how long that is as SMS. */
import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import type { Hint } from '@/shared/forms';
import { LengthOfText } from '@/shared/components/LengthOfText';

type Schemas = components['schemas'];
type Template = Schemas['Template'];
type Language = Schemas['WantedPreview']['language'];

const TEMPLATES: Template[] = [
  'confirmation',
  'untimed',
  'reminder',
  'late',
  'unanswered',
  'not_reached',
  'moved',
  'cancelled',
  'receipt',
];

export const templateHints: Record<string, Hint> = Object.fromEntries(
  TEMPLATES.map((template) => [
    `texts.${template}`,
    {
      widget: 'templates',
      below: (text, language) => <Example template={template} text={text} language={language} />,
    } satisfies Hint,
  ]),
);

/** Nothing while it cannot be filled in: what is wrong stands at the field when it is saved. */
function Example({ template, text, language }: { template: Template; text: string; language: Language }) {
  const { t } = useTranslation('settings');
  const [wanted] = useDebouncedValue(text, 300);
  const found = useQuery({
    queryKey: ['texts', 'preview', template, language, wanted],
    queryFn: () =>
      call(api.POST('/api/texts/preview', { body: { template, language, text: wanted || null } })),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
  });
  if (!found.data || found.isError) return null;
  return (
    <Text size="xs" c="dimmed" component="div" lang={language}>
      {t(wanted ? 'texts.example' : 'texts.shipped', { text: found.data.text })}
      <LengthOfText length={found.data} />
    </Text>
  );
}
