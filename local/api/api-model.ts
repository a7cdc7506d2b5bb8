/** A service's API: its operations and the shapes of their inputs and outputs. */
export interface Model {
  /** Whether the shapes have all members of the API. Otherwise, other members are rejected. Default: no. */
  readonly isComplete?: boolean;
  readonly operations: { readonly [operation: string]: { readonly input?: string; readonly output?: string } };
  readonly shapes: { readonly [name: string]: Shape };
}

export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'float' | 'double' | 'boolean' | 'timestamp';
  readonly required?: readonly string[];
  /** The shapes of a structure's members. */
  readonly members?: { readonly [member: string]: string };
  /** Members that appear in outputs only. */
  readonly readOnly?: readonly string[];
  /** The shape of a list's members. */
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  /** The minimum length of a string, value of a number, or size of a list or map. */
  readonly min?: number;
  readonly max?: number;
  /** A regular expression in the Java dialect that must match the whole value. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** Returns the shape of a structure whose members have these shapes. */
export function structure(required: readonly string[], members: { readonly [member: string]: string }): Shape {
  return { type: 'structure', required, members };
}
