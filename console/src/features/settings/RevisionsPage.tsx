/** Every change of the organisation; an earlier state can be taken into force again as a whole. */
import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconDots, IconDownload, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import {
  At,
  DataTable,
  EmptyState,
  PageHeader,
  pagesOf,
  Panel,
  useConfirm,
  useTell,
} from '@/shared/components';
import { isolated } from '@/shared/i18n';
import { useMay } from '@/shared/session';
import { useAuthor } from './History';
import classes from './settings.module.css';

type Revision = components['schemas']['RevisionShown'];

export function RevisionsPage() {
  const { t } = useTranslation('settings');
  const author = useAuthor();
  const words = useComment();
  const mayChange = useMay('change_configuration');
  const restore = useRestore();
  const found = useInfiniteQuery({
    queryKey: ['history', 'revisions'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      call(api.GET('/api/organisation/revisions', { params: { query: { cursor: pageParam, limit: 50 } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = found.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeader title={t('sections.history')} note={t('about.history')} />
      <Panel flush>
        <DataTable<Revision>
          label={t('sections.history')}
          rows={rows}
          rowKey={({ revision }) => String(revision)}
          {...pagesOf(found)}
          empty={<EmptyState icon={<IconHistory size={28} stroke={1.5} />} title={t('history.none')} />}
          columns={[
            { key: 'what', title: t('revisions.what'), cell: (each) => words(each) },
            { key: 'who', title: t('revisions.who'), cell: (each) => author(each.author, each.author_name) },
            { key: 'when', title: t('revisions.when'), cell: ({ at }) => <When at={at} /> },
            {
              key: 'number',
              title: t('revisions.number'),
              cell: ({ revision }) => revision,
              figures: true,
              wide: true,
            },
            {
              key: 'do',
              title: <span className="visually-hidden">{t('revisions.do')}</span>,
              cell: ({ revision }) =>
                mayChange && (
                  <Actions
                    revision={revision}
                    restore={revision === rows?.[0]?.revision ? undefined : () => void restore(revision)}
                  />
                ),
            },
          ]}
        />
      </Panel>
      <Text size="xs" c="dimmed" mt="xs">
        {t('revisions.note')}
      </Text>
    </>
  );
}

function When({ at }: { at: string }) {
  return (
    <span className={classes.when}>
      <At moment={at} />
    </span>
  );
}

interface ActionsProps {
  revision: number;
  /** Left out for the one that is in force. */
  restore: (() => void) | undefined;
}

/** On a phone they are in a menu. */
function Actions({ revision, restore }: ActionsProps) {
  const { t } = useTranslation('settings');
  const file = {
    component: 'a',
    href: `/api/organisation/revisions/${revision}/file`,
    download: true,
  } as const;
  return (
    <>
      <Group gap={6} justify="flex-end" wrap="nowrap" visibleFrom="sm">
        <Button
          {...file}
          size="compact-xs"
          variant="subtle"
          leftSection={<IconDownload size={13} aria-hidden />}
          aria-label={t('revisions.fileOf', { revision })}
        >
          {t('revisions.file')}
        </Button>
        {restore && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={restore}
            aria-label={t('revisions.restoreNumber', { revision })}
          >
            {t('revisions.restore')}
          </Button>
        )}
      </Group>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon size="md" hiddenFrom="sm" aria-label={t('revisions.doWith', { revision })}>
            <IconDots size={16} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item {...file} leftSection={<IconDownload size={15} aria-hidden />}>
            {t('revisions.fileOf', { revision })}
          </Menu.Item>
          {restore && (
            <Menu.Item onClick={restore} leftSection={<IconHistory size={15} aria-hidden />}>
              {t('revisions.restoreNumber', { revision })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function useRestore() {
  const { t } = useTranslation('settings');
  const confirm = useConfirm();
  const client = useQueryClient();
  const tell = useTell();
  const restore = useMutation({
    mutationFn: (number: number) =>
      call(api.POST('/api/organisation/revisions/{number}/restore', { params: { path: { number } } })),
    onSuccess: async (_, number) => {
      tell.done(t('revisions.restored', { revision: number }));
      await client.invalidateQueries();
    },
    onError: (error) => tell.failed(error),
  });
  return async (revision: number) => {
    const yes = await confirm({
      title: t('revisions.ask', { revision }),
      body: t('revisions.askBody'),
      confirm: t('revisions.restore'),
      dangerous: true,
    });
    if (yes) restore.mutate(revision);
  };
}

/** The server's short note on a revision, in the reader's language where its form is known, by the part's name. */
function useComment(): (revision: Revision) => string {
  const { t, i18n } = useTranslation('settings');
  return ({ comment, about }) => {
    const found = /^(added|changed|deleted|moved) (opening hours|call flow|\S+) (\S+)$/.exec(comment);
    if (found && about) {
      const [, verb, what = '', key] = found;
      const name = i18n.exists(`revisions.kinds.${what}`, { ns: 'settings' })
        ? t(`revisions.kinds.${what}`)
        : what;
      return t(`revisions.verbs.${verb}`, { what: name, key: isolated(about.name ?? key ?? '') });
    }
    const restored = /^restored revision (\d+)$/.exec(comment);
    if (restored) return t('revisions.verbs.restored', { revision: restored[1] });
    if (about && comment.startsWith('changed the queues of '))
      return t('revisions.verbs.memberships', { key: isolated(about.name ?? about.key) });
    if (comment === 'changed the own card') return t('revisions.verbs.own');
    if (comment === 'changed the organisation') return t('revisions.verbs.organisation');
    if (comment === 'applied from a file') return t('revisions.verbs.file');
    return comment;
  };
}
