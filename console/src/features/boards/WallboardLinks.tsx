/** Links to screens on the wall: make one, see which are in use, revoke. */
import {
  ActionIcon,
  Button,
  CopyButton,
  Drawer,
  Group,
  MultiSelect,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { IconCheck, IconCopy, IconDeviceTv, IconExternalLink, IconLinkOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { At, EmptyState, ErrorState, LoadingRows, useConfirm, useTell } from '@/shared/components';
import { LANGUAGES, type Language } from '@/shared/i18n';
import classes from './boards.module.css';

type Link = components['schemas']['LinkShown'];
type Wanted = components['schemas']['LinkWanted'];

interface Names {
  units: Map<string, string>;
  queues: Map<string, string>;
}

const linksKey = ['boards', 'links'];
const asOptions = (names: Map<string, string>) => [...names].map(([value, label]) => ({ value, label }));

export function WallboardLinks({ opened, close, ...names }: Names & { opened: boolean; close: () => void }) {
  const { t } = useTranslation(['boards', 'common']);
  return (
    <Drawer
      opened={opened}
      onClose={close}
      size="lg"
      title={t('wallboards')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <Inside {...names} />}
    </Drawer>
  );
}

function Inside(names: Names) {
  const { t } = useTranslation('boards');
  const [made, setMade] = useState<string | null>(null);
  const links = useQuery({ queryKey: linksKey, queryFn: () => call(api.GET('/api/boards/links')) });
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('links.about')}
      </Text>
      {made ? <Made path={made} another={() => setMade(null)} /> : <NewLink {...names} made={setMade} />}
      <div>
        <Text fw={600} size="sm" mb={4} component="h3">
          {t('links.existing')}
        </Text>
        {links.error && <ErrorState error={links.error} retry={() => void links.refetch()} />}
        {links.isPending && <LoadingRows rows={2} />}
        {links.data?.items.length === 0 && (
          <EmptyState icon={<IconDeviceTv size={28} stroke={1.5} />} title={t('links.none')} />
        )}
        {links.data?.items.map((link) => (
          <LinkRow key={link.id} link={link} {...names} />
        ))}
      </div>
    </Stack>
  );
}

function NewLink({ units, queues, made }: Names & { made: (path: string) => void }) {
  const { t, i18n } = useTranslation('boards');
  const tell = useTell();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<Wanted>({
    name: '',
    unit: null,
    queues: [],
    shows_agents: false,
    theme: 'dark',
    language: i18n.language,
  });
  const set = (change: Partial<Wanted>) => setWanted((before) => ({ ...before, ...change }));
  const make = useMutation({
    mutationFn: () => call(api.POST('/api/boards/links', { body: { ...wanted, name: wanted.name.trim() } })),
    onSuccess: async ({ path }) => {
      made(path);
      await client.invalidateQueries({ queryKey: linksKey });
    },
    onError: (error) => tell.failed(error),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted.name.trim()) make.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('links.name')}
          description={t('links.nameHelp')}
          required
          withAsterisk={false}
          maxLength={100}
          value={wanted.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t('unit')}
          placeholder={t('allUnits')}
          clearable
          clearButtonProps={{ 'aria-label': t('links.clear') }}
          data={asOptions(units)}
          value={wanted.unit ?? null}
          onChange={(unit) => set({ unit })}
        />
        <MultiSelect
          label={t('queues')}
          placeholder={wanted.queues?.length ? undefined : t('links.allQueues')}
          clearable
          clearButtonProps={{ 'aria-label': t('links.clear') }}
          data={asOptions(queues)}
          value={[...(wanted.queues ?? [])]}
          onChange={(chosen) => set({ queues: chosen })}
        />
        <Switch
          label={t('links.agents')}
          description={t('links.agentsHelp')}
          checked={wanted.shows_agents}
          onChange={(event) => set({ shows_agents: event.currentTarget.checked })}
        />
        <Group grow>
          <Select
            label={t('links.theme')}
            allowDeselect={false}
            data={(['dark', 'light'] as const).map((value) => ({ value, label: t(`links.themes.${value}`) }))}
            value={wanted.theme}
            onChange={(theme) => set({ theme: theme === 'light' ? 'light' : 'dark' })}
          />
          <Select
            label={t('links.language')}
            allowDeselect={false}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            value={wanted.language}
            onChange={(language) => set({ language: language ?? 'sv' })}
          />
        </Group>
        <Button type="submit" loading={make.isPending} disabled={!wanted.name.trim()} w="fit-content">
          {t('links.make')}
        </Button>
      </Stack>
    </form>
  );
}

function Made({ path, another }: { path: string; another: () => void }) {
  const { t } = useTranslation('boards');
  const whole = `${location.origin}${path}`;
  return (
    <div className={classes.made} role="status">
      <Text fw={600} size="sm">
        {t('links.made')}
      </Text>
      <Text size="sm" c="dimmed" mb="xs">
        {t('links.madeHelp')}
      </Text>
      <TextInput
        readOnly
        value={whole}
        aria-label={t('links.link')}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group gap="xs" mt="xs">
        <CopyButton value={whole}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {t(copied ? 'links.copied' : 'links.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          component="a"
          href={path}
          target="_blank"
          rel="noopener"
          variant="default"
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          {t('links.open')}
        </Button>
        <Button variant="subtle" onClick={another}>
          {t('links.another')}
        </Button>
      </Group>
    </div>
  );
}

function LinkRow({ link, units, queues }: Names & { link: Link }) {
  const { t } = useTranslation('boards');
  const client = useQueryClient();
  const confirm = useConfirm();
  const tell = useTell();
  const revoke = useMutation({
    mutationFn: () => call(api.DELETE('/api/boards/links/{id}', { params: { path: { id: link.id } } })),
    onSuccess: () => {
      tell.done(t('links.revoked', { name: link.name }));
      return client.invalidateQueries({ queryKey: linksKey });
    },
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t('links.ask', { name: link.name }),
      body: t('links.askBody'),
      confirm: t('links.revoke'),
      dangerous: true,
    });
    if (yes) revoke.mutate();
  };
  const shown = [
    link.unit ? (units.get(link.unit) ?? link.unit) : null,
    link.queues.length ? link.queues.map((key) => queues.get(key) ?? key).join(', ') : t('links.allQueues'),
    link.shows_agents ? t('links.withAgents') : null,
    LANGUAGES[link.language as Language],
  ].filter(Boolean);
  return (
    <div className={classes.link}>
      <div>
        <Text size="sm" fw={550}>
          {link.name}
        </Text>
        <Text size="xs" c="dimmed">
          {shown.join(' · ')}
        </Text>
        <Text size="xs" c="dimmed">
          {link.seen_at ? (
            <>
              {t('links.seen')} <At moment={link.seen_at} />
            </>
          ) : (
            t('links.neverSeen')
          )}
        </Text>
      </div>
      <Tooltip label={t('links.revoke')}>
        <ActionIcon
          aria-label={t('links.revokeName', { name: link.name })}
          loading={revoke.isPending}
          onClick={() => void ask()}
        >
          <IconLinkOff size={17} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
