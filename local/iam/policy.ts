import type { Json } from '../services';

type OneOrMore<T> = T | readonly T[];

/** The `Condition` of a statement: the accepted values by operator and key. */
export interface Conditions {
  readonly [operator: string]: { readonly [key: string]: OneOrMore<string | number | boolean> };
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  /** Only in trust policies and resource-based policies. */
  readonly Principal?: '*' | { readonly [kind: string]: OneOrMore<string> };
  readonly Condition?: Conditions;
}

/** A policy document of IAM or of a template. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: OneOrMore<Statement>;
}

/** The values of a request's condition keys. */
export interface RequestContext {
  readonly [key: string]: string | readonly string[];
}

/** A request to authorize. */
export interface AccessRequest {
  /** The action, such as `sagemaker:CreateTrainingJob`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** A document from a template. It may contain anything: the evaluation rejects unsupported elements. */
export function asPolicy(document: Json | undefined): PolicyDocument {
  return document as unknown as PolicyDocument;
}

export function listOf<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value as readonly T[] : [value as T];
}

/** Returns the values of a case-insensitive key, or nothing if the request does not have it. */
export function valuesOf(context: RequestContext, key: string): readonly string[] | undefined {
  const match = Object.keys(context).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  return match === undefined ? undefined : listOf(context[match]);
}
