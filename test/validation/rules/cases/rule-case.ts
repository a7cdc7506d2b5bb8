import type { RequestEnvironment, Structure } from '../../../../src/validation/request-rule';

/** What shows that a rule holds what it says. */
export interface RuleCase {
  /** A structure that breaks the rule. */
  readonly broken: Structure;
  /** Where it does. */
  readonly at: readonly string[];
  /** Where the request is made. Default: nothing is known of it. */
  readonly environment?: RequestEnvironment;
  /** Structures that keep it. */
  readonly kept: readonly Structure[];
}

/** Cases by the ids of rules. */
export type RuleCases = { readonly [id: string]: RuleCase };
