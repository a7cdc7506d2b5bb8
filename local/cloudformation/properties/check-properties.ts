import { type Limit, LIMITS } from './limits';
import type { PropertySchema, PropertyType, Structure } from './property-schema';
import { isObject, type JsonObject } from '../../json';
import type { Json } from '../../services';
import { isSecure } from '../dynamic-references';

/** Returns the faults of the properties of a resource, with the messages of CloudFormation. */
export function faultsOf(type: string, properties: JsonObject, schema: PropertySchema): string[] {
  return [...structureFaults(schema, properties, schema, '#'), ...Object.entries(LIMITS[type] ?? {}).flatMap(([path, limit]) => limitFaults(properties, path.split('.'), limit, '#'))];
}

function* structureFaults({ properties, required }: Structure, value: JsonObject, schema: PropertySchema, at: string): Generator<string> {
  for (const name of required) if (value[name] === undefined) yield `${at}: required key [${name}] not found`;
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(properties, name)) yield `${at}: extraneous key [${name}] is not permitted`;
    else yield* faults(properties[name], member, schema, `${at}/${name}`);
  }
}

function* faults(type: PropertyType, value: Json, schema: PropertySchema, at: string): Generator<string> {
  // The value of a secure reference is not known here.
  if (typeof value === 'string' && isSecure(value)) return;
  switch (type.is) {
    case 'list':
      if (!Array.isArray(value)) yield unexpected('JSONArray', value, at);
      else for (const [index, item] of value.entries()) yield* faults(type.of, item, schema, `${at}/${index}`);
      return;
    case 'map': case 'object': case 'tag':
      if (!isObject(value)) yield unexpected('JSONObject', value, at);
      else if (type.is === 'map') for (const [key, item] of Object.entries(value)) yield* faults(type.of, item, schema, `${at}/${key}`);
      else yield* structureFaults(type.is === 'object' ? schema.structures[type.name] : TAG, value, schema, at);
      return;
    case 'one of': {
      const all = type.of.map((one) => [...faults(one, value, schema, at)]);
      if (!all.some((found) => found.length === 0)) yield* all[0];
      return;
    }
    case 'json':
      return;
    default:
      yield* scalarFaults(type.is, type.values, value, at);
  }
}

const TAG: Structure = { properties: { Key: { is: 'string' }, Value: { is: 'string' } }, required: ['Key', 'Value'] };
const NAMES = { string: 'String', integer: 'Integer', number: 'Number', boolean: 'Boolean' } as const;

/** CloudFormation converts scalars to the type of the property. */
function* scalarFaults(is: keyof typeof NAMES, values: ReadonlyArray<string | number> | undefined, value: Json, at: string): Generator<string> {
  const string = String(value);
  const fits = typeof value !== 'object' && (is === 'string'
    || (is === 'boolean' && /^(true|false)$/i.test(string))
    || (is === 'integer' && /^-?\d+$/.test(string))
    || (is === 'number' && string.trim() !== '' && Number.isFinite(Number(string))));
  if (!fits) yield unexpected(NAMES[is], value, at);
  else if (values && !values.map(String).includes(string)) yield `${at}: ${string} is not a valid enum value`;
}

function unexpected(type: string, value: Json, at: string): string {
  const found = Array.isArray(value) ? 'JSONArray' : isObject(value) ? 'JSONObject' : typeof value === 'string' ? 'String' : typeof value === 'boolean' ? 'Boolean' : 'Number';
  return `${at}: expected type: ${type}, found: ${found}`;
}

function limitFaults(value: Json | undefined, path: readonly string[], limit: Limit, at: string): string[] {
  if (value === undefined || value === null || (typeof value === 'string' && isSecure(value))) return [];
  const [step, ...rest] = path;
  if (step === '*') return Array.isArray(value) ? value.flatMap((item, index) => limitFaults(item, rest, limit, `${at}/${index}`)) : [];
  if (step !== undefined) return isObject(value) ? limitFaults(value[step], rest, limit, `${at}/${step}`) : [];
  const { from = -Infinity, to = Infinity, min = 0, max = Infinity, pattern, keys, steps, values } = limit;
  if (isObject(value)) return Object.keys(value).filter((key) => keys && !keys.test(key)).map((key) => `${at}: extraneous key [${key}] is not permitted`);
  if (Array.isArray(value)) {
    if (value.length < min) return [`${at}: expected minimum item count: ${min}, found: ${value.length}`];
    return value.length > max ? [`${at}: expected maximum item count: ${max}, found: ${value.length}`] : [];
  }
  const string = String(value);
  if (values && !values.includes(string)) return [`${at}: ${string} is not a valid enum value`];
  if (Number(string) < from) return [`${at}: ${string} is not greater or equal to ${from}`];
  if (Number(string) > to) return [`${at}: ${string} is not less or equal to ${to}`];
  if (steps && !steps.includes(Number(string)) && !(Number(string) > 0 && Number(string) % steps.at(-1)! === 0)) {
    return [`${at}: ${string} is not one of ${steps.join(', ')} or a multiple of ${steps.at(-1)}`];
  }
  if (string.length < min) return [`${at}: expected minLength: ${min}, actual: ${string.length}`];
  if (string.length > max) return [`${at}: expected maxLength: ${max}, actual: ${string.length}`];
  return pattern && !pattern.test(string) ? [`${at}: failed validation constraint for keyword [pattern]`] : [];
}
