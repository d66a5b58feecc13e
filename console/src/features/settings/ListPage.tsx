/** All parts of one list. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, PageHeader, Panel, DataTable, SearchField } from '@/shared/components';
import { useMay } from '@/shared/session';
import { NotThere } from './NotThere';
import { useParts } from '@/shared/parts';
import { type ListName, SECTIONS } from './sections';
import { useColumns } from './useColumns';

export function ListPage() {
  const { list } = useParams({ strict: false }) as { list?: string; key?: string };
  return <>{list && list in SECTIONS ? <List key={list} list={list as ListName} /> : <NotThere />}</>;
}

function List({ list }: { list: ListName }) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const mayChange = useMay('change_configuration');
  const section = SECTIONS[list];
  const { data, error, refetch } = useParts(list);
  const [search, setSearch] = useState('');
  const columns = useColumns(list);
  const wanted = search.trim().toLocaleLowerCase();
  const rows = data?.filter((part) => !wanted || JSON.stringify(part).toLocaleLowerCase().includes(wanted));
  const canAdd = mayChange && list !== 'callflows';
  return (
    <>
      <PageHeader
        title={t(`sections.${list}`)}
        note={t(`about.${list}`)}
        actions={
          canAdd && (
            <Button
              component={Link}
              to={`/settings/${list}/new`}
              leftSection={<IconPlus size={16} aria-hidden />}
            >
              {t(`add.${list}`)}
            </Button>
          )
        }
      >
        {(data?.length ?? 0) > 8 && (
          <SearchField label={t('search')} value={search} onChange={setSearch} maw={320} />
        )}
      </PageHeader>
      <Panel flush>
        <DataTable
          label={t(`sections.${list}`)}
          columns={columns}
          rows={rows}
          rowKey={(part) => String(part[section.key])}
          rowLabel={(part) => String(part.name)}
          open={(part) =>
            void navigate({ to: `/settings/${list}/${encodeURIComponent(String(part[section.key]))}` })
          }
          error={error}
          retry={() => void refetch()}
          empty={
            <EmptyState
              icon={<section.icon size={28} stroke={1.5} />}
              title={search ? t('nothingFound') : t(`empty.${list}`)}
              action={
                search && (
                  <Button variant="default" mt="xs" onClick={() => setSearch('')}>
                    {t('showAll')}
                  </Button>
                )
              }
            >
              {!search && t(`about.${list}`)}
            </EmptyState>
          }
        />
      </Panel>
    </>
  );
}
