/** One field for each kind of value. Its label, help and complaint come from the form. */
import {
  Checkbox,
  Chip,
  Input,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WrittenDayField } from '@/shared/dates';
import { LANGUAGES } from '@/shared/i18n';
import { type Hint, type Option, useForm } from './context';
import classes from './forms.module.css';
import { countries, timezones, writtenTime } from './known';
import { type Json, pattern, type Shape } from './schema';

export interface FieldProps {
  shape: Shape;
  path: string;
  value: Json | undefined;
  change: (value: Json) => void;
  required?: boolean;
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The help stands below, so that fields beside each other are in line. */
const ORDER: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** What every field shows in the same way. */
export function useFieldParts(path: string) {
  const { texts, errors, readOnly, touch } = useForm();
  const at = pattern(path);
  return {
    id: `field-${path}`,
    label: texts.label(at),
    description: texts.help(at) || undefined,
    error: errors[path],
    disabled: readOnly,
    onBlur: () => touch(path),
    inputWrapperOrder: ORDER,
  };
}

/** The field that fits the shape and the hint; null when it needs more than one. */
export function SimpleField(props: FieldProps & { hint: Hint }) {
  const { shape, hint } = props;
  if (shape.type === 'boolean') return <YesNo {...props} />;
  if (shape.type === 'integer' || shape.type === 'number') return <Figure {...props} />;
  if (shape.type === 'array') return <Several {...props} />;
  if (shape.enum) return <Choice {...props} />;
  if (hint.widget === 'time') return <Time {...props} />;
  if (hint.widget && hint.widget !== 'lines') return <Known {...props} />;
  return <Words {...props} />;
}

function YesNo({ path, value, change }: FieldProps) {
  const { onBlur, inputWrapperOrder: _, ...parts } = useFieldParts(path);
  return (
    <Switch
      {...parts}
      checked={value === true}
      onChange={(event) => change(event.currentTarget.checked)}
      onBlur={onBlur}
      mt={26}
    />
  );
}

function Figure({ shape, path, value, change, required, hint }: FieldProps & { hint: Hint }) {
  const { t } = useTranslation('forms');
  return (
    <NumberInput
      {...useFieldParts(path)}
      required={required && !shape.nullable}
      withAsterisk={false}
      value={typeof value === 'number' ? value : ''}
      onChange={(wanted) => change(typeof wanted === 'number' ? wanted : shape.nullable ? null : '')}
      min={shape.minimum}
      max={shape.maximum}
      clampBehavior="none"
      allowDecimal={shape.type === 'number'}
      suffix={hint.unit ? ` ${t(`units.${hint.unit}`)}` : undefined}
      maw={220}
    />
  );
}

function Words({ shape, path, value, change, required, hint }: FieldProps & { hint: Hint }) {
  const parts = useFieldParts(path);
  const given = {
    ...parts,
    required: required && Boolean(shape.minLength),
    withAsterisk: false,
    value: typeof value === 'string' ? value : '',
    maxLength: shape.maxLength,
  };
  const changed = (text: string) => change(text === '' && shape.nullable ? null : text);
  if (hint.widget === 'lines')
    return (
      <Textarea
        {...given}
        autosize
        minRows={2}
        maxRows={10}
        onChange={(event) => changed(event.currentTarget.value)}
      />
    );
  if (shape.format === 'date') return <WrittenDayField {...given} onChange={changed} />;
  return (
    <TextInput
      {...given}
      type={path === 'password' ? 'password' : 'text'}
      autoComplete="off"
      onChange={(event) => changed(event.currentTarget.value)}
    />
  );
}

function Time({ path, value, change, shape }: FieldProps) {
  const parts = useFieldParts(path);
  return (
    <TextInput
      {...parts}
      value={typeof value === 'string' ? value : ''}
      placeholder="08:00"
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      maw={110}
      onChange={(event) => change(event.currentTarget.value || (shape.nullable ? null : ''))}
      onBlur={() => {
        if (typeof value === 'string') change(writtenTime(value));
        parts.onBlur();
      }}
    />
  );
}

function Choice({ shape, path, value, change }: FieldProps) {
  const { texts } = useForm();
  const data = (shape.enum ?? []).map((each) => ({ value: each, label: texts.choice(pattern(path), each) }));
  return <Chosen path={path} value={value} change={change} data={data} clearable={shape.nullable} />;
}

/** From a list that is known: of the organisation, or of the world. */
function Known({ shape, path, value, change, hint }: FieldProps & { hint: Hint }) {
  const options = useKnown(hint);
  return (
    <Chosen path={path} value={value} change={change} data={options} clearable={shape.nullable} searchable />
  );
}

function Chosen({
  path,
  value,
  change,
  data,
  clearable,
  searchable,
}: {
  path: string;
  value: Json | undefined;
  change: (value: Json) => void;
  data: Option[];
  clearable: boolean;
  searchable?: boolean;
}) {
  const { t } = useTranslation('forms');
  const known = data.some((each) => each.value === value);
  return (
    <Select
      {...useFieldParts(path)}
      data={known || typeof value !== 'string' || !value ? data : [...data, { value, label: value }]}
      value={typeof value === 'string' && value ? value : null}
      onChange={(wanted) => change(wanted)}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('clear') }}
      searchable={searchable && data.length > 8}
      allowDeselect={clearable}
      placeholder={clearable ? t('none') : t('choose')}
      nothingFoundMessage={t('nothingFound')}
      limit={200}
    />
  );
}

