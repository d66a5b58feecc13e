import { Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '@/shared/components';
import { WrittenDayField } from '@/shared/dates';
import type { SectionProps } from './PersonForm';
import { type OwnField, useList } from './queries';

/** The fields that the organisation has added. */
export function OwnFields({ person, set, errors, readOnly }: SectionProps) {
  const { t } = useTranslation('people');
  const fields = useList('fields').data ?? [];
  if (!fields.length) return null;
  return (
    <Panel title={t('fields.title')}>
      <Stack gap="sm">
        {fields.map((field) => (
          <OwnFieldInput
            key={field.key}
            field={field}
            value={person.fields?.[field.key] ?? ''}
            error={errors[`fields.${field.key}`]}
            readOnly={readOnly}
            onChange={(value) => set({ fields: { ...person.fields, [field.key]: value } })}
          />
        ))}
      </Stack>
    </Panel>
  );
}

interface InputProps {
  field: OwnField;
  value: string;
  error: string | undefined;
  readOnly: boolean;
  onChange: (value: string) => void;
}

function OwnFieldInput({ field, value, error, readOnly, onChange }: InputProps) {
  const { t } = useTranslation('people');
  const same = { label: field.name, description: field.help || undefined, error, readOnly };
  if (field.kind === 'choice' || field.kind === 'yes_no') {
    const choices =
      field.kind === 'choice'
        ? (field.choices ?? []).map((choice) => ({ value: choice, label: choice }))
        : (['yes', 'no'] as const).map((choice) => ({ value: choice, label: t(`fields.${choice}`) }));
    return (
      <Select
        {...same}
        data={choices}
        value={value || null}
        clearable
        clearButtonProps={{ 'aria-label': t('fields.clear') }}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  }
  if (field.kind === 'date') return <WrittenDayField {...same} value={value} onChange={onChange} />;
  return (
    <TextInput
      {...same}
      inputMode={field.kind === 'number' ? 'decimal' : undefined}
      maxLength={500}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
