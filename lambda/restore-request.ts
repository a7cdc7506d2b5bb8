import { NormalizedSchema } from '@smithy/core/schema';

type Path = ReadonlyArray<string | number>;

/** A rule that members of a request violate. `places` are the paths of the members. */
export class RequestError extends Error {
  constructor(readonly places: readonly Path[], rule: string) {
    super(`${places.map((path) => textOf(path)).join(', ')}: ${rule}`);
  }
}

/**
 * Restores the numbers and booleans of a request, which CloudFormation converted to strings, by the schema of the SDK. Throws an
 * error for an unknown member, because the SDK would silently omit it.
 */
export function restore(schema: unknown, request: unknown): unknown {
  return restoreAt(NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]), request, []);
}

function restoreAt(schema: NormalizedSchema, value: unknown, path: Path): unknown {
  if (schema.isStructSchema()) {
    const members = new Map(schema.structIterator());
    return mapObject(value, path, (member, part, at) => {
      const memberSchema = members.get(member);
      if (!memberSchema) throw new RequestError([at], 'unknown member; a newer release may support it');
      return restoreAt(memberSchema, part, at);
    });
  }
  if (schema.isMapSchema()) return mapObject(value, path, (_key, part, at) => restoreAt(schema.getValueSchema(), part, at));
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw new RequestError([path], `must be a list; got ${typeName(value)}`);
    return value.map((part, index) => restoreAt(schema.getValueSchema(), part, [...path, index]));
  }
  if (schema.isNumericSchema()) return restoreNumber(value, path);
  if (schema.isBooleanSchema()) return restoreBoolean(value, path);
  if (typeof value === 'object') throw new RequestError([path], `must be a string; got ${typeName(value)}`);
  return String(value);
}

function restoreNumber(value: unknown, path: Path): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new RequestError([path], `must be a number; got ${shown(value)}`);
  return number;
}

function restoreBoolean(value: unknown, path: Path): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new RequestError([path], `must be true or false; got ${shown(value)}`);
}

function mapObject(value: unknown, path: Path, restored: (member: string, part: unknown, at: Path) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError([path], `must be a structure; got ${typeName(value)}`);
  }
  return Object.fromEntries(Object.entries(value).map(([member, part]) => {
    return [member, restored(member, part, [...path, member])];
  }));
}

/** Renders a path in messages, such as `InputDataConfig[0].ChannelName`. */
function textOf(path: Path): string {
  return path.reduce<string>((text, step) => `${text}${typeof step === 'number' ? `[${step}]` : `${text && '.'}${step}`}`, '') || 'Request';
}

/** Renders a scalar value, or the type of another value, whose content may be long or secret. */
function shown(value: unknown): string {
  return typeof value === 'object' ? typeName(value) : `'${String(value).slice(0, 40)}'`;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a structure' : 'a single value';
}
