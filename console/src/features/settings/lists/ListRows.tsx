/** The numbers on a list: searched, changed one by one, and brought in and taken out as a file. */
import { Button, Group, Menu, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconDots,
  IconDownload,
  IconHistory,
  IconListNumbers,
  IconPlus,
  IconUpload,
} from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, LoadingRows, Panel, SearchField } from '@/shared/components';
import { count } from '@/shared/format';
import { useMay } from '@/shared/session';
import { RowDialog } from './RowDialog';
import { type ListRow, useRows } from './rows';
import { RowTable } from './RowTable';
import { VersionsDrawer } from './VersionsDrawer';

const ImportRows = lazy(() => import('./ImportRows'));

type Opened = 'new' | 'import' | 'versions' | ListRow | null;

export function ListRows({ list, name }: { list: string; name: string }) {
  const { t } = useTranslation('settings');
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 150);
  const [opened, setOpened] = useState<Opened>(null);
  const mayChange = useMay('change_configuration');
  const found = useRows(list, asked, null);
  const rows = found.data?.pages.flatMap(({ items }) => items);
  const version = found.data?.pages[0]?.version;
  const close = () => setOpened(null);
  return (
    <Panel
      title={t('rows.title')}
      actions={
        <Group gap="xs">
          {mayChange && (
            <Button
              size="compact-sm"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setOpened('new')}
            >
              {t('rows.add')}
            </Button>
          )}
          <More list={list} open={setOpened} />
        </Group>
      }
    >
      <Group justify="space-between" gap="xs" mb="xs">
        <SearchField label={t('rows.search')} value={search} onChange={setSearch} maw={320} />
        <Text size="sm" c="dimmed" role="status">
          {version && t('rows.count', { count: version.rows, shown: count(version.rows) })}
        </Text>
      </Group>
      {found.error && !rows && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {!found.error && !rows && <LoadingRows />}
      {rows && !rows.length && (
        <EmptyState
          icon={<IconListNumbers size={28} stroke={1.5} />}
          title={t(asked ? 'nothingFound' : 'rows.empty')}
        >
          {!asked && t('rows.emptyHelp')}
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <RowTable
          label={t('rows.title')}
          rows={rows}
          total={asked ? undefined : version?.rows}
          open={mayChange ? setOpened : undefined}
          more={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : undefined}
        />
      )}
      {(opened === 'new' || (opened && typeof opened === 'object')) && (
        <RowDialog list={list} row={opened === 'new' ? null : opened} close={close} />
      )}
      {opened === 'import' && (
        <Suspense>
          <ImportRows list={list} name={name} onClose={close} />
        </Suspense>
      )}
      <VersionsDrawer list={list} opened={opened === 'versions'} close={close} />
    </Panel>
  );
}

function More({ list, open }: { list: string; open: (what: 'import' | 'versions') => void }) {
  const { t } = useTranslation('settings');
  const mayChange = useMay('change_configuration');
  const file = (format: string) =>
    ({ component: 'a', href: `/api/lists/${list}/export?format=${format}`, download: true }) as const;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconDots size={15} aria-hidden />}>
          {t('rows.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {mayChange && (
          <>
            <Menu.Item leftSection={<IconUpload size={15} aria-hidden />} onClick={() => open('import')}>
              {t('rows.import')}
            </Menu.Item>
            <Menu.Item {...file('xlsx')} leftSection={<IconDownload size={15} aria-hidden />}>
              {t('rows.asExcel')}
            </Menu.Item>
            <Menu.Item {...file('csv')} leftSection={<IconDownload size={15} aria-hidden />}>
              {t('rows.asCsv')}
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconHistory size={15} aria-hidden />} onClick={() => open('versions')}>
          {t('rows.versions')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
