/** A structure of a request: a value for each member, in the service's names; tokens may stand anywhere. */
export interface Structure {
  readonly [member: string]: any;
}

/** A place in a structure: members and indices. */
export type Path = ReadonlyArray<string | number>;

/** Where a request is made, as far as synthesis knows it. */
export interface RequestEnvironment {
  /** The Region of the stack, unless it is a token. */
  readonly region?: string;
  /** The account of the stack, unless it is a token. */
  readonly account?: string;
  /** The Region of the bucket or the repository that a URI of the request names, where the construct behind it says so. */
  regionOf?(uri: string): string | undefined;
}

/** Something that is wrong with a structure. */
export interface Finding {
  /** The member at fault, from the structure that the rule is about. */
  readonly path: Path;
  /** What was given, where that is not simply what stands at the path. */
  readonly value?: unknown;
  /** What must hold, where that depends on the structure. Default: the words of the rule. */
  readonly rule?: string;
  /** Whether the words of the rule contain the value. */
  readonly namesValue?: boolean;
}

/**
 * A rule between the members of a structure, as the documentation of the service states it. What a single member may
 * hold is no rule but a constraint of the model.
 */
export interface Rule {
  /** In kebab case. Warnings are acknowledged by it, so it never changes. */
  readonly id: string;
  /** The structures of the API that the rule is about: it is checked wherever one of them stands in a request. */
  readonly on: readonly string[];
  /** An error only where the documentation is plain (must, only, cannot, fails); else a warning that can be acknowledged. */
  readonly level: 'error' | 'warning';
  /** Where it is documented: a structure or one of its members (`StoppingCondition.MaxWaitTimeInSeconds`), or a page. */
  readonly source: string;
  /** What must hold. Members stand in backquotes (`` `MaxRuntimeInSeconds` ``) and are shown as the user's properties. */
  readonly rule: string;
  /** What to do about it, where the rule does not say so itself. */
  readonly advice?: string;
  /** Members that must all be given for the rule to be broken, be they tokens. Most structures lack one, and are not checked. */
  readonly needs?: readonly string[];
  /** Finds what breaks the rule, where all that it needs is given. What is a token passes. */
  check(structure: Structure, environment: RequestEnvironment): readonly Finding[];
}

/** Whether a rule can be broken where some members are given. */
export function canBreak({ needs = [] }: Rule, given: readonly string[]): boolean {
  return needs.every((member) => given.includes(member));
}
