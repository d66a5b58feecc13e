/** What other programs sign in with: which there are, a new one, and the end of one. */
import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, serverNow } from '@/api/client';
import {
  At,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  PageHeader,
  Panel,
  useConfirm,
  useTell,
} from '@/shared/components';
import { useHouseNames } from '@/shared/directory';
import { fullDay } from '@/shared/format';
import { queryClient } from '@/shared/query';
import { NewToken } from './NewToken';
import { type Token, tokensQuery } from './tokens';

export function TokensPage() {
  const { t } = useTranslation('tokens');
  const found = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHeader
        title={t('title')}
        note={t('about')}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {t('make')}
          </Button>
        }
      />
      <Panel flush>
        {found.error && !found.data ? (
          <ErrorState error={found.error} retry={() => void found.refetch()} />
        ) : (
          <List tokens={found.data} />
        )}
      </Panel>
      {making && <NewToken onClose={() => setMaking(false)} />}
    </>
  );
}

function List({ tokens }: { tokens: readonly Token[] | undefined }) {
  const { t } = useTranslation('tokens');
  const { t: common } = useTranslation();
  const names = useHouseNames();
  const columns: Column<Token>[] = [
    {
      key: 'name',
      title: t('name'),
      cell: (token) => (
        <>
          <Text span size="sm" fw={550}>
            {token.name}
          </Text>
          <Text size="xs" c="dimmed" hiddenFrom="sm">
            {common(`role.${token.role}`)} · <Used token={token} />
          </Text>
        </>
      ),
    },
    { key: 'role', title: t('role'), cell: ({ role }) => common(`role.${role}`), wide: true },
    {
      key: 'made',
      title: t('madeBy'),
      wide: true,
      cell: (token) => (
        <>
          {names.person(token.created_by)}
          <Text size="xs" c="dimmed">
            <At moment={token.created_at} />
          </Text>
        </>
      ),
    },
    { key: 'used', title: t('lastUsed'), cell: (token) => <Used token={token} />, wide: true },
    { key: 'expires', title: t('expires'), cell: (token) => <Expires token={token} /> },
    {
      key: 'revoke',
      title: <span className="visually-hidden">{t('revoke')}</span>,
      width: 44,
      cell: (token) => <Revoke token={token} />,
    },
  ];
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={tokens ? [...tokens] : undefined}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon={<IconKey size={28} stroke={1.5} />} title={t('none')}>
          {t('noneHint')}
        </EmptyState>
      }
    />
  );
}

function Used({ token }: { token: Token }) {
  const { t } = useTranslation('tokens');
  return token.last_used_at ? <At moment={token.last_used_at} /> : <>{t('neverUsed')}</>;
}

function Expires({ token }: { token: Token }) {
  const { t } = useTranslation('tokens');
  if (!token.expires_at) return <>{t('never')}</>;
  const over = Date.parse(token.expires_at) <= serverNow();
  return (
    <Text span size="sm" c={over ? 'var(--svarhus-bad)' : undefined} data-volatile>
      {over ? t('expired') : fullDay(token.expires_at)}
    </Text>
  );
}

function Revoke({ token }: { token: Token }) {
  const { t } = useTranslation('tokens');
  const confirm = useConfirm();
  const tell = useTell();
  const revoke = useMutation({
    mutationFn: () => call(api.DELETE('/api/tokens/{id}', { params: { path: { id: token.id } } })),
    onSuccess: () => tell.done(t('revoked', { name: token.name })),
    onError: (error) => tell.failed(error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  const ask = async () => {
    const question = { title: t('sure', { name: token.name }), body: t('sureBody'), confirm: t('revoke') };
    if (await confirm({ ...question, dangerous: true })) revoke.mutate();
  };
  return (
    <Tooltip label={t('revoke')}>
      <ActionIcon
        aria-label={t('revokeName', { name: token.name })}
        loading={revoke.isPending}
        onClick={() => void ask()}
      >
        <IconTrash size={17} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
