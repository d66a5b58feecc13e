import { Button, Code, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { Panel, useConfirm, useTell } from '@/shared/components';
import { useMay } from '@/shared/session';
import classes from './people.module.css';
import type { SectionProps } from './PersonForm';

/** The short number, and where calls to the person ring. */
export function PhoneFields({ person, set, errors, readOnly, isNew }: SectionProps & { isNew: boolean }) {
  const { t } = useTranslation('people');
  const mayHelp = useMay('set_passwords');
  return (
    <Panel title={t('phone.heading')}>
      <Stack gap="sm">
        <div className={classes.pair}>
          <TextInput
            label={t('extension')}
            description={t('phone.extensionHelp')}
            inputMode="numeric"
            maxLength={6}
            value={person.extension ?? ''}
            error={errors.extension}
            readOnly={readOnly}
            autoComplete="off"
            onChange={(event) => set({ extension: event.currentTarget.value || null })}
          />
          <TextInput
            label={t('phone.presented')}
            description={t('phone.presentedHelp')}
            type="tel"
            value={person.presented ?? ''}
            error={errors.presented}
            readOnly={readOnly}
            autoComplete="off"
            onChange={(event) => set({ presented: event.currentTarget.value || null })}
          />
        </div>
        <Radio.Group
          label={t('phone.answersAt')}
          value={person.answers_at ?? 'extension'}
          error={errors.answers_at}
          onChange={(value) => !readOnly && set({ answers_at: value as 'extension' | 'number' })}
        >
          <Stack gap={8} mt={6}>
            <Radio value="extension" label={t('phone.extension')} disabled={readOnly} />
            <Radio value="number" label={t('phone.number')} disabled={readOnly} />
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('phone.outside')}
          type="tel"
          value={person.number ?? ''}
          error={errors.number}
          readOnly={readOnly}
          required={person.answers_at === 'number'}
          placeholder="+46701234567"
          autoComplete="off"
          onChange={(event) => set({ number: event.currentTarget.value || null })}
        />
        {!isNew && person.extension && mayHelp && <PhonePassword person={person.key} />}
      </Stack>
    </Panel>
  );
}

/** A new password for a desk phone, shown once. */
function PhonePassword({ person }: { person: string }) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const tell = useTell();
  const confirm = useConfirm();
  const make = useMutation({
    mutationFn: () =>
      call(api.POST('/api/people/{key}/phone-password', { params: { path: { key: person } } })),
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t('phone.passwordTitle'),
      body: t('phone.passwordBody'),
      confirm: t('phone.passwordMake'),
    });
    if (yes) make.mutate();
  };
  return (
    <Group justify="flex-end">
      <Button variant="default" size="xs" loading={make.isPending} onClick={() => void ask()}>
        {t('phone.passwordMake')}
      </Button>
      <Modal
        opened={Boolean(make.data)}
        onClose={() => make.reset()}
        title={t('phone.passwordNew')}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Stack gap="xs">
          <Text size="sm">{t('phone.passwordOnce')}</Text>
          <Code block>{make.data?.password}</Code>
        </Stack>
      </Modal>
    </Group>
  );
}
