/** The tags with which cases are marked: a tree that is changed by dragging or by the keyboard. */
import { Button, Group, Text } from '@mantine/core';
import { IconPlus, IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  EmptyState,
  ErrorState,
  Key,
  LoadingRows,
  PageHeader,
  Panel,
  SearchField,
} from '@/shared/components';
import { useMay } from '@/shared/session';
import { TagDialog } from './TagDialog';
import { TagTree } from './TagTree';
import classes from './tags.module.css';
import type { Tag } from './tree';
import { useTags } from './useTags';

/** What is being edited: a tag, or a new one under a parent. */
export type Edited = { tag: Tag } | { under: string | null };

export function TagsPage() {
  const { t } = useTranslation('tags');
  const mayChange = useMay('change_configuration');
  const { data, error, refetch } = useTags();
  const [edited, setEdited] = useState<Edited | null>(null);
  const [search, setSearch] = useState('');
  return (
    <>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          mayChange && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setEdited({ under: null })}
            >
              {t('add')}
            </Button>
          )
        }
      >
        {(data?.length ?? 0) > 10 && (
          <SearchField label={t('search')} value={search} onChange={setSearch} maw={320} />
        )}
      </PageHeader>
      <Panel flush>
        {error && !data && <ErrorState error={error} retry={() => void refetch()} />}
        {!error && !data && <LoadingRows />}
        {data?.length === 0 && (
          <EmptyState icon={<IconTags size={28} stroke={1.5} />} title={t('empty')}>
            {t('emptyHelp')}
          </EmptyState>
        )}
        {data && data.length > 0 && (
          <TagTree tags={data} search={search} mayChange={mayChange} edit={setEdited} />
        )}
      </Panel>
      {mayChange && (data?.length ?? 0) > 0 && (
        <Group gap="md" mt="xs" className={classes.keys} visibleFrom="sm">
          <Text size="xs" c="dimmed">
            <Key>Alt</Key> + <Key>↑</Key> <Key>↓</Key> {t('keys.order')}
          </Text>
          <Text size="xs" c="dimmed">
            <Key>Alt</Key> + <Key>→</Key> <Key>←</Key> {t('keys.level')}
          </Text>
          <Text size="xs" c="dimmed">
            <Key>Enter</Key> {t('keys.edit')}
          </Text>
        </Group>
      )}
      <TagDialog edited={edited} close={() => setEdited(null)} tags={data ?? []} />
    </>
  );
}
