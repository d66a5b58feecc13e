/** What keeps a value from fitting its schema, before the server is asked. */
import { isObject, join, type Json, type JsonSchema, shapeOf } from './schema';

/** Key of a text in `forms`, and what stands in it. */
export interface Complaint {
  text: 'needed' | 'tooLittle' | 'tooMuch' | 'tooLong' | 'format' | 'atLeastOne';
  limit?: number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export type Complaints = Record<string, Complaint>;

/** Every complaint by the path of the field. */
export function check(schema: JsonSchema, root: JsonSchema, value: Json, path = ''): Complaints {
  const found: Complaints = {};
  look(schema, root, value, path, true, found);
  return found;
}

function look(
  schema: JsonSchema,
  root: JsonSchema,
  value: Json | undefined,
  path: string,
  needed: boolean,
  found: Complaints,
): void {
  const shape = shapeOf(schema, root);
  if (value === null || value === undefined || value === '') {
    const fits = !shape.minLength && (!shape.pattern || new RegExp(shape.pattern).test(''));
    const mayBeEmpty = shape.nullable || (shape.type === 'string' && fits);
    if (!mayBeEmpty && (needed || value === '')) found[path] = { text: 'needed' };
    return;
  }
  if (typeof value === 'string') text(shape, value, path, found);
  else if (typeof value === 'number') figure(shape, value, path, found);
  else if (Array.isArray(value)) {
    if (shape.minItems && value.length < shape.minItems) found[path] = { text: 'atLeastOne' };
    value.forEach((each, index) => look(shape.items ?? {}, root, each, join(path, index), true, found));
  } else if (isObject(value)) {
    const required = new Set(shape.required);
    for (const [name, inner] of Object.entries(shape.properties ?? {}))
      look(inner, root, value[name], join(path, name), required.has(name), found);
  }
}

function text(shape: JsonSchema, value: string, path: string, found: Complaints): void {
  if (shape.maxLength && value.length > shape.maxLength)
    found[path] = { text: 'tooLong', limit: shape.maxLength };
  else if (shape.pattern && !new RegExp(shape.pattern).test(value)) found[path] = { text: 'format' };
  else if (shape.format === 'date' && !DAY.test(value)) found[path] = { text: 'format' };
}

function figure(shape: JsonSchema, value: number, path: string, found: Complaints): void {
  if (shape.minimum !== undefined && value < shape.minimum)
    found[path] = { text: 'tooLittle', limit: shape.minimum };
  if (shape.maximum !== undefined && value > shape.maximum)
    found[path] = { text: 'tooMuch', limit: shape.maximum };
}
