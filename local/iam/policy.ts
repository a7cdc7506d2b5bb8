import type { Json } from '../services';

type OneOrMore<T> = T | readonly T[];

/** A policy's `Condition`: by operator and key, the values that are accepted. */
export interface Conditions {
  readonly [operator: string]: { readonly [key: string]: OneOrMore<string | number | boolean> };
}

/** A statement of a policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  /** Of policies that say who may assume a role. */
  readonly Principal?: '*' | { readonly [kind: string]: OneOrMore<string> };
  readonly Condition?: Conditions;
}

/** A policy, as IAM and templates hold it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: OneOrMore<Statement>;
}

/** What is known about a request besides its action and its resource, by condition key. */
export interface RequestContext {
  readonly [key: string]: string | readonly string[];
}

/** What somebody wants to do. */
export interface AccessRequest {
  /** Such as `sagemaker:CreateTrainingJob`. */
  readonly action: string;
  /** An ARN, or `*` for an action without a resource. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** A document from a template, which says what it likes: the evaluation refuses what it does not understand. */
export function asPolicy(document: Json | undefined): PolicyDocument {
  return document as unknown as PolicyDocument;
}

export function listOf<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value as readonly T[] : [value as T];
}

/** The values of a key, whose case does not matter; nothing when the request has no such key. */
export function valuesOf(context: RequestContext, key: string): readonly string[] | undefined {
  const known = Object.keys(context).find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  return known === undefined ? undefined : listOf(context[known]);
}
