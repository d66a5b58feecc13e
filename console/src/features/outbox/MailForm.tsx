import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import type { SmtpSettings } from './messages';
import { ProviderForm } from './ProviderForm';
import { ServerFields } from './ServerFields';

const NEW: SmtpSettings = {
  kind: 'smtp',
  host: '',
  port: 587,
  security: 'starttls',
  user: '',
  sender: '',
  sender_name: '',
};
const SECURITIES = ['starttls', 'tls', 'none'] as const;

/** A mail server that takes our mail. */
export function MailForm({ kept }: { kept: SmtpSettings | null }) {
  const { t } = useTranslation('outbox');
  const [wanted, want] = useState(kept ?? NEW);
  const written = (name: keyof SmtpSettings) => ({
    value: String(wanted[name] ?? ''),
    onChange: (event: { currentTarget: { value: string } }) =>
      want({ ...wanted, [name]: event.currentTarget.value }),
  });
  const keep = (password: string | null) =>
    call(api.PUT('/api/outbox/providers/mail', { body: { settings: wanted, password } }));
  return (
    <ProviderForm channel="mail" isSet={Boolean(kept)} keep={keep}>
      <TextInput
        label={t('sending.sender')}
        type="email"
        required
        withAsterisk={false}
        {...written('sender')}
      />
      <TextInput label={t('sending.senderName')} maxLength={100} {...written('sender_name')} />
      <ServerFields server={wanted} change={(server) => want({ ...wanted, ...server })} />
      <Select
        label={t('sending.security')}
        allowDeselect={false}
        data={SECURITIES.map((value) => ({ value, label: t(`sending.securities.${value}`) }))}
        value={wanted.security ?? 'starttls'}
        onChange={(value) => want({ ...wanted, security: value as SmtpSettings['security'] })}
      />
      <TextInput label={t('sending.user')} autoComplete="off" maxLength={200} {...written('user')} />
    </ProviderForm>
  );
}
