/** The messages that were sent, and what became of them. */
import { Button, SegmentedControl, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSend, IconSettings } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import {
  At,
  type Column,
  DataTable,
  EmptyState,
  PageHeader,
  pagesOf,
  Panel,
  SearchField,
} from '@/shared/components';
import { useMay } from '@/shared/session';
import { MessageDrawer } from './MessageDrawer';
import { type Channel, isOnItsWay, LOOK_EVERY, type Message, type Status } from './messages';
import { MessageStatus } from '@/shared/components/MessageStatus';
import { receiverOf } from './receiver';
import classes from './outbox.module.css';

const CHANNELS = ['all', 'mail', 'text'] as const;
/** What is being handed over is on its way as well. */
const STATUSES: Record<string, Status[]> = {
  waiting: ['waiting', 'sending'],
  sent: ['sent'],
  delivered: ['delivered'],
  failed: ['failed'],
  kept: ['kept'],
  dropped: ['dropped'],
};

interface Chosen {
  text: string;
  channel: (typeof CHANNELS)[number];
  status: string | null;
}

const ALL: Chosen = { text: '', channel: 'all', status: null };

export function OutboxPage() {
  const { t } = useTranslation('outbox');
  const mayChange = useMay('change_configuration');
  const [chosen, choose] = useState(ALL);
  const [opened, open] = useState<string | null>(null);
  const found = useMessages(chosen);
  const messages = found.data?.pages.flatMap((page) => page.items);
  const message = messages?.find(({ id }) => id === opened);
  return (
    <>
      <PageHeader
        title={t('title')}
        note={t('about')}
        actions={
          mayChange && (
            <Button
              component={Link}
              to="/settings/sending"
              variant="default"
              leftSection={<IconSettings size={16} aria-hidden />}
            >
              {t('providers')}
            </Button>
          )
        }
      >
        <Filters chosen={chosen} choose={choose} />
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t('title')}
          rows={messages}
          rowKey={({ id }) => id}
          columns={useColumns()}
          open={({ id }) => open(id)}
          rowLabel={(each) => t('openOne', { receiver: receiverOf(each) })}
          selected={opened}
          {...pagesOf(found)}
          empty={<Nothing filtered={chosen !== ALL} showAll={() => choose(ALL)} />}
        />
      </Panel>
      {message && <MessageDrawer message={message} onClose={() => open(null)} />}
    </>
  );
}

function useMessages(chosen: Chosen) {
  const [text] = useDebouncedValue(chosen.text, 200);
  const wanted = {
    q: text.trim() || undefined,
    channel: chosen.channel === 'all' ? undefined : (chosen.channel as Channel),
    status: chosen.status ? STATUSES[chosen.status] : undefined,
  };
  return useInfiniteQuery({
    queryKey: ['outbox', 'messages', wanted],
    queryFn: ({ pageParam }) =>
      call(api.GET('/api/outbox', { params: { query: { ...wanted, cursor: pageParam, limit: 50 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isOnItsWay)) ? LOOK_EVERY : false,
  });
}

function Filters({ chosen, choose }: { chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const { t } = useTranslation('outbox');
  return (
    <div className={classes.filters}>
      <SegmentedControl
        className={classes.channels}
        size="xs"
        aria-label={t('channel')}
        value={chosen.channel}
        onChange={(channel) => choose({ ...chosen, channel })}
        data={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))}
      />
      <SearchField label={t('search')} value={chosen.text} onChange={(text) => choose({ ...chosen, text })} />
      <Select
        aria-label={t('statusLabel')}
        placeholder={t('anyStatus')}
        data={Object.keys(STATUSES).map((value) => ({ value, label: t(`status.${value}`) }))}
        value={chosen.status}
        onChange={(status) => choose({ ...chosen, status })}
        clearable
        clearButtonProps={{ 'aria-label': t('anyStatus') }}
      />
    </div>
  );
}

function Nothing({ filtered, showAll }: { filtered: boolean; showAll: () => void }) {
  const { t } = useTranslation('outbox');
  return (
    <EmptyState
      icon={<IconSend size={28} stroke={1.5} />}
      title={t(filtered ? 'noneFits' : 'none')}
      action={
        filtered && (
          <Button variant="default" mt="xs" onClick={showAll}>
            {t('showAll')}
          </Button>
        )
      }
    >
      {t(filtered ? 'noneFitsHint' : 'noneHint')}
    </EmptyState>
  );
}

function useColumns(): Column<Message>[] {
  const { t } = useTranslation('outbox');
  return [
    { key: 'at', title: t('when'), width: 96, cell: (message) => <At moment={message.made_at} /> },
    {
      key: 'receiver',
      title: t('receiver'),
      cell: (message) => (
        <span className={classes.receiver}>
          <Text span size="sm" className={message.channel === 'text' ? classes.number : undefined}>
            {receiverOf(message) || t('hidden')}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`purpose.${message.purpose}`)}
          </Text>
        </span>
      ),
    },
    {
      key: 'channel',
      title: t('channel'),
      width: 120,
      wide: true,
      cell: ({ channel }) => t(`channels.${channel}`),
    },
    { key: 'status', title: t('statusLabel'), cell: (message) => <MessageStatus message={message} /> },
  ];
}
