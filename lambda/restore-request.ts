type Path = ReadonlyArray<string | number>;

/** A rule that members of a request violate. `places` are the paths of the members. */
export class RequestError extends Error {
  constructor(readonly places: readonly Path[], rule: string) {
    super(`${places.map((path) => textOf(path)).join(', ')}: ${rule}`);
  }
}

/** The type of a scalar, or the shape of a structure by its members, of a map by `*`, or of a list by its element. */
export type RequestShape = 'boolean' | 'number' | 'string' | readonly [RequestShape] | { readonly [member: string]: RequestShape };

/**
 * Restores the numbers and booleans of a request, which CloudFormation converted to strings. Throws an error for an unknown member.
 *
 * @param shape the shape of the request as JSON
 */
export function restore(shape: string, request: unknown): unknown {
  return restoreAt(JSON.parse(shape), request, []);
}

function restoreAt(shape: RequestShape, value: unknown, path: Path): unknown {
  if (shape === 'number') return restoreNumber(value, path);
  if (shape === 'boolean') return restoreBoolean(value, path);
  if (shape === 'string') {
    if (typeof value === 'object') throw new RequestError([path], `must be a string; got ${typeName(value)}`);
    return String(value);
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) throw new RequestError([path], `must be a list; got ${typeName(value)}`);
    return value.map((part, index) => restoreAt(shape[0], part, [...path, index]));
  }
  return restoreMembers(shape, value, path);
}

function isList(shape: RequestShape): shape is readonly [RequestShape] {
  return Array.isArray(shape);
}

function restoreMembers(shape: { readonly [member: string]: RequestShape }, value: unknown, path: Path): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError([path], `must be a structure; got ${typeName(value)}`);
  }
  return Object.fromEntries(Object.entries(value).map(([member, part]) => {
    const at = [...path, member];
    const key = '*' in shape ? '*' : member;
    if (!Object.hasOwn(shape, key)) throw new RequestError([at], 'unknown member; a newer release may support it');
    return [member, restoreAt(shape[key], part, at)];
  }));
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
