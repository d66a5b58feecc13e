/** What else a period says of itself: the server's own settings, in the form that all settings have. */
import { Accordion } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Form, type Hint, type JsonObject, type JsonSchema, ObjectFields, shapeOf } from '@/shared/forms';
import { useOptions } from '@/shared/parts';
import type { PeriodValue } from './periods';

const AT = 'periods[0]';
const TIME: Hint = { widget: 'time' };
const HINTS: Record<string, Hint> = {
  'periods[].categories': { widget: 'reference', list: 'categories' },
  'periods[].languages': { widget: 'language' },
  'periods[].minutes_a_call': { unit: 'minutes' },
  'periods[].days_ahead': { unit: 'days' },
  'periods[].least_days_ahead': { unit: 'days' },
  'periods[].minutes_ahead': { unit: 'minutes' },
  'periods[].changed[].from': TIME,
  'periods[].changed[].to': TIME,
};

/** Fields that the dialog itself has. */
const OWN = ['calling', 'days', 'from', 'to', 'calls_per_hour', 'staff', 'first_day', 'last_day', 'name'];
const FOR_WHOM = ['categories', 'skills', 'languages', 'precedence', 'channels', 'meets'];
const REPEATED = ['left_out', 'changed'];

interface Props {
  schema: JsonSchema;
  value: PeriodValue;
  change: (value: PeriodValue) => void;
  readOnly: boolean;
  /** All of a period is changed, so that its exceptions can be. */
  whole: boolean;
}

export function MoreFields({ schema, value, change, readOnly, whole }: Props) {
  const { t, i18n } = useTranslation(['schedule', 'settings']);
  const options = useOptions(['categories']);
  const shape = shapeOf(schema.$defs?.Period ?? {}, schema);
  const known = (key: string) =>
    i18n.exists(key, { ns: 'settings' }) ? t(`settings:${key}` as never) : null;
  const texts = {
    label: (pattern: string) => known(`fields.schedules.${pattern}.label`) ?? pattern,
    help: (pattern: string) => known(`fields.schedules.${pattern}.help`) ?? '',
    choice: (pattern: string, choice: string) => known(`choices.schedules.${pattern}.${choice}`) ?? choice,
  };
  const laidOut = new Set([...OWN, ...FOR_WHOM, ...REPEATED]);
  const booking = Object.keys(shape.properties ?? {}).filter((name) => !laidOut.has(name));
  const groups = { whom: FOR_WHOM, booking, ...(whole && { repeated: REPEATED }) };
  return (
    <Form
      value={{ root: schema, hints: HINTS, texts, errors: {}, options, readOnly, touch: () => undefined }}
    >
      <Accordion variant="contained" multiple>
        {Object.entries(groups).map(([name, fields]) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>{t(`more.${name as keyof typeof groups}`)}</Accordion.Control>
            <Accordion.Panel>
              <ObjectFields
                shape={shape}
                path={AT}
                value={value as JsonObject}
                change={(wanted) => change(wanted as PeriodValue)}
                only={fields}
              />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Form>
  );
}
