/** A service's API: its operations and the shapes of what they take and give. */
export interface Model {
  readonly operations: { readonly [operation: string]: { readonly input?: string; readonly output?: string } };
  readonly shapes: { readonly [name: string]: Shape };
}

export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'float' | 'double' | 'boolean' | 'timestamp';
  readonly required?: readonly string[];
  /** The shapes of a structure's members. */
  readonly members?: { readonly [member: string]: string };
  /** Members that are answered but never taken. */
  readonly readOnly?: readonly string[];
  /** The shape of a list's members. */
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  /** Lower bound of a string's length, a number's value, or the size of a list or map. */
  readonly min?: number;
  readonly max?: number;
  /** In Java's dialect; the whole value has to match. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The shape of a structure whose members have these shapes. */
export function structure(required: readonly string[], members: { readonly [member: string]: string }): Shape {
  return { type: 'structure', required, members };
}
