/** Add or change an external contact. */
import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';
import { reasonText, useConfirm, useTell } from '@/shared/components';
import { type Contact, type ContactWritten, useSaveContact } from './queries';

type Numbered = NonNullable<ContactWritten['numbers']>[number];
type NumberKind = NonNullable<Numbered['label']>;

const KINDS: NumberKind[] = ['work', 'mobile', 'home', 'other'];
const TEXTS = ['company', 'title', 'department', 'place', 'email'] as const;

interface Written extends Record<(typeof TEXTS)[number] | 'name' | 'notes', string> {
  numbers: { number: string; label: NumberKind }[];
  tags: string[];
  fields: [string, string][];
}

interface Props {
  /** The one to change; without it a new one is made. */
  contact?: Contact;
  /** The number of a new one. */
  number?: string;
  onClose: () => void;
  onSaved?: (contact: Contact) => void;
}

export default function ContactForm({ contact, number, onClose, onSaved }: Props) {
  const { t, i18n } = useTranslation(['directory', 'problems']);
  const tell = useTell();
  const confirm = useConfirm();
  const [start] = useState(() => begin(contact, number));
  const [written, setWritten] = useState(start);
  const save = useSaveContact(contact?.id ?? null);
  const faults = faultsOf(save.error);
  const set = (change: Partial<Written>) => setWritten((before) => ({ ...before, ...change }));
  const said = (path: string) => (faults.has(path) ? t(`fault.${path}`) : null);
  const whyNumber = save.error instanceof ProblemError && reasonText(save.error.problem.faults, i18n);
  const close = async () => {
    const question = { title: t('unsaved.title'), body: t('unsaved.body'), confirm: t('unsaved.leave') };
    if (written === start || (await confirm({ ...question, dangerous: true }))) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(sent(written), {
      onSuccess: (saved) => {
        tell.done(t('saved'));
        onSaved?.(saved);
        onClose();
      },
      onError: (error) => {
        if (!faultsOf(error).size) tell.failed(error);
      },
    });
  };
  return (
    <Modal
      opened
      onClose={() => void close()}
      size="lg"
      title={t(contact ? 'change' : 'add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('field.name')}
            required
            data-autofocus
            value={written.name}
            error={said('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
            {TEXTS.map((field) => (
              <TextInput
                key={field}
                label={t(`field.${field}`)}
                type={field === 'email' ? 'email' : 'text'}
                value={written[field]}
                error={said(field)}
                onChange={(event) => set({ [field]: event.currentTarget.value })}
              />
            ))}
            <TagsInput
              label={t('field.tags')}
              value={written.tags}
              error={said('tags')}
              clearButtonProps={{ 'aria-label': t('clearTags') }}
              onChange={(tags) => set({ tags })}
            />
          </SimpleGrid>
          <Numbers
            numbers={written.numbers}
            error={said('numbers') && (whyNumber || said('numbers'))}
            onChange={(numbers) => set({ numbers })}
          />
          <OwnFields fields={written.fields} error={said('fields')} onChange={(fields) => set({ fields })} />
          <Textarea
            label={t('field.notes')}
            autosize
            minRows={2}
            maxRows={8}
            value={written.notes}
            error={said('notes')}
            onChange={(event) => set({ notes: event.currentTarget.value })}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => void close()}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!written.name.trim()}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface NumbersProps {
  numbers: Written['numbers'];
  error: string | null;
  onChange: (numbers: Written['numbers']) => void;
}

function Numbers({ numbers, error, onChange }: NumbersProps) {
  const { t } = useTranslation('directory');
  const kinds = KINDS.map((value) => ({ value, label: t(`label.${value}`) }));
  const change = (at: number, part: Partial<Written['numbers'][number]>) =>
    onChange(numbers.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <div role="group" aria-label={t('numbers')}>
      <Text size="sm" fw={500} mb={4}>
        {t('numbers')}
      </Text>
      <Stack gap={6}>
        {numbers.map(({ number, label }, index) => (
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              type="tel"
              style={{ flex: 1 }}
              aria-label={t('numberOf', { place: index + 1 })}
              value={number}
              error={Boolean(error)}
              onChange={(event) => change(index, { number: event.currentTarget.value })}
            />
            <Select
              w={130}
              aria-label={t('labelOf', { place: index + 1 })}
              data={kinds}
              value={label}
              allowDeselect={false}
              onChange={(kind) => change(index, { label: (kind ?? 'work') as NumberKind })}
            />
            <ActionIcon
              aria-label={t('removeNumber', { place: index + 1 })}
              onClick={() => onChange(numbers.filter((_, at) => at !== index))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {error && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
        <Add onClick={() => onChange([...numbers, { number: '', label: 'work' }])}>{t('addNumber')}</Add>
      </Stack>
    </div>
  );
}

interface FieldsProps {
  fields: Written['fields'];
  error: string | null;
  onChange: (fields: Written['fields']) => void;
}

function OwnFields({ fields, error, onChange }: FieldsProps) {
  const { t } = useTranslation('directory');
  const change = (at: number, field: [string, string]) =>
    onChange(fields.map((each, index) => (index === at ? field : each)));
  return (
    <div role="group" aria-label={t('ownFields')}>
      <Text size="sm" fw={500} mb={4}>
        {t('ownFields')}
      </Text>
      <Stack gap={6}>
        {fields.map(([label, value], index) => (
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              w={170}
              aria-label={t('fieldName', { place: index + 1 })}
              placeholder={t('fieldNameHint')}
              maxLength={60}
              value={label}
              onChange={(event) => change(index, [event.currentTarget.value, value])}
            />
            <TextInput
              style={{ flex: 1 }}
              aria-label={t('fieldValue', { place: index + 1 })}
              maxLength={500}
              value={value}
              onChange={(event) => change(index, [label, event.currentTarget.value])}
            />
            <ActionIcon
              aria-label={t('removeField', { place: index + 1 })}
              onClick={() => onChange(fields.filter((_, at) => at !== index))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {error && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
        <Add onClick={() => onChange([...fields, ['', '']])}>{t('addField')}</Add>
      </Stack>
    </div>
  );
}

function Add({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      style={{ alignSelf: 'flex-start' }}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function begin(contact?: Contact, number?: string): Written {
  const {
    name = '',
    company = '',
    title = '',
    department = '',
    place = '',
    email = '',
    notes = '',
  } = contact ?? {};
  const known = contact?.numbers.map((each) => ({
    // With what is kept beside it, which the server tells apart again.
    number: [each.number, each.note].filter(Boolean).join(' '),
    label: each.label as NumberKind,
  }));
  return {
    ...{ name, company, title, department, place, email, notes },
    numbers: known ?? [{ number: number ?? '', label: 'work' }],
    tags: [...(contact?.tags ?? [])],
    fields: Object.entries(contact?.fields ?? {}),
  };
}

function sent({ numbers, fields, ...rest }: Written): ContactWritten {
  return {
    ...rest,
    numbers: numbers.filter(({ number }) => number.trim()),
    fields: Object.fromEntries(
      fields.map(([label, value]) => [label.trim(), value.trim()]).filter(([label, value]) => label && value),
    ) as Record<string, string>,
  };
}

/** The fields at which the server found something wrong. */
function faultsOf(error: unknown): Set<string> {
  if (!(error instanceof ProblemError)) return new Set();
  return new Set(
    error.problem.faults.map(({ path }) => path.split(/[.[]/).filter((part) => part !== 'body')[0] ?? ''),
  );
}
