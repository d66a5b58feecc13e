import { ActionIcon, TextInput } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { phoneActions } from '@/shared/phone';
import classes from './PhoneBar.module.css';

/** Dial a number or an extension. */
export function DialField({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const [number, setNumber] = useState('');
  const [dialling, setDialling] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!number.trim() || dialling || disabled) return;
    setDialling(true);
    phoneActions
      .dial(number.trim())
      .then(() => setNumber(''), tell.failed)
      .finally(() => setDialling(false));
  };
  return (
    <form onSubmit={submit} className={classes.dial} role="search">
      <TextInput
        type="tel"
        aria-label={t('dial.label')}
        placeholder={t('dial.label')}
        autoComplete="off"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        rightSection={
          <ActionIcon
            type="submit"
            aria-label={t('dial.submit')}
            loading={dialling}
            disabled={disabled || !number.trim()}
          >
            <IconPhone size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        }
      />
    </form>
  );
}
