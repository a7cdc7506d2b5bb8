type Structure = Record<string, unknown>;

/** The value at a path, or undefined where the path ends early. */
export function read(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, member) => (isStructure(part) ? part[member] : undefined), value);
}

/** The structure without the member at the path, and without the structures that would be empty then. */
export function omit(value: Structure, path: readonly string[]): Structure {
  const [member, ...rest] = path;
  if (!(member in value)) return value;
  const { [member]: part, ...others } = value;
  if (rest.length === 0 || !isStructure(part)) return rest.length === 0 ? others : value;
  const inner = omit(part, rest);
  return Object.keys(inner).length === 0 ? others : { ...others, [member]: inner };
}

/** The structure with a value at the path. */
export function write(value: Structure, path: readonly string[], written: unknown): Structure {
  const [member, ...rest] = path;
  const part = value[member];
  return { ...value, [member]: rest.length === 0 ? written : write(isStructure(part) ? part : {}, rest, written) };
}

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
