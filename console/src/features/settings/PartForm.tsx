/** The form of one part of the organisation: fields, what is wrong with them, and saving. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';
import { Panel, useProblemText, useTell } from '@/shared/components';
import {
  check,
  Form,
  type JsonObject,
  type JsonSchema,
  ObjectFields,
  usePlaced,
  type PlacedFault,
  shapeOf,
  useUnsaved,
} from '@/shared/forms';
import { useMay } from '@/shared/session';
import { freeKey } from '@/shared/forms';
import { keep, useKeepOver, useOptions, useParts } from '@/shared/parts';
import { EmptyTeams } from './EmptyTeams';
import { type FieldGroup, listsNeeded, type Section } from './sections';
import classes from './settings.module.css';
import { useFieldTexts } from './texts';
import { useTellWithoutPlace } from './useTellWithoutPlace';

interface Props {
  section: Section;
  schema: JsonSchema;
  /** The part as it is kept, or what a new one begins with. */
  kept: JsonObject;
  /** What the fields begin with when it is not what is kept: an earlier version. */
  begin?: JsonObject;
  isNew: boolean;
  /** Told of the part as it is kept now. */
  saved: (kept: JsonObject) => void;
  /** Beside the buttons. */
  actions?: ReactNode;
  /** Below the fields. */
  children?: ReactNode;
}

export function PartForm({ section, schema, kept, begin, isNew, saved, actions, children }: Props) {
  const { t } = useTranslation('settings');
  const [value, setValue] = useState(begin ?? kept);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const mayChange = useMay('change_configuration');
  const texts = useFieldTexts(section.list);
  const options = useOptions(listsNeeded(section));
  const shape = shapeOf(schema.$defs?.[section.shape] ?? {}, schema);
  const save = useSave(section, kept, isNew, saved);
  const changed = JSON.stringify(value) !== JSON.stringify(kept);
  useUnsaved(changed && !save.isPending && !save.isSuccess);
  const groups = allGroups(section, shape);
  const errors = useErrors(shape, schema, value, save.faults, (path) => tried || touched.has(path));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const complaints = check(shape, schema, value);
    delete complaints.key;
    const first = Object.keys(complaints)[0];
    if (first !== undefined) return focusField(first);
    save.mutate(value);
  };
  return (
    <Form
      value={{
        root: schema,
        hints: {
          ...section.hints,
          key: { hidden: true },
          ...(!isNew && section.key !== 'key' && { [section.key]: { hidden: true } }),
        },
        texts,
        errors,
        options,
        readOnly: !mayChange,
        touch: (path) => setTouched((before) => (before.has(path) ? before : new Set(before).add(path))),
      }}
    >
      <form onSubmit={submit} noValidate className={classes.form}>
        <Stack gap="md">
          <Summary faults={save.faults} error={save.error} />
          {groups.map((group) => (
            <Panel
              key={group.name}
              title={groups.length > 1 && !isItsField(group, shape) ? t(`groups.${group.name}`) : undefined}
            >
              <ObjectFields shape={shape} value={value} change={setValue} only={group.fields} />
              {group.fields.includes('teams') && <EmptyTeams queue={value} />}
            </Panel>
          ))}
          {children}
        </Stack>
        {mayChange && (
          <div className={classes.foot} data-changed={changed || isNew || undefined}>
            <Text size="sm" c="dimmed" role="status">
              {changed ? t('form.changed') : t(isNew ? 'form.new' : 'form.unchanged')}
            </Text>
            <Group gap="xs">
              {actions}
              <Button variant="default" disabled={!changed || save.isPending} onClick={() => setValue(kept)}>
                {t('form.discard')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!changed && !isNew}>
                {t('form.save')}
              </Button>
            </Group>
          </div>
        )}
      </form>
    </Form>
  );
}

/** The groups as they are laid out, and one for settings that are newer than this layout. */
function allGroups({ groups, key, hints }: Section, shape: JsonSchema): FieldGroup[] {
  const laidOut = new Set(groups.flatMap(({ fields }) => fields));
  const others = Object.keys(shape.properties ?? {}).filter(
    (name) => !laidOut.has(name) && name !== key && !hints[name]?.hidden,
  );
  return others.length ? [...groups, { name: 'more', fields: others }] : groups;
}

/** A group of one list or one object is named by its own heading. */
function isItsField({ fields }: FieldGroup, shape: JsonSchema): boolean {
  const only = fields.length === 1 ? shape.properties?.[fields[0] ?? ''] : undefined;
  return only !== undefined && (only.type === 'array' || only.$ref !== undefined);
}

function useErrors(
  shape: JsonSchema,
  schema: JsonSchema,
  value: JsonObject,
  faults: PlacedFault[],
  mayComplain: (path: string) => boolean,
): Record<string, string> {
  const { t } = useTranslation('forms');
  const complaints = useMemo(() => check(shape, schema, value), [shape, schema, value]);
  const found: Record<string, string> = {};
  for (const fault of faults) if (fault.path) found[fault.path] = fault.message;
  for (const [path, { text, limit }] of Object.entries(complaints))
    if (mayComplain(path)) found[path] = t(`complaints.${text}`, { limit });
  return found;
}

function useSave(section: Section, kept: JsonObject, isNew: boolean, saved: Props['saved']) {
  const tellWithoutPlace = useTellWithoutPlace();
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const tell = useTell();
  const keepOver = useKeepOver();
  const others = useParts(section.list === 'organisation' ? 'units' : section.list).data ?? [];
  const keys = others.map((part) => String(part[section.key]));
  const mutation = useMutation({
    mutationFn: async (value: JsonObject) => {
      if (isNew) {
        const made =
          section.key === 'key' ? { ...value, key: freeKey(String(value.name), new Set(keys)) } : value;
        return keep(section, null, made);
      }
      return keepOver(section, String(kept[section.key]), kept, value);
    },
    onSuccess: async (kept) => {
      if (!kept) return;
      await client.invalidateQueries({ queryKey: ['parts'] });
      await client.invalidateQueries({ queryKey: ['history'] });
      tell.done(t('form.saved', { name: String(kept.name) }));
      tellWithoutPlace(section.list);
      saved(kept);
    },
    onError: (error) => {
      if (!(error instanceof ProblemError) || !error.problem.faults.length) tell.failed(error);
    },
  });
  const own =
    section.list === 'organisation'
      ? 'organisation'
      : `${section.list}[${isNew ? keys.length : keys.indexOf(String(kept[section.key]))}]`;
  return { ...mutation, faults: usePlaced(mutation.error, own) };
}

/** All that the server found, above the fields: some of it may be about other parts. */
function Summary({ faults, error }: { faults: PlacedFault[]; error: Error | null }) {
  const { t } = useTranslation('settings');
  const text = useProblemText();
  if (!faults.length) return null;
  const told = text(error);
  return (
    <div role="alert" className={classes.summary}>
      <strong>{told.title}</strong>
      <ul>
        {faults.map((fault) => (
          <li key={fault.where + fault.message}>
            {fault.path ? (
              <a
                href={`#field-${fault.path}`}
                onClick={(event) => {
                  event.preventDefault();
                  focusField(fault.path ?? '');
                }}
              >
                {fault.message}
              </a>
            ) : (
              <>
                {fault.message}
                {fault.path === null && (
                  <span className={classes.where}> {t('form.at', { where: fault.where })}</span>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function focusField(path: string) {
  const field = document.getElementById(`field-${path}`);
  field?.focus();
  field?.scrollIntoView({ block: 'center' });
}
