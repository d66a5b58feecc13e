/** Every version of a list's rows: looked at, and restored. */
import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { At, EmptyState, ErrorState, LoadingRows, useConfirm, useTell } from '@/shared/components';
import { useHouseNames } from '@/shared/directory';
import { count } from '@/shared/format';
import { useMay } from '@/shared/session';
import { useAuthor } from '../History';
import classes from '../settings.module.css';
import { type ListVersion, useRowChanges, useRows, useVersions } from './rows';
import { RowTable, shownNumber } from './RowTable';

interface Props {
  list: string;
  opened: boolean;
  close: () => void;
}

export function VersionsDrawer({ list, opened, close }: Props) {
  const { t } = useTranslation(['settings', 'common']);
  const found = useVersions(list, opened);
  const versions = found.data?.pages.flatMap(({ items }) => items);
  return (
    <Drawer
      opened={opened}
      onClose={close}
      position="right"
      size="lg"
      title={t('rows.versions')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {found.error && !versions && <ErrorState error={found.error} retry={() => void found.refetch()} />}
      {!found.error && !versions && <LoadingRows />}
      {versions?.length === 0 && (
        <EmptyState icon={<IconHistory size={28} stroke={1.5} />} title={t('rows.noVersions')} />
      )}
      <ol className={classes.versions}>
        {versions?.map((version, index) => (
          <Version key={version.version} list={list} version={version} newest={index === 0} />
        ))}
      </ol>
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('common:more')}
        </Button>
      )}
    </Drawer>
  );
}

function Version({ list, version, newest }: { list: string; version: ListVersion; newest: boolean }) {
  const { t } = useTranslation('settings');
  const names = useHouseNames();
  const author = useAuthor();
  const mayChange = useMay('change_configuration');
  const [shown, setShown] = useState(false);
  const restore = useRestore(list);
  const about = version.how === 'restored' ? version.about : shownNumber(version.about);
  const number = count(version.version);
  return (
    <li>
      <Stack gap={4} py={8}>
        <Text size="sm" fw={600}>
          {t(`rows.how.${version.how}${version.about ? '' : 'Many'}`, {
            about,
            added: count(version.added),
            changed: count(version.changed),
            removed: count(version.removed),
          })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('rows.versionOf', { version: number, rows: count(version.rows) })} ·{' '}
          {author(version.author, names.person(version.author))}, {version.at && <At moment={version.at} />}
        </Text>
        {version.note && <Text size="sm">{version.note}</Text>}
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={shown}
            aria-label={t(shown ? 'rows.hideVersion' : 'rows.showVersion', { version: number })}
            onClick={() => setShown(!shown)}
          >
            {t(shown ? 'rows.hide' : 'rows.show')}
          </Button>
          {mayChange && !newest && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('revisions.restoreNumber', { revision: number })}
              onClick={() => void restore(version.version)}
            >
              {t('revisions.restore')}
            </Button>
          )}
        </Group>
        {shown && <RowsOf list={list} version={version} />}
      </Stack>
    </li>
  );
}

function RowsOf({ list, version }: { list: string; version: ListVersion }) {
  const { t } = useTranslation('settings');
  const found = useRows(list, '', version.version);
  const rows = found.data?.pages.flatMap(({ items }) => items);
  if (found.error && !rows) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  if (!rows) return <LoadingRows />;
  if (!rows.length) return <Text size="sm">{t('rows.empty')}</Text>;
  return (
    <RowTable
      label={t('rows.versionOf', { version: count(version.version), rows: count(version.rows) })}
      rows={rows}
      total={version.rows}
      more={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : undefined}
    />
  );
}

function useRestore(list: string) {
  const { t } = useTranslation('settings');
  const confirm = useConfirm();
  const tell = useTell();
  const { restore } = useRowChanges(list);
  return async (version: number) => {
    const yes = await confirm({
      title: t('rows.askRestore', { version: count(version) }),
      body: t('rows.askRestoreBody'),
      confirm: t('revisions.restore'),
      dangerous: true,
    });
    if (!yes) return;
    restore.mutate(version, {
      onSuccess: () => tell.done(t('rows.restored', { version: count(version) })),
      onError: tell.failed,
    });
  };
}
