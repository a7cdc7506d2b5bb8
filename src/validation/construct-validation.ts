import { Annotations, Token } from 'aws-cdk-lib';
import type { IConstruct, IValidation } from 'constructs';
import { locatedMessages } from './creation-location';
import { constraintsOf, type Shape } from './shape-constraints';
import { byProperty, messageOf, type Violation, withLength } from './violation';

/** A check of the props, which runs at synthesis so that it includes later changes. */
export type Check = () => readonly Violation[];

/** Collects the violations of a construct and reports all of them at once. */
export class Validation implements IValidation {
  private readonly checks: Check[] = [];

  constructor(private readonly scope: IConstruct) {
    scope.node.addValidation(this);
  }

  add(...checks: Check[]): void {
    this.checks.push(...checks);
  }

  validate(): string[] {
    const violations = this.checks.flatMap((check) => check());
    if (violations.length === 0) return [];
    for (const violation of violations) {
      if (violation.warning !== undefined) Annotations.of(this.scope).addWarningV2(`cdk-sagemaker-jobs:${violation.warning}`, messageOf(violation));
    }
    const errors = violations.filter(({ warning }) => warning === undefined);
    const messages = errors.filter((error) => !errors.some((other) => saysMore(other, error))).sort(byProperty).map(messageOf);
    return locatedMessages(this.scope, [...new Set(messages)]);
  }
}

/** Whether a violation includes another one. */
function saysMore(violation: Violation, than: Violation): boolean {
  return violation.property === than.property && violation.rule.length > than.rule.length && violation.rule.startsWith(than.rule);
}

/** Returns checks of a value at a property path. */
export function within(property: string | undefined, checks: readonly Check[]): Check[] {
  if (property === undefined) return [...checks];
  return checks.map((check) => () => check().map((violation) => ({ ...violation, property: `${property}.${violation.property}` })));
}

/** Returns the violations of a string that does not appear unchanged in a request. */
export function textViolations(property: string, value: string | undefined, shape: Omit<Shape, 'type'>): Violation[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  return constraintsOf({ type: 'string', ...shape })
    .filter((constraint) => !constraint.accepts(value))
    .map(({ ofSize, rule }) => ({ property, rule, value: ofSize ? withLength(value) : value }));
}

/** Reports mutually exclusive properties that are specified together. */
export function atMostOneOf(values: { readonly [property: string]: unknown }): Violation[] {
  const given = Object.keys(values).filter((property) => values[property] !== undefined);
  return given.length > 1
    ? [{ property: given[0], rule: `cannot be specified together with ${given.slice(1).map((name) => `\`${name}\``).join(' and ')}` }]
    : [];
}
