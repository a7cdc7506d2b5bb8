import { read } from './paths';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** The attributes that a template reads, and the values of those that a job may lack. */
export interface Reads {
  readonly Reads?: readonly string[];
  readonly Fallbacks?: Attributes;
}

/**
 * Returns the described values by path. `List[Name=Value]` is a list and `Map{}` a map: each becomes an attribute for each of its
 * names.
 */
export function attributesOf(description: Record<string, any>, paths: readonly string[]): Attributes {
  return Object.fromEntries(paths.flatMap((path) => flatten(description, path)));
}

/** Returns as many values as fit into a number of bytes of JSON: the ones that are named, then the others in their order. */
export function fitting<T>(values: { readonly [name: string]: T }, first: readonly string[], maxBytes: number): { [name: string]: T } {
  const names = [...new Set([...first, ...Object.keys(values)])].filter((name) => name in values);
  let bytes = '{'.length;
  return Object.fromEntries(names.flatMap((name) => {
    const size = sizeOf(name, values);
    if (bytes + size > maxBytes) return [];
    bytes += size;
    return [[name, values[name]]];
  }));
}

/** Returns the reason why the attributes that the template reads cannot be returned, if there is one. */
export function unreadable(job: string, attributes: Attributes, reads: readonly string[], maxBytes: number): string | undefined {
  const missing = reads.filter((name) => !(name in attributes));
  if (missing.length > 0) {
    const others = Object.keys(attributes);
    const similar = others.filter((name) => name.startsWith(missing[0].slice(0, missing[0].indexOf('.') + 1)));
    return `The template reads ${missing.join(', ')}, but ${job} has no such value. `
      + `Available: ${(similar.length > 0 ? similar : others).join(', ')}.`;
  }
  const sizes = reads.map((name) => ({ name, size: sizeOf(name, attributes) })).sort((a, b) => b.size - a.size);
  const total = sizes.reduce((sum, { size }) => sum + size, '{'.length);
  return total <= maxBytes ? undefined
    : `The values of ${job} that the template reads have ${total} bytes with their names; a response to CloudFormation has space for ${maxBytes}. `
      + `Read fewer of them: ${sizes.map(({ name, size }) => `${name} (${size} bytes)`).join(', ')}.`;
}

/** The size of a value in JSON, with the comma or the brace after it. */
function sizeOf(name: string, values: { readonly [name: string]: unknown }): number {
  return Buffer.byteLength(JSON.stringify({ [name]: values[name] })) - 1;
}

/** A list as a path, with the members of its elements that are the name and the value. */
const LIST = /^(.+)\[(\w+)=([\w.]+)\]$/;

function flatten(description: Record<string, any>, path: string): [string, string | number | boolean][] {
  const [, list, name, valuePath] = LIST.exec(path) ?? [];
  if (list !== undefined) {
    const items = (read(description, list.split('.')) ?? []) as Record<string, unknown>[];
    return items.flatMap((item) => scalar(`${list}.${item[name]}`, read(item, valuePath.split('.'))));
  }
  if (path.endsWith('{}')) {
    const map = path.slice(0, -2);
    return Object.entries(read(description, map.split('.')) ?? {}).flatMap(([key, value]) => scalar(`${map}.${key}`, value));
  }
  return scalar(path, read(description, path.split('.')));
}

function scalar(name: string, value: unknown): [string, string | number | boolean][] {
  if (value instanceof Date) return [[name, value.toISOString()]];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
  return [];
}
