import { Button, Group, Modal, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/shared/components';
import { ProblemError } from '@/api/client';
import { freeKey, usePlaced } from '@/shared/forms';
import type { Edited } from './TagsPage';
import { branches, DEEPEST, type Tag, under } from './tree';
import { useQueueOptions, useTagChanges, useUnitOptions } from './useTags';

interface Props {
  edited: Edited | null;
  close: () => void;
  tags: readonly Tag[];
}

export function TagDialog({ edited, close, tags }: Props) {
  const { t } = useTranslation(['tags', 'common']);
  return (
    <Modal
      opened={edited !== null}
      onClose={close}
      title={t(edited && 'tag' in edited ? 'edit' : 'add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {edited && <Fields edited={edited} close={close} tags={tags} />}
    </Modal>
  );
}

function Fields({ edited, close, tags }: { edited: Edited; close: () => void; tags: readonly Tag[] }) {
  const { t } = useTranslation(['tags', 'common']);
  const tell = useTell();
  const queues = useQueueOptions();
  const units = useUnitOptions();
  const { add, change } = useTagChanges();
  const old = 'tag' in edited ? edited.tag : null;
  const [tag, setTag] = useState<Tag>(
    old ?? { key: '', name: '', parent: 'under' in edited ? edited.under : null, queues: [], active: true },
  );
  const set = (part: Partial<Tag>) => setTag((before) => ({ ...before, ...part }));
  const save = old ? change : add;
  const index = old ? tags.findIndex(({ key }) => key === old.key) : tags.length;
  const faults = usePlaced(save.error, `tags[${index}]`);
  const fault = (name: string) => faults.find(({ path }) => path?.startsWith(name))?.message;
  const other = faults.filter(({ path }) => !path || !/^(name|parent|queues|unit)/.test(path));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = tag.name.trim();
    if (!name) return;
    const key = old?.key ?? freeKey(name, new Set(tags.map((each) => each.key)));
    save.mutate(
      { ...tag, name, key },
      {
        onSuccess: () => {
          tell.done(t(old ? 'changed' : 'added', { name }));
          close();
        },
        onError: (error) => {
          if (!(error instanceof ProblemError && error.problem.faults.length)) tell.failed(error);
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          data-autofocus
          maxLength={100}
          value={tag.name}
          error={fault('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={t('parent')}
          description={t('parentHelp')}
          data={parents(tags, old?.key, t('top'))}
          value={tag.parent ?? ''}
          allowDeselect={false}
          searchable
          error={fault('parent')}
          onChange={(parent) => set({ parent: parent || null })}
        />
        <MultiSelect
          label={t('queues')}
          description={t('queuesHelp')}
          data={queues}
          value={[...(tag.queues ?? [])]}
          clearable
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          placeholder={tag.queues?.length ? undefined : t(tag.parent ? 'asParent' : 'allQueues')}
          error={fault('queues')}
          onChange={(chosen) => set({ queues: chosen })}
        />
        {(units.length > 0 || tag.unit) && (
          <Select
            label={t('unit')}
            description={t('unitHelp')}
            data={units}
            value={tag.unit ?? null}
            clearable
            clearButtonProps={{ 'aria-label': t('common:clear') }}
            placeholder={t('wholeOrganisation')}
            error={fault('unit')}
            onChange={(unit) => set({ unit })}
          />
        )}
        <Switch
          label={t('active')}
          description={t('activeHelp')}
          checked={tag.active !== false}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        {other.length > 0 && (
          <div role="alert" style={{ color: 'var(--svarhus-bad)', fontSize: 13 }}>
            {other.map(({ where, message }) => (
              <div key={where + message}>{message}</div>
            ))}
          </div>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!tag.name.trim()}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function parents(tags: readonly Tag[], own: string | undefined, top: string) {
  const not = own ? under(tags, own) : new Set<string>();
  const names = new Map(tags.map((tag) => [tag.key, tag]));
  const label = (tag: Tag): string => {
    const above = tag.parent ? names.get(tag.parent) : undefined;
    return above ? `${label(above)} › ${tag.name}` : tag.name;
  };
  const possible = branches(tags).filter(({ tag, level }) => !not.has(tag.key) && level < DEEPEST);
  return [{ value: '', label: top }, ...possible.map(({ tag }) => ({ value: tag.key, label: label(tag) }))];
}
