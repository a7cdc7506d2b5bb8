import type { JobKind } from '../contract';

/** The constraints of a type in the API model. A missing member is not limited. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'float' | 'double' | 'boolean';
  /** The members of a structure and their shapes. */
  readonly members?: { readonly [member: string]: string };
  readonly required?: readonly string[];
  /** The shape of the elements of a list. */
  readonly member?: string;
  /** The shape of the keys of a map. */
  readonly key?: string;
  /** The shape of the values of a map. */
  readonly value?: string;
  /** The minimum of a number, of the length of a string, or of the size of a list or map. */
  readonly min?: number;
  readonly max?: number;
  /** The pattern that the whole string must match. */
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The kinds of checked requests. */
export type RequestKind = JobKind | 'notebookInstance' | 'notebookInstanceLifecycleConfig';

/** A constraint of a shape. */
export interface Constraint {
  /** The rule in messages. */
  readonly rule: string;
  /** Whether the constraint limits the length of a string or the number of entries. */
  readonly ofSize?: boolean;
  accepts(value: any): boolean;
}

/** Whether a value has the type of its shape. Tokens are not checked. */
export function isOfType({ type }: Shape, value: unknown): boolean {
  switch (type) {
    case 'string': return typeof value === 'string';
    case 'boolean': return typeof value === 'boolean';
    case 'integer': return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'long': return Number.isSafeInteger(value);
    case 'float': case 'double': return Number.isFinite(value);
    case 'list': return Array.isArray(value);
    default: return typeof value === 'object' && value !== null && !Array.isArray(value);
  }
}

const TYPE_RULES: { readonly [type in Shape['type']]: string } = {
  string: 'must be a string',
  boolean: 'must be true or false',
  integer: 'must be a whole number below 2147483648',
  long: 'must be a whole number',
  float: 'must be a number',
  double: 'must be a number',
  list: 'must be a list',
  map: 'must be a map',
  structure: 'must be a structure',
};

/** The shapes of strings that constructs render from numbers and booleans, too. */
const RENDERED_AS_STRINGS = ['HyperParameterValue', 'TrainingEnvironmentValue', 'HyperParameterTrainingJobEnvironmentValue', 'ProcessingEnvironmentValue', 'TransformEnvironmentValue'];

/** Returns the rule about the type of a shape. */
export function typeRule(name: string, { type }: Shape): string {
  return RENDERED_AS_STRINGS.includes(name) ? 'must be a string, a number or a boolean' : TYPE_RULES[type];
}

/** Returns the constraints of a shape for values of its type, except enumerations. */
export function constraintsOf(shape: Shape): readonly Constraint[] {
  return [...sizeConstraint(shape), ...patternConstraint(shape)];
}

function sizeConstraint({ max = Infinity, min = -Infinity, type }: Shape): Constraint[] {
  if (min === -Infinity && max === Infinity) return [];
  const range = min === -Infinity ? `at most ${max}` : max === Infinity ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`;
  if (type !== 'string' && type !== 'list' && type !== 'map') return [{ rule: `must be ${range}`, accepts: (value: number) => value >= min && value <= max }];
  return [{
    rule: `must have ${range} ${unitOf(type, /^(at (most|least) )?1$/.test(range))}`,
    ofSize: true,
    accepts: (value: string | object) => sizeOf(value) >= min && sizeOf(value) <= max,
  }];
}

function unitOf(type: Shape['type'], isOne: boolean): string {
  if (type === 'string') return isOne ? 'character' : 'characters';
  return isOne ? 'entry' : 'entries';
}

/** The length of a string, or the number of entries. */
export function sizeOf(value: string | object): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value).length;
}

/** Descriptions of API patterns that are hard to read. */
const PATTERN_WORDS: ReadonlyArray<readonly [pattern: RegExp, words: string]> = [
  [/^\.[*+]$/, 'must not have line breaks'],
  [/^\(\?!\\s\*\$\)\.\+$/, 'must not be blank, and not have line breaks'],
  [/^\[\\S\]\+$/, 'must not have spaces'],
  [/^\[a-zA-Z0-9\]\((?:-\*|\[\\-a-zA-Z0-9\]\*)\[a-zA-Z0-9\]\)/, 'must consist of letters, digits and hyphens, with no hyphen at either end'],
  [/^\[A-Za-z0-9\\\.\\-_\]\+$/, 'must consist of letters, digits, dots, hyphens and underscores'],
  [/^\[a-zA-Z_\]\[a-zA-Z0-9_\](\*|\{0,\d+\})$/, 'must consist of letters, digits and underscores, with no digit at the beginning'],
  [/^\[a-zA-Z0-9\._-\]\+$/, 'must consist of letters, digits, dots, hyphens and underscores'],
  [/^\[a-zA-Z0-9\]\(\[_-\]\*/, 'must consist of letters, digits, hyphens and underscores, with a letter or digit at both ends'],
  [/^\[\\u0020-/, 'must consist of printable characters'],
  [/^\[-0-9a-zA-Z\]\+$/, 'must be an id of letters, digits and hyphens'],
  [/^\(https\|s3\):/, 'must begin with s3:// or https://, and name a bucket'],
  [/^https:\/\/.*\|\^\[a-zA-Z0-9\]/, 'must be a URL that begins with https://, or the name of a code repository'],
  [/^\(\[\\p\{L\}/, 'must consist of letters, digits, spaces and _ . : / = + - @'],
  [/^arn:aws\[a-z\\-\]\*:iam:.*:role/, 'must be the ARN of a role'],
];

function patternConstraint({ max = Infinity, min = 0, pattern }: Shape): Constraint[] {
  if (pattern === undefined) return [];
  const words = PATTERN_WORDS.find(([expression]) => expression.test(pattern))?.[1];
  const whole = wholeMatch(pattern);
  // The message for a string of the wrong length does not mention a pattern that includes the length.
  const ofAnyLength = wholeMatch(pattern.replace(/\{0,\d+\}/g, '*'));
  return [{
    rule: words ?? `must match ${pattern}`,
    accepts: (text: string) => text.length < min || (text.length > max ? ofAnyLength : whole).test(text),
  }];
}

function wholeMatch(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}
