/** A call flow as a list of steps in the order in which a caller meets them. */
import { Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { Label, PageHeader } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { isObject, type Json, type JsonObject } from '@/shared/forms';
import { LastChange } from './History';
import { useOptions, useParts } from '@/shared/parts';
import classes from './settings.module.css';

interface Step {
  key: string;
  type: string;
  settings: JsonObject;
  exits: [string, string][];
}

export function CallFlowOutline({ flow }: { flow: JsonObject }) {
  const { t } = useTranslation('settings');
  const numbers = useParts('numbers').data?.filter((number) => number.flow === flow.key) ?? [];
  const unit = useOptions(['units'])('units').find(({ value }) => value === flow.unit)?.label;
  const steps = inOrder(flow);
  const place = new Map(steps.map(({ key }, index) => [key, index + 1]));
  return (
    <>
      <PageHeader
        title={String(flow.name)}
        note={
          <Group gap={8}>
            <span>{t('singular.callflows')}</span>
            {unit && <span>{unit}</span>}
            <LastChange list="callflows" partKey={String(flow.key)} />
          </Group>
        }
      >
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t(numbers.length ? 'flow.answers' : 'flow.noNumber')}
          </Text>
          {numbers.map((number) => (
            <Label key={String(number.number)}>{phoneNumber(String(number.number))}</Label>
          ))}
        </Group>
        <Text size="sm" c="dimmed">
          {t('flow.changedInFile')}{' '}
          <Anchor component={Link} to="/settings/file" size="sm" underline="always">
            {t('sections.file')}
          </Anchor>{' '}
          ·{' '}
          <Anchor href="/api/organisation/schema" target="_blank" rel="noopener" size="sm" underline="always">
            {t('file.schema')}
          </Anchor>
        </Text>
      </PageHeader>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <StepShown key={step.key} step={step} number={index + 1} place={place} />
        ))}
      </ol>
    </>
  );
}

function StepShown({ step, number, place }: { step: Step; number: number; place: Map<string, number> }) {
  const { t, i18n } = useTranslation('settings');
  const types = useQuery({
    queryKey: ['callflow-elements'],
    queryFn: () => call(api.GET('/api/callflow-elements')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const known = types.data?.find(({ type }) => type === step.type);
  const say = (key: string, fallback: string) => (i18n.exists(key, { ns: 'settings' }) ? t(key) : fallback);
  const settings = useSettings(step, defaults(known?.settings));
  return (
    <li className={classes.step} id={`step-${step.key}`}>
      <span className={classes.number} aria-hidden>
        {number}
      </span>
      <div>
        <Group gap={8}>
          <Text fw={600} size="sm">
            {say(`flow.types.${step.type}`, known?.title ?? step.type)}
          </Text>
          <Text size="xs" c="dimmed">
            {step.key}
          </Text>
        </Group>
        {settings.length > 0 && (
          <dl className={classes.told}>
            {settings.map(([name, value]) => (
              <div key={name}>
                <dt>{say(`flow.settings.${name}`, name)}:</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <ul className={classes.exits}>
          {step.exits.map(([exit, to]) => (
            <li key={exit}>
              {/^[0-9*#]$/.test(exit) ? t('flow.key', { key: exit }) : say(`flow.exits.${exit}`, exit)} →{' '}
              <a href={`#step-${to}`}>
                {place.get(to)}. {to}
              </a>
            </li>
          ))}
          {!step.exits.length && <li>{t('flow.ends')}</li>}
        </ul>
      </div>
    </li>
  );
}

/** What a setting is when nobody has said otherwise: that need not be told. */
function defaults(schema: unknown): JsonObject {
  const properties =
    (schema as { properties?: Record<string, { default?: Json }> } | undefined)?.properties ?? {};
  return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, each.default ?? null]));
}

/** The settings of a step, with the names of what they refer to. */
function useSettings({ settings }: Step, usual: JsonObject): [string, string][] {
  const { t } = useTranslation('settings');
  const options = useOptions([
    'hours',
    'messages',
    'playlists',
    'queues',
    'lists',
    'categories',
    'schedules',
  ]);
  const lists: Record<string, string> = {
    hours: 'hours',
    messages: 'messages',
    greeting: 'messages',
    message: 'messages',
    information: 'messages',
    confirmation: 'messages',
    wrong_number: 'messages',
    queue: 'queues',
    lists: 'lists',
    category: 'categories',
    music: 'playlists',
    schedule: 'schedules',
  };
  const shown = (name: string, value: Json): string => {
    if (Array.isArray(value)) return value.map((each) => shown(name, each)).join(', ');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (isObject(value) && name === 'categories')
      return `${String(value.pressed)} ${shown('category', value.category ?? null)}`;
    if (name === 'message_after') return t(`flow.exits.${String(value)}`);
    const list = lists[name];
    const label = list && options(list).find((option) => option.value === value)?.label;
    return label ?? String(value);
  };
  return Object.entries(settings)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]))
    .filter(([, value]) => value !== null && !isObject(value) && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => [name, shown(name, value)]);
}

/** Breadth first from the start: what is near the caller's beginning comes first. */
function inOrder(flow: JsonObject): Step[] {
  const elements = isObject(flow.elements) ? flow.elements : {};
  const found: Step[] = [];
  const waiting = [String(flow.start)];
  const seen = new Set(waiting);
  while (waiting.length) {
    const key = waiting.shift() ?? '';
    const element = elements[key];
    if (!isObject(element)) continue;
    const exits = Object.entries(isObject(element.exits) ? element.exits : {}).map(
      ([exit, to]): [string, string] => [exit, String(to)],
    );
    found.push({
      key,
      type: String(element.type),
      settings: isObject(element.settings) ? element.settings : {},
      exits,
    });
    for (const [, to] of exits) {
      if (!seen.has(to)) waiting.push(to);
      seen.add(to);
    }
  }
  return found;
}
