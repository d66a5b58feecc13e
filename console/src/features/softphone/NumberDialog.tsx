import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/shared/components';
import { phoneActions } from '@/shared/phone';

/** Let my calls ring at a mobile or any other number. */
export default function NumberDialog({ given, onClose }: { given: string | null; onClose: () => void }) {
  const { t } = useTranslation('phone');
  const text = useProblemText();
  const [number, setNumber] = useState(given ?? '');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    phoneActions
      .chooseDevice('number', number.trim())
      .then(onClose, setError)
      .finally(() => setBusy(false));
  };
  const told = error ? text(error) : null;
  return (
    <Modal opened onClose={onClose} title={t('number.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{t('number.help')}</Text>
          <TextInput
            type="tel"
            data-autofocus
            required
            withAsterisk={false}
            autoComplete="tel"
            label={t('number.label')}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={told ? [told.title, told.detail, told.remedy].filter(Boolean).join(' ') : null}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('number.use')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
