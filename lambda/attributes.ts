import { read } from './paths';

/**
 * The maximum size of the attributes, in bytes. CloudFormation's limit of 4096 bytes applies to the whole response, with IDs, the
 * reason and the JSON.
 */
const MAX_BYTES = 2600;

/**
 * Returns the described values by path, in order of importance, as many as fit into a response. `List[Name=Value]` is a list and
 * `Map{}` a map: each becomes an attribute for each of its names.
 */
export function attributesOf(description: Record<string, any>, paths: readonly string[]): Record<string, string | number | boolean> {
  const attributes: Record<string, string | number | boolean> = {};
  let bytes = 0;
  for (const [name, value] of paths.flatMap((path) => flatten(description, path))) {
    const size = Buffer.byteLength(JSON.stringify({ [name]: value }));
    if (bytes + size > MAX_BYTES) continue;
    bytes += size;
    attributes[name] = value;
  }
  return attributes;
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
