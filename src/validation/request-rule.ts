/** A structure of a request, with the member names of the API. It may contain tokens. */
export interface Structure {
  readonly [member: string]: any;
}

/** A path in a structure: members and indices. */
export type Path = ReadonlyArray<string | number>;

/** The environment of a request, as far as it is known at synthesis. */
export interface RequestEnvironment {
  /** The Region of the stack, unless it is a token. */
  readonly region?: string;
  /** The account of the stack, unless it is a token. */
  readonly account?: string;
  /**
   * Returns the Region of the bucket or repository that a URI in the request specifies, if the construct behind it contains the
   * Region.
   */
  regionOf?(uri: string): string | undefined;
}

/** A violation of a rule in a structure. */
export interface Finding {
  /** The path of the member, relative to the structure of the rule. */
  readonly path: Path;
  /** The value, if it is not the value at the path. */
  readonly value?: unknown;
  /** The rule, if it depends on the structure. Default: the rule of the `Rule`. */
  readonly rule?: string;
  /** Whether the text of the rule contains the value. */
  readonly namesValue?: boolean;
}

/**
 * A rule between the members of a structure, as documented by SageMaker. The limits of a single member are constraints of the
 * model instead.
 */
export interface Rule {
  /** The ID in kebab case. It never changes, because warnings are acknowledged by it. */
  readonly id: string;
  /** The API structures that the rule applies to. */
  readonly on: readonly string[];
  /** An error only if the documentation is explicit (must, only, cannot, fails). Otherwise, a warning that can be acknowledged. */
  readonly level: 'error' | 'warning';
  /** The documentation: a structure or a member (`StoppingCondition.MaxWaitTimeInSeconds`), or a page. */
  readonly source: string;
  /** The rule. Members are in backticks (`` `MaxRuntimeInSeconds` ``) and are shown as properties. */
  readonly rule: string;
  /** The solution, if the rule does not contain it. */
  readonly advice?: string;
  /** Members that must all be specified, even as tokens, for a violation. Most structures lack one and are not checked. */
  readonly needs?: readonly string[];
  /** Returns the violations of a structure that has all members in `needs`. Tokens are not checked. */
  check(structure: Structure, environment: RequestEnvironment): readonly Finding[];
}

/** Whether a structure with the specified members can violate a rule. */
export function canBreak({ needs = [] }: Rule, given: readonly string[]): boolean {
  return needs.every((member) => given.includes(member));
}
