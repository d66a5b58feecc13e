import { ActionIcon, Anchor, Button, Group, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconForms, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { FormError } from '@/shared/account';
import { DataTable, EmptyState, PageHeader, Panel, useConfirm, useTell } from '@/shared/components';
import { keyFrom } from './names';
import { useMayChange } from './PeoplePage';
import { type OwnField, refreshOrganisation, useList } from './queries';

const KINDS = ['text', 'number', 'date', 'choice', 'yes_no'] as const;
const EMPTY: OwnField = { key: '', name: '', kind: 'text', choices: [], help: '' };

/** The fields that the organisation has added to everybody's card. */
export function FieldsPage() {
  const { t } = useTranslation('people');
  const fields = useList('fields');
  const mayChange = useMayChange();
  const [open, setOpen] = useState<OwnField | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen(EMPTY)}>
      {t('fields.add')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('fields.title')}
        note={
          <Anchor component={Link} to="/people" size="sm">
            ← {t('title')}
          </Anchor>
        }
        actions={mayChange && Boolean(fields.data?.length) && add}
      />
      <Panel flush>
        <DataTable
          label={t('fields.title')}
          rows={fields.data}
          rowKey={(field) => field.key}
          rowLabel={(field) => field.name}
          open={mayChange ? setOpen : undefined}
          error={fields.error}
          retry={() => void fields.refetch()}
          columns={[
            { key: 'name', title: t('fields.name'), cell: (field) => field.name },
            {
              key: 'kind',
              title: t('fields.kind'),
              cell: (field) => t(`fields.kinds.${field.kind ?? 'text'}`),
            },
            { key: 'help', title: t('fields.help'), cell: (field) => field.help, wide: true },
            {
              key: 'remove',
              title: <span className="visually-hidden">{t('remove')}</span>,
              width: 52,
              cell: (field) => mayChange && <RemoveField field={field} />,
            },
          ]}
          empty={
            <EmptyState
              icon={<IconForms size={28} stroke={1.5} />}
              title={t('fields.none')}
              action={mayChange && <Group mt="xs">{add}</Group>}
            >
              {t('fields.noneHelp')}
            </EmptyState>
          }
        />
      </Panel>
      {open && <FieldDialog field={open} taken={fields.data ?? []} close={() => setOpen(null)} />}
    </>
  );
}

function RemoveField({ field }: { field: OwnField }) {
  const { t } = useTranslation('people');
  const tell = useTell();
  const confirm = useConfirm();
  const remove = useMutation({
    mutationFn: () => call(api.DELETE('/api/fields/{key}', { params: { path: { key: field.key } } })),
    onSuccess: async () => {
      await refreshOrganisation();
      tell.done(t('fields.removed', { name: field.name }));
    },
    onError: (error) => tell.failed(error),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t('fields.removeTitle', { name: field.name }),
      body: t('fields.removeBody'),
      confirm: t('remove'),
      dangerous: true,
    });
    if (yes) remove.mutate();
  };
  return (
    <ActionIcon
      aria-label={t('fields.removeThis', { name: field.name })}
      loading={remove.isPending}
      onClick={(event) => {
        event.stopPropagation();
        void ask();
      }}
    >
      <IconTrash size={17} stroke={1.6} />
    </ActionIcon>
  );
}

function FieldDialog({
  field: before,
  taken,
  close,
}: {
  field: OwnField;
  taken: OwnField[];
  close: () => void;
}) {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const tell = useTell();
  const [field, setField] = useState(before);
  const isNew = !before.key;
  const save = useMutation({
    mutationFn: () => {
      const choices = field.kind === 'choice' ? field.choices : [];
      if (!isNew) {
        const path = { params: { path: { key: before.key } } };
        return call(api.PUT('/api/fields/{key}', { ...path, body: { ...field, choices } }));
      }
      const key = keyFrom(field.name, new Set(taken.map((each) => each.key))) || `field-${taken.length + 1}`;
      return call(api.POST('/api/fields', { body: { ...field, key, choices } }));
    },
    onSuccess: async () => {
      await refreshOrganisation();
      tell.done(t('saved'));
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={isNew ? t('fields.add') : before.name}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('fields.name')}
            value={field.name}
            required
            maxLength={100}
            data-autofocus
            onChange={(event) => setField({ ...field, name: event.currentTarget.value })}
          />
          <Select
            label={t('fields.kind')}
            data={KINDS.map((kind) => ({ value: kind, label: t(`fields.kinds.${kind}`) }))}
            value={field.kind ?? 'text'}
            allowDeselect={false}
            onChange={(kind) => kind && setField({ ...field, kind: kind as OwnField['kind'] })}
          />
          {field.kind === 'choice' && (
            <TagsInput
              label={t('fields.choices')}
              description={t('fields.choicesHelp')}
              value={field.choices ?? []}
              acceptValueOnBlur
              onChange={(choices) => setField({ ...field, choices })}
            />
          )}
          <TextInput
            label={t('fields.help')}
            description={t('fields.helpHelp')}
            value={field.help ?? ''}
            maxLength={300}
            onChange={(event) => setField({ ...field, help: event.currentTarget.value })}
          />
          <FormError error={save.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {common('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
