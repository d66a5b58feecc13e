import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface Props extends Omit<TextInputProps, 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
  label: string;
}

/** Searches while one types; its label is heard, its placeholder seen. */
export function SearchField({ value, onChange, label, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      rightSection={
        value ? <CloseButton size="sm" aria-label={t('clear')} onClick={() => onChange('')} /> : null
      }
      {...rest}
    />
  );
}
