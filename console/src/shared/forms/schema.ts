/** JSON Schema (2020-12) as far as our server writes it, and what a form wants to know of it. */

export interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  enum?: string[];
  const?: Json;
  default?: Json;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  format?: string;
  patternProperties?: Record<string, JsonSchema>;
  additionalProperties?: boolean | JsonSchema;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = Record<string, Json>;

/** A schema without references, and whether nothing at all is a value as well. */
export interface Shape extends JsonSchema {
  nullable: boolean;
}

/** Follow references, and take `null` out of the alternatives. */
export function shapeOf(schema: JsonSchema, root: JsonSchema): Shape {
  let nullable = false;
  let found = schema;
  for (let step = 0; step < 8; step += 1) {
    if (found.$ref) {
      const { $ref, ...own } = found;
      found = { ...root.$defs?.[$ref.split('/').pop() ?? ''], ...own };
    } else if (found.anyOf) {
      const { anyOf, ...own } = found;
      const others = anyOf.filter((each) => each.type !== 'null');
      nullable ||= others.length < anyOf.length;
      found = { ...others[0], ...own };
    } else break;
  }
  // Where there is only one choice so far, the schema has no list of them.
  if (typeof found.const === 'string') found = { ...found, enum: [found.const] };
  return { ...found, nullable };
}

/** The value that a new thing of this shape begins with. */
export function initialValue(schema: JsonSchema, root: JsonSchema): Json {
  if (schema.default !== undefined) return schema.default;
  const shape = shapeOf(schema, root);
  if (shape.default !== undefined) return shape.default;
  if (shape.nullable) return null;
  if (shape.const !== undefined) return shape.const;
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.properties ?? {}).map(([name, inner]) => [name, initialValue(inner, root)]),
      );
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return shape.minimum ?? 0;
    default:
      return shape.enum?.[0] ?? '';
  }
}

export function join(path: string, name: string | number): string {
  if (typeof name === 'number') return `${path}[${name}]`;
  return path ? `${path}.${name}` : name;
}

/** The path without the places in lists, by which texts and hints are found: `members[].person`. */
export function pattern(path: string): string {
  return path.replace(/\[\d+\]/g, '[]');
}

/** A path that a server wrote in its way (`body.members.0.person`) in ours. */
export function normalised(path: string): string {
  return path.replace(/^body\.?/, '').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
