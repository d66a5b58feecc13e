import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface Server {
  host: string;
  port?: number;
}

/** Where a server is. */
export function ServerFields({ server, change }: { server: Server; change: (server: Server) => void }) {
  const { t } = useTranslation('outbox');
  const { host, port } = server;
  return (
    <>
      <TextInput
        label={t('sending.host')}
        required
        withAsterisk={false}
        maxLength={253}
        value={host}
        onChange={(event) => change({ host: event.currentTarget.value, port })}
      />
      <NumberInput
        label={t('sending.port')}
        min={1}
        max={65535}
        required
        withAsterisk={false}
        hideControls
        value={port}
        onChange={(value) => change({ host, port: Number(value) })}
      />
    </>
  );
}
