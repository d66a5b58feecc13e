import { SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import type { HttpSmsSettings, SmppSettings } from './messages';
import { ProviderForm } from './ProviderForm';
import { ServerFields } from './ServerFields';

type TextSettings = HttpSmsSettings | SmppSettings;

const HTTP: HttpSmsSettings = {
  kind: 'http',
  url: 'https://api.46elks.com/a1/sms',
  user: '',
  sender: '',
  reports_at: '',
};
const SMPP: SmppSettings = {
  kind: 'smpp',
  host: '',
  port: 2775,
  tls: false,
  user: '',
  system_type: '',
  sender: '',
};
const KINDS = ['http', 'smpp'] as const;

/** Where a provider reaches this installation, if the browser does so over a secure address. */
const ownAddress = () => (window.location.protocol === 'https:' ? window.location.origin : '');

/** A provider of text messages, by HTTP or by SMPP. */
export function TextForm({ kept }: { kept: TextSettings | null }) {
  const { t } = useTranslation('outbox');
  const [wanted, want] = useState<TextSettings>(() => kept ?? { ...HTTP, reports_at: ownAddress() });
  const turnTo = (kind: string) => {
    const fresh = kind === 'smpp' ? SMPP : { ...HTTP, reports_at: ownAddress() };
    want(kept?.kind === kind ? kept : { ...fresh, sender: wanted.sender });
  };
  const keep = (password: string | null) =>
    call(api.PUT('/api/outbox/providers/text', { body: { settings: wanted, password } }));
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="sm"
        aria-label={t('sending.kind')}
        value={wanted.kind}
        onChange={turnTo}
        data={KINDS.map((value) => ({ value, label: t(`sending.kinds.${value}`) }))}
      />
      <ProviderForm channel="text" isSet={kept?.kind === wanted.kind} keep={keep}>
        <TextInput
          label={t('sending.textSender')}
          description={t('sending.textSenderHelp')}
          required
          withAsterisk={false}
          maxLength={16}
          value={wanted.sender}
          onChange={(event) => want({ ...wanted, sender: event.currentTarget.value })}
        />
        {wanted.kind === 'smpp' ? (
          <SmppFields wanted={wanted} want={want} />
        ) : (
          <HttpFields wanted={wanted as HttpSmsSettings} want={want} />
        )}
        <TextInput
          label={t('sending.user')}
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={wanted.kind === 'smpp' ? 15 : 200}
          value={wanted.user}
          onChange={(event) => want({ ...wanted, user: event.currentTarget.value })}
        />
      </ProviderForm>
    </>
  );
}

function HttpFields({ wanted, want }: { wanted: HttpSmsSettings; want: (wanted: HttpSmsSettings) => void }) {
  const { t } = useTranslation('outbox');
  return (
    <>
      <TextInput
        label={t('sending.url')}
        type="url"
        required
        withAsterisk={false}
        maxLength={500}
        value={wanted.url}
        onChange={(event) => want({ ...wanted, url: event.currentTarget.value })}
      />
      <TextInput
        label={t('sending.reportsAt')}
        description={t('sending.reportsAtHelp')}
        type="url"
        maxLength={300}
        value={wanted.reports_at ?? ''}
        onChange={(event) => want({ ...wanted, reports_at: event.currentTarget.value })}
      />
    </>
  );
}

function SmppFields({ wanted, want }: { wanted: SmppSettings; want: (wanted: SmppSettings) => void }) {
  const { t } = useTranslation('outbox');
  return (
    <>
      <ServerFields server={wanted} change={(server) => want({ ...wanted, ...server })} />
      <TextInput
        label={t('sending.systemType')}
        description={t('sending.systemTypeHelp')}
        maxLength={12}
        value={wanted.system_type ?? ''}
        onChange={(event) => want({ ...wanted, system_type: event.currentTarget.value })}
      />
      <Switch
        label={t('sending.tls')}
        checked={wanted.tls ?? false}
        onChange={(event) => want({ ...wanted, tls: event.currentTarget.checked })}
      />
    </>
  );
}
