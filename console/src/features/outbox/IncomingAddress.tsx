/** Where the provider hands over texts that are sent to us. */
import { Button, CopyButton, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { useConfirm, useTell } from '@/shared/components';
import { queryClient } from '@/shared/query';

const KEY = ['outbox', 'incoming'];

export function IncomingAddress() {
  const { t } = useTranslation('outbox');
  const tell = useTell();
  const confirm = useConfirm();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => call(api.GET('/api/outbox/providers/text/incoming')),
  });
  const make = useMutation({
    mutationFn: () => call(api.POST('/api/outbox/providers/text/incoming')),
    onSuccess: (made) => queryClient.setQueryData(KEY, made),
    onError: (error) => tell.failed(error),
  });
  if (!data) return null;
  const renew = async () => {
    const question = {
      title: t('sending.incoming.sure'),
      body: t('sending.incoming.sureBody'),
      confirm: t('sending.incoming.renew'),
    };
    if (!data.address || (await confirm({ ...question, dangerous: true }))) make.mutate();
  };
  return (
    <section aria-label={t('sending.incoming.title')}>
      <Text fw={600} size="sm" mt="md">
        {t('sending.incoming.title')}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t('sending.incoming.help')}
      </Text>
      {data.address && (
        <TextInput
          label={t('sending.incoming.address')}
          readOnly
          value={data.address}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      <Group gap="xs" mt="xs" justify="flex-end">
        {data.address && (
          <CopyButton value={data.address}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-sm" onClick={copy}>
                {t(copied ? 'sending.incoming.copied' : 'sending.incoming.copy')}
              </Button>
            )}
          </CopyButton>
        )}
        <Button variant="default" size="compact-sm" loading={make.isPending} onClick={() => void renew()}>
          {t(data.address ? 'sending.incoming.renew' : 'sending.incoming.make')}
        </Button>
      </Group>
    </section>
  );
}
