import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';
import type { Model, Shape } from './api-model';
import { ServiceError } from './service-error';

/**
 * Checks an operation's input against the API model.
 *
 * @param errorCode The error code for a violation
 * @returns the input without members that a complete model does not contain: services ignore them
 */
export function validate(model: Model, operation: string, input: Json, errorCode = 'ValidationException'): JsonObject {
  const shape = model.operations[operation].input;
  if (!shape) return {};
  if (!model.isComplete) {
    const [unknown] = unknownMembers(model, shape, input, '');
    if (unknown !== undefined) throw new ServiceError(errorCode, `The local cloud does not emulate the member ${unknown} of ${operation}.`);
  }
  const parsed = parse(model, shape, input) as JsonObject;
  const violations = [...check(model, shape, parsed, '')];
  if (violations.length > 0) {
    const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
    throw new ServiceError(errorCode, `${count} detected: ${violations.join('; ')}`);
  }
  return parsed;
}

/** Yields the members of an input that the model does not contain. */
function* unknownMembers(model: Model, name: string, value: Json, path: string): Generator<string> {
  const { member, members = {}, type, value: item } = model.shapes[name];
  if (type === 'list' && Array.isArray(value)) {
    for (const [index, of] of value.entries()) yield* unknownMembers(model, member!, of, `${path}.${index + 1}`);
  }
  if (!isObject(value)) return;
  for (const [key, of] of Object.entries(value)) {
    const shape = type === 'structure' ? members[key] : type === 'map' ? item : undefined;
    const at = path ? `${path}.${key}` : key;
    if (shape !== undefined) yield* unknownMembers(model, shape, of, at);
    else if (type === 'structure' && of !== null) yield at;
  }
}

/** Checks the types first: a service rejects an input that it cannot deserialize before it checks constraints. */
function parse(model: Model, name: string, value: Json): Json {
  const shape = model.shapes[name];
  switch (shape.type) {
    case 'structure': return Object.fromEntries(
      entriesOf(value)
        .filter(([member]) => shape.members?.[member] && !shape.readOnly?.includes(member))
        .map(([member, item]) => [member, parse(model, shape.members![member], item)]),
    );
    case 'map': return Object.fromEntries(entriesOf(value).map(([key, item]) => [key, parse(model, shape.value!, item)]));
    case 'list':
      if (!Array.isArray(value)) throw serializationError('Expected list or null');
      return value.map((item) => parse(model, shape.member!, item));
    case 'string': return scalar(value, 'String', typeof value === 'string');
    case 'boolean': return scalar(value, 'Boolean', typeof value === 'boolean');
    case 'integer': return scalar(value, 'Integer', Number.isInteger(value) && Math.abs(value as number) < 2 ** 31);
    case 'long': return scalar(value, 'Long', Number.isInteger(value) && Math.abs(value as number) < 2 ** 63);
    case 'timestamp': return scalar(value, 'Timestamp', typeof value === 'number');
    default: return scalar(value, 'Float', typeof value === 'number');
  }
}

function entriesOf(value: Json): [string, Json][] {
  if (!isObject(value)) throw serializationError('Expected structure or null');
  // A null is treated like an absent member.
  return Object.entries(value).filter(([, item]) => item !== null);
}

function scalar(value: Json, type: string, fits: boolean): Json {
  if (fits) return value;
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected');
  if (isObject(value)) throw serializationError('Start of structure or map found where not expected.');
  const token = value === null ? 'NULL' : typeof value === 'boolean' ? `${value}`.toUpperCase() : `${(typeof value).toUpperCase()}`;
  throw serializationError(`${token}_VALUE can not be converted to ${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}`);
}

function serializationError(message: string): ServiceError {
  return new ServiceError('SerializationException', message);
}

function* check(model: Model, name: string, value: Json, path: string): Generator<string> {
  const shape = model.shapes[name];
  for (const constraint of constraintsOf(shape)) {
    if (!constraint.accepts(value)) yield violation(value, path, constraint.message);
  }
  if (shape.type === 'structure') {
    const members = value as JsonObject;
    for (const member of shape.required ?? []) {
      if (members[member] === undefined) yield violation(null, join(path, member), 'Member must not be null');
    }
    for (const [member, item] of Object.entries(members)) yield* check(model, shape.members![member], item, join(path, member));
  } else if (shape.type === 'list') {
    yield* checkItems(model, shape.member!, value as Json[], value, path, (index) => `${path}.${index + 1}.member`, '');
  } else if (shape.type === 'map') {
    const map = value as JsonObject;
    const keys = Object.keys(map);
    yield* checkItems(model, shape.key!, keys, value, path, (index) => `${path}.${keys[index]}.key`, 'Map keys must satisfy constraint: ');
    yield* checkItems(model, shape.value!, Object.values(map), value, path, (index) => `${path}.${keys[index]}.member`, 'Map value must satisfy constraint: ');
  }
}

/** Yields one violation for all scalars of a collection, with all their constraints, and one for each other item. */
function* checkItems(
  model: Model, name: string, items: Json[], collection: Json, path: string, pathOf: (index: number) => string, words: string,
): Generator<string> {
  const shape = model.shapes[name];
  if (['structure', 'list', 'map'].includes(shape.type)) {
    for (const [index, item] of items.entries()) yield* check(model, name, item, pathOf(index));
    return;
  }
  const constraints = constraintsOf(shape);
  if (items.some((item) => constraints.some((constraint) => !constraint.accepts(item)))) {
    const all = constraints.map((constraint) => constraint.message).join(', ');
    yield violation(collection, path, `${words || 'Member must satisfy constraint: '}[${all}]`);
  }
}

interface Constraint {
  readonly message: string;
  readonly accepts: (value: Json) => boolean;
}

function constraintsOf(shape: Shape): Constraint[] {
  const constraints: Constraint[] = [];
  const { min, max, pattern } = shape;
  const measure = ['string', 'list', 'map'].includes(shape.type) ? 'length' : 'value';
  if (max !== undefined) constraints.push({ message: `Member must have ${measure} less than or equal to ${max}`, accepts: (value) => sizeOf(value) <= max });
  if (min !== undefined) constraints.push({ message: `Member must have ${measure} greater than or equal to ${min}`, accepts: (value) => sizeOf(value) >= min });
  if (pattern !== undefined) {
    const whole = regExpOf(pattern);
    constraints.push({ message: `Member must satisfy regular expression pattern: ${pattern}`, accepts: (value) => whole.test(value as string) });
  }
  if (shape.enum) {
    constraints.push({
      message: `Member must satisfy enum value set: [${shape.enum.join(', ')}]`,
      accepts: (value) => shape.enum!.includes(value as string),
    });
  }
  return constraints;
}

function sizeOf(value: Json): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value as JsonObject).length;
}

/** Converts a Java pattern that must match the whole value. */
function regExpOf(pattern: string): RegExp {
  const translated = pattern
    .replaceAll('[\\p{Alnum}', '[A-Za-z0-9').replaceAll('\\p{Alnum}', '[A-Za-z0-9]');
  return new RegExp(`^(?:${translated})$`, 'u');
}

function violation(value: Json, path: string, words: string): string {
  return `Value ${value === null ? 'null' : `'${render(value)}'`} at '${path}' failed to satisfy constraint: ${words}`;
}

function join(path: string, member: string): string {
  const name = member[0].toLowerCase() + member.slice(1);
  return path ? `${path}.${name}` : name;
}

function render(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(render).join(', ')}]`;
  if (isObject(value)) return `{${Object.entries(value).map(([key, item]) => `${key}=${render(item)}`).join(', ')}}`;
  return String(value);
}