function useKnown(hint: Hint): Option[] {
  const { options } = useForm();
  if (hint.widget === 'language')
    return Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
  if (hint.widget === 'zone') return timezones();
  if (hint.widget === 'country') return countries();
  return options(hint.list ?? '');
}

/** A list of words or of references. */
function Several({ path, value, change, hint, shape }: FieldProps & { hint: Hint }) {
  const { t } = useTranslation('forms');
  const { texts } = useForm();
  const parts = useFieldParts(path);
  const words = shape.items?.enum?.map((each) => ({ value: each, label: texts.choice(pattern(path), each) }));
  const listed = useKnown(hint);
  const known = hint.widget ? listed : (words ?? []);
  const chosen = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  if (hint.widget === 'weekdays' || shape.items?.enum?.includes('mon'))
    return (
      <Input.Wrapper
        label={parts.label}
        description={parts.description}
        error={parts.error}
        inputWrapperOrder={ORDER}
        labelElement="div"
      >
        <Chip.Group
          multiple
          value={chosen}
          onChange={(days) => change(WEEKDAYS.filter((day) => days.includes(day)))}
        >
          <div className={classes.days} role="group" aria-label={parts.label}>
            {WEEKDAYS.map((day) => (
              <Chip
                key={day}
                value={day}
                size="xs"
                radius="sm"
                disabled={parts.disabled}
                onBlur={parts.onBlur}
              >
                {t(`weekdays.${day}`)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      </Input.Wrapper>
    );
  if (hint.widget || words)
    return (
      <MultiSelect
        {...parts}
        data={[...known, ...chosen.filter((each) => !known.some(({ value }) => value === each))]}
        value={chosen}
        onChange={change}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        nothingFoundMessage={t('nothingFound')}
        placeholder={chosen.length ? undefined : t('choose')}
        limit={300}
      />
    );
  return (
    <TagsInput
      {...parts}
      value={chosen}
      onChange={change}
      placeholder={chosen.length ? undefined : t('typeAndEnter')}
      acceptValueOnBlur
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
    />
  );
}

/** Whether an optional group of settings is there at all. */
export function Wanted({
  path,
  checked,
  change,
}: {
  path: string;
  checked: boolean;
  change: (on: boolean) => void;
}) {
  const { onBlur: _, inputWrapperOrder: __, ...parts } = useFieldParts(path);
  return <Checkbox {...parts} checked={checked} onChange={(event) => change(event.currentTarget.checked)} />;
}
