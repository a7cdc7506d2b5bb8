type Structure = Record<string, unknown>;

/** Returns the value at a path, or undefined if the path ends early. A step of digits is an index in a list. */
export function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, member) => (isStructure(part) || isElement(part, member) ? (part as Structure)[member] : undefined), value);
}

/** Returns all values at a path through lists, including a list at its end. */
export function readAll(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((part) => readAll(part, path));
  if (path.length === 0) return value === undefined ? [] : [value];
  return isStructure(value) ? readAll(value[path[0]], path.slice(1)) : [];
}

/** Returns the structure with a value at the path. */
export function write(value: Structure, path: readonly string[], written: unknown): Structure {
  const [member, ...rest] = path;
  const part = value[member];
  if (isElement(part, rest[0])) {
    const [index, ...inner] = rest;
    return { ...value, [member]: part.map((element, at) => (String(at) === index ? write(element as Structure, inner, written) : element)) };
  }
  return { ...value, [member]: rest.length === 0 ? written : write(isStructure(part) ? part : {}, rest, written) };
}

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isElement(value: unknown, step: string | undefined): value is unknown[] {
  return Array.isArray(value) && step !== undefined && /^\d+$/.test(step);
}
