/** Who brings mail and texts, and a test of each. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState, LoadingRows, PageHeader, Panel } from '@/shared/components';
import { IncomingAddress } from './IncomingAddress';
import { MailForm } from './MailForm';
import { providersQuery } from './messages';
import { TestMessage } from './TestMessage';
import { TextForm } from './TextForm';
import classes from './outbox.module.css';

export function SendingPage() {
  const { t } = useTranslation('outbox');
  const { data, error, refetch } = useQuery(providersQuery);
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <>
      <PageHeader title={t('sending.title')} note={t('sending.about')} />
      <div className={classes.sending}>
        <Panel title={t('channels.mail')}>
          {data ? <MailForm key={JSON.stringify(data.mail)} kept={data.mail} /> : <LoadingRows rows={4} />}
          <TestMessage channel="mail" />
        </Panel>
        <Panel title={t('channels.text')}>
          {data ? <TextForm key={JSON.stringify(data.text)} kept={data.text} /> : <LoadingRows rows={4} />}
          <TestMessage channel="text" />
          {data?.text?.kind === 'http' && <IncomingAddress />}
          {data?.text?.kind === 'smpp' && (
            <Text size="xs" c="dimmed" mt="md">
              {t('sending.incoming.smpp')}
            </Text>
          )}
        </Panel>
      </div>
    </>
  );
}
