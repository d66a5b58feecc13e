/** A form made from a JSON Schema: the server's own description of its settings, with our labels and help. */
import { ActionIcon, Button, Stack, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Hint, useForm } from './context';
import { SimpleField, useFieldParts, Wanted } from './fields';
import classes from './forms.module.css';
import { Manuscripts } from './Manuscripts';
import {
  initialValue,
  isObject,
  join,
  type Json,
  type JsonObject,
  type JsonSchema,
  pattern,
  type Shape,
  shapeOf,
} from './schema';

interface ObjectProps {
  shape: JsonSchema;
  value: JsonObject;
  path?: string;
  change: (value: JsonObject) => void;
  /** Only these, in this order. All when left out. */
  only?: string[];
}

/** The fields of one object. */
export function ObjectFields({ shape, value, path = '', change, only }: ObjectProps) {
  const { hints } = useForm();
  const names = (only ?? Object.keys(shape.properties ?? {})).filter(
    (name) => shape.properties?.[name] && !hints[pattern(join(path, name))]?.hidden,
  );
  return (
    <div className={classes.fields}>
      {names.map((name) => (
        <Field
          key={name}
          schema={shape.properties?.[name] ?? {}}
          path={join(path, name)}
          value={value[name]}
          required={shape.required?.includes(name)}
          change={(inner) => change({ ...value, [name]: inner })}
        />
      ))}
    </div>
  );
}

interface Props {
  schema: JsonSchema;
  path: string;
  value: Json | undefined;
  required?: boolean;
  change: (value: Json) => void;
}

function Field({ schema, path, value, required, change }: Props) {
  const { root, hints } = useForm();
  const shape = shapeOf(schema, root);
  const hint: Hint = hints[pattern(path)] ?? {};
  if (hint.widget === 'manuscripts' || hint.widget === 'templates')
    return (
      <div className={classes.wide}>
        <Manuscripts
          path={path}
          value={isObject(value) ? value : {}}
          change={change}
          least={hint.widget === 'manuscripts' ? 1 : 0}
          below={hint.below}
        />
      </div>
    );
  if (shape.type === 'object' && shape.properties)
    return <Group shape={shape} path={path} value={value} change={change} />;
  const items = shape.items && shapeOf(shape.items, root);
  if (shape.type === 'array' && items?.properties)
    return <Rows shape={shape} items={items} path={path} value={value} change={change} />;
  if (shape.type === 'array' && items?.format === 'date')
    return <Dates path={path} value={value} change={change} />;
  const whole: Shape = items ? { ...shape, items } : shape;
  const wide = hint.widget === 'lines' || (shape.type === 'array' && !hint.narrow);
  return (
    <div className={wide ? classes.wide : undefined}>
      <SimpleField shape={whole} path={path} value={value} change={change} hint={hint} required={required} />
    </div>
  );
}

/** Settings that belong together; when they may be left out, behind a box to tick. */
function Group({
  shape,
  path,
  value,
  change,
}: {
  shape: Shape;
  path: string;
  value: Json | undefined;
  change: (value: Json) => void;
}) {
  const { root } = useForm();
  const { label, description, error } = useFieldParts(path);
  const fields = isObject(value) && <ObjectFields shape={shape} value={value} path={path} change={change} />;
  if (shape.nullable)
    return (
      <Stack gap="sm" className={classes.wide}>
        <Wanted
          path={path}
          checked={isObject(value)}
          change={(on) =>
            change(
              on
                ? (initialValue({ ...shape, default: undefined, anyOf: undefined }, root) ??
                    begun(shape, root))
                : null,
            )
          }
        />
        {fields && <div className={classes.inner}>{fields}</div>}
      </Stack>
    );
  return (
    <fieldset className={`${classes.group} ${classes.wide}`}>
      <legend className={classes.legend}>{label}</legend>
      {description && <Help>{description}</Help>}
      {error && <div className={classes.complaint}>{error}</div>}
      {fields}
    </fieldset>
  );
}

function begun(shape: Shape, root: JsonSchema): Json {
  return initialValue({ type: 'object', properties: shape.properties, required: shape.required }, root);
}

function Help({ children }: { children: string }) {
  return <div className={classes.help}>{children}</div>;
}

interface RowsProps {
  shape: Shape;
  items: Shape;
  path: string;
  value: Json | undefined;
  change: (value: Json) => void;
}

/** A list of objects: one row each, whose order can be changed. */
function Rows({ items, path, value, change }: RowsProps) {
  const { t } = useTranslation('forms');
  const { root, readOnly, errors } = useForm();
  const { label, description, error } = useFieldParts(path);
  const rows = Array.isArray(value) ? value : [];
  const put = (index: number, row: Json) => change(rows.map((each, at) => (at === index ? row : each)));
  const move = (from: number, to: number) => {
    const moved = [...rows];
    moved.splice(to, 0, ...moved.splice(from, 1));
    change(moved);
  };
  return (
    <fieldset className={`${classes.group} ${classes.wide}`}>
      <legend className={classes.legend}>{label}</legend>
      {description && <Help>{description}</Help>}
      {error && <div className={classes.complaint}>{error}</div>}
      <Stack gap={8}>
        {rows.map((row, index) => {
          const name = t('row', { label, number: index + 1 });
          const at = join(path, index);
          return (
            <div key={index} role="group" aria-label={name}>
              <div className={classes.row}>
                <ObjectFields
                  shape={items}
                  value={isObject(row) ? row : {}}
                  path={at}
                  change={(inner) => put(index, inner)}
                />
                {!readOnly && (
                  <div className={classes.order}>
                    <RowButton
                      label={t('up', { name })}
                      disabled={!index}
                      onClick={() => move(index, index - 1)}
                    >
                      <IconArrowUp size={16} stroke={1.6} />
                    </RowButton>
                    <RowButton
                      label={t('down', { name })}
                      disabled={index === rows.length - 1}
                      onClick={() => move(index, index + 1)}
                    >
                      <IconArrowDown size={16} stroke={1.6} />
                    </RowButton>
                    <RowButton
                      label={t('remove', { name })}
                      onClick={() => change(rows.filter((_, other) => other !== index))}
                    >
                      <IconTrash size={16} stroke={1.6} />
                    </RowButton>
                  </div>
                )}
              </div>
              {errors[at] && <div className={classes.complaint}>{errors[at]}</div>}
            </div>
          );
        })}
        {!rows.length && <Help>{t('noRows')}</Help>}
        {!readOnly && (
          <div>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              aria-label={t('add', { label })}
              onClick={() => change([...rows, begun(items, root)])}
            >
              {t('addShort')}
            </Button>
          </div>
        )}
      </Stack>
    </fieldset>
  );
}

function RowButton({
  label,
  onClick,
  disabled,
  children,
}: {
  label: string;
  onClick: () => void;
  disabled?: boolean;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="md" aria-label={label} onClick={onClick} disabled={disabled}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** A list of days. */
function Dates({
  path,
  value,
  change,
}: {
  path: string;
  value: Json | undefined;
  change: (value: Json) => void;
}) {
  useTranslation('dates');
  const { root } = useForm();
  const days = Array.isArray(value) ? value : [];
  const rows = days.map((day) => ({ day }));
  const items = shapeOf(
    { type: 'object', properties: { day: { type: 'string', format: 'date', minLength: 1 } } },
    root,
  );
  return (
    <Rows
      shape={{ nullable: false }}
      items={items}
      path={path}
      value={rows}
      change={(wanted) =>
        change((Array.isArray(wanted) ? wanted : []).map((row) => (isObject(row) ? (row.day ?? '') : '')))
      }
    />
  );
}
