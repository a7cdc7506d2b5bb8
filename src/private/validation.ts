import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** One thing that is wrong with the props of a construct. */
export interface Violation {
  /** The property as the user writes it. */
  readonly property: string;
  /** What must hold. */
  readonly rule: string;
  /** What was given. */
  readonly value?: unknown;
}

/** A check looks at the props when the app is synthesized, so that it sees what was added to them meanwhile. */
export type Check = () => readonly Violation[];

const MAX_SHOWN = 80;

/** Collects everything that is wrong with a construct and reports all of it at once. */
export class Validation {
  private readonly checks: Check[] = [];

  constructor(scope: Construct) {
    scope.node.addValidation({ validate: () => this.checks.flatMap((check) => check()).map(message) });
  }

  add(...checks: Check[]): void {
    this.checks.push(...checks);
  }
}

/** Checks of what stands at a property of the props, as the user writes it. */
export function within(property: string | undefined, checks: readonly Check[]): Check[] {
  if (property === undefined) return [...checks];
  return checks.map((check) => () => check().map((violation) => ({ ...violation, property: `${property}.${violation.property}` })));
}

/** A text that matches a pattern as a whole. */
export function pattern(property: string, value: string | undefined, expression: RegExp, rule: string): Violation[] {
  return known(value) && !expression.test(value) ? [{ property, rule, value }] : [];
}

/** A text of a certain length. */
export function textLength(property: string, value: string | undefined, min: number, max: number): Violation[] {
  return known(value) && outside(value.length, min, max)
    ? [{ property, rule: `must have ${range(min, max)} characters`, value: `${value.length} characters: ${value}` }]
    : [];
}

/** A list or a map of a certain size. */
export function count(property: string, value: object | undefined, min: number, max: number, what: string): Violation[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  const size = Object.keys(value).length;
  return outside(size, min, max) ? [{ property, rule: `must have ${range(min, max)} ${what}`, value: size }] : [];
}

/** Values of which each may come once. */
export function unique(property: string, values: readonly string[]): Violation[] {
  const repeated = values.filter((value, index) => !Token.isUnresolved(value) && values.indexOf(value) < index);
  return [...new Set(repeated)].map((value) => ({ property, rule: 'must be unique', value }));
}

/** Properties of which one may be given at most. */
export function atMostOneOf(values: { readonly [property: string]: unknown }): Violation[] {
  const given = Object.keys(values).filter((property) => values[property] !== undefined);
  return given.length > 1
    ? [{ property: given[0], rule: `cannot be given together with ${given.slice(1).map((name) => `\`${name}\``).join(' and ')}` }]
    : [];
}

function known<T>(value: T | undefined): value is T {
  return value !== undefined && !Token.isUnresolved(value);
}

function outside(size: number, min: number, max: number): boolean {
  return size < min || size > max;
}

function range(min: number, max: number): string {
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

function message({ property, rule, value }: Violation): string {
  return `${property}: ${rule}${value === undefined ? '' : `, got ${shorten(String(value))}`}`;
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
