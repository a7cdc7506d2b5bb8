import { NormalizedSchema } from '@smithy/core/schema';

/** What is wrong with a request, in the words of the member at fault. */
export class RequestError extends Error {}

/**
 * Restores the numbers and booleans of a request of which CloudFormation made strings, as the SDK's schema has them.
 * A member that the schema does not know is an error, because the SDK would leave it out without a word.
 */
export function restore(schema: unknown, request: unknown, path: string = ''): unknown {
  return restoreAt(NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]), request, path);
}

function restoreAt(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (schema.isStructSchema()) {
    const members = new Map(schema.structIterator());
    return mapObject(value, path, (member, part, at) => {
      const known = members.get(member);
      if (!known) throw new RequestError(`${at} is not a member that this version of the handler knows; a newer release may know it`);
      return restoreAt(known, part, at);
    });
  }
  if (schema.isMapSchema()) return mapObject(value, path, (_key, part, at) => restoreAt(schema.getValueSchema(), part, at));
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw new RequestError(`${path} must be a list, got ${shown(value)}`);
    return value.map((part, index) => restoreAt(schema.getValueSchema(), part, `${path}[${index}]`));
  }
  if (schema.isNumericSchema()) return restoreNumber(value, path);
  if (schema.isBooleanSchema()) return restoreBoolean(value, path);
  if (typeof value === 'object') throw new RequestError(`${path} must be a string, got ${shown(value)}`);
  return String(value);
}

function restoreNumber(value: unknown, path: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new RequestError(`${path} must be a number, got ${shown(value)}`);
  return number;
}

function restoreBoolean(value: unknown, path: string): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new RequestError(`${path} must be true or false, got ${shown(value)}`);
}

function mapObject(value: unknown, path: string, restored: (member: string, part: unknown, at: string) => unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(`${path || 'Request'} must be a structure, got ${shown(value)}`);
  }
  return Object.fromEntries(Object.entries(value).map(([member, part]) => {
    return [member, restored(member, part, path ? `${path}.${member}` : member)];
  }));
}

/** A value for a message: its kind where it might be long. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a structure';
  return `'${String(value).slice(0, 40)}'`;
}
