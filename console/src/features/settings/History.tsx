/** Who changed a part when, and what; an earlier version can be taken into the form again. */
import { Button, Drawer, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { At, EmptyState, ErrorState, LoadingRows } from '@/shared/components';
import { isObject, type Json, type JsonObject } from '@/shared/forms';
import { isolated } from '@/shared/i18n';
import { useMay } from '@/shared/session';
import { useUnknown } from '@/shared/people/unnamed';
import { differences } from './differences';
import { useOptions } from '@/shared/parts';
import { type ListName, listsNeeded, ORGANISATION, SECTIONS } from './sections';
import classes from './settings.module.css';
import { useFieldTexts } from './texts';

type Version = components['schemas']['VersionShown'];

function useHistory(list: string, key: string) {
  return useQuery({
    queryKey: ['history', list, key],
    queryFn: () =>
      call(
        api.GET('/api/organisation/parts/{list_name}/{key}/history', {
          params: { path: { list_name: list, key } },
        }),
      ),
  });
}

/** Whoever is named in a revision: a person by name, a token, or the command line. */
export function useAuthor(): (author: string, name: string | null) => string {
  const { t } = useTranslation('settings');
  const unknown = useUnknown();
  return (author, name) => {
    if (author === 'command line') return t('history.operator');
    if (author.startsWith('token:')) return t('history.token', { name: author.slice(6) });
    return isolated(name ?? unknown(author));
  };
}

export function LastChange({ list, partKey }: { list: string; partKey: string }) {
  const { t } = useTranslation('settings');
  const author = useAuthor();
  const last = useHistory(list, partKey).data?.versions[0];
  if (!last) return null;
  return (
    <span>
      {t('history.last', { author: author(last.author, last.author_name) })} <At moment={last.at} />
    </span>
  );
}

interface Props {
  list: string;
  partKey: string;
  opened: boolean;
  close: () => void;
  take: (value: JsonObject) => void;
}

export function HistoryDrawer({ opened, close, ...rest }: Props) {
  const { t } = useTranslation(['settings', 'common']);
  return (
    <Drawer
      opened={opened}
      onClose={close}
      size="md"
      title={t('history.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Versions {...rest} />}
    </Drawer>
  );
}

function Versions({ list, partKey, take }: Omit<Props, 'opened' | 'close'>) {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useHistory(list, partKey);
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  if (!data.versions.length) return <EmptyState title={t('history.none')} />;
  return data.versions.map((version, index) => (
    <VersionShown
      key={version.revision}
      list={list}
      version={version}
      before={data.versions[index + 1]?.value as Json | undefined}
      take={
        index > 0 && isObject(version.value as Json) ? () => take(version.value as JsonObject) : undefined
      }
    />
  ));
}

function VersionShown({
  list,
  version,
  before,
  take,
}: {
  list: string;
  version: Version;
  before: Json | undefined;
  take: (() => void) | undefined;
}) {
  const { t } = useTranslation('settings');
  const author = useAuthor();
  const mayChange = useMay('change_configuration');
  const value = version.value as Json;
  return (
    <div className={classes.version}>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Text size="sm" fw={600} span>
            {author(version.author, version.author_name)}
          </Text>{' '}
          <Text size="sm" c="dimmed" span>
            <At moment={version.at} />
          </Text>
        </div>
        {take && mayChange && (
          <Button size="compact-xs" variant="default" onClick={take}>
            {t('history.take')}
          </Button>
        )}
      </Group>
      {value === null && t('history.removed')}
      {value !== null && !before && t('history.made')}
      {isObject(value) && isObject(before) && <Differences list={list} before={before} after={value} />}
    </div>
  );
}

function Differences({ list, before, after }: { list: string; before: JsonObject; after: JsonObject }) {
  const { t } = useTranslation('settings');
  const texts = useFieldTexts(list);
  const named = useNamed(list);
  const shown = (path: string, value: Json | undefined) =>
    plain(named(path, value), t('history.several'), t('history.nothing'));
  return (
    <ul className={classes.differences}>
      {differences(before, after).map(({ path, was, is }) => (
        <li key={path}>
          {texts.label(path)}: <span className={classes.old}>{shown(path, was)}</span> → {shown(path, is)}
        </li>
      ))}
    </ul>
  );
}

/** What a setting refers to, by its name; what is no more, by its key. */
function useNamed(list: string): (path: string, value: Json | undefined) => Json | undefined {
  const section = list === 'organisation' ? ORGANISATION : SECTIONS[list as ListName];
  const options = useOptions(listsNeeded(section));
  return (path, value) => {
    const from = section.hints[path]?.list;
    return (from && options(from).find((option) => option.value === value)?.label) ?? value;
  };
}

function plain(value: Json | undefined, several: string, nothing: string): string {
  if (value === null || value === undefined || value === '') return nothing;
  if (Array.isArray(value)) {
    const words = value.every((each) => typeof each === 'string');
    return words ? value.join(', ') || nothing : `${value.length} ${several}`;
  }
  return isObject(value)
    ? Object.values(value)
        .filter((each) => typeof each === 'string')
        .join(', ')
    : String(value);
}
