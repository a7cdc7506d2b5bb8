import { type IResolvable, Token } from 'aws-cdk-lib';
import type { Finding, Path, Structure } from './request-rule';

/** Whether a value is known only during the deployment: a token, a string with a token, or an intrinsic function. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string': return Token.isUnresolved(value);
    // Checking a number is slow, and a safe integer is never a token.
    case 'number': return !Number.isSafeInteger(value) && Token.isUnresolved(value);
    case 'object': return value !== null && (Array.isArray(value) ? Token.isUnresolved(value) : isResolvable(value) || isIntrinsic(value));
    default: return false;
  }
}

function isResolvable(value: Partial<IResolvable>): boolean {
  return typeof value.resolve === 'function';
}

function isIntrinsic(value: object): boolean {
  for (const key in value) return (key === 'Ref' || key.startsWith('Fn::')) && Object.keys(value).length === 1;
  return false;
}

/** Whether a value is specified, even as a token. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Returns the string, unless it contains a token. */
export function literalString(value: unknown): string | undefined {
  return typeof value === 'string' && !isToken(value) ? value : undefined;
}

/** Returns the number, unless it is a token. */
export function literalNumber(value: unknown): number | undefined {
  return typeof value === 'number' && !isToken(value) ? value : undefined;
}

/** Returns the structure or map, unless it is a token. */
export function structure(value: unknown): Structure | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isToken(value) ? value as Structure : undefined;
}

/** Returns the structure at a path. It is empty if a member is not specified, and undefined if one is a token. */
export function at(parent: Structure, ...members: readonly string[]): Structure | undefined {
  let part: Structure = parent;
  for (const member of members) {
    if (!isGiven(part[member])) return {};
    const next = structure(part[member]);
    if (!next) return undefined;
    part = next;
  }
  return part;
}

/** Returns the structures of a list with their indices, without tokens. */
export function structures(value: unknown): Array<[item: Structure, index: number]> {
  const found: Array<[Structure, number]> = [];
  if (!Array.isArray(value)) return found;
  for (const [index, element] of value.entries()) {
    const item = structure(element);
    if (item) found.push([item, index]);
  }
  return found;
}

/** Returns the elements of a list with their indices, without tokens. */
export function elements(value: unknown): Array<[element: unknown, index: number]> {
  if (!Array.isArray(value) || isToken(value)) return [];
  return value.map((element, index): [unknown, number] => [element, index]).filter(([element]) => !isToken(element));
}

/** Whether the list is known to have elements, even tokens. */
export function isNotEmpty(value: unknown): boolean {
  return Array.isArray(value) && !isToken(value) && value.length > 0;
}

/** Whether the list is known to be empty. */
export function isEmpty(value: unknown): boolean {
  return !isGiven(value) || (Array.isArray(value) && value.length === 0);
}

/** Whether the list and all its elements are known. */
export function isKnown(value: unknown): value is unknown[] {
  return Array.isArray(value) && elements(value).length === value.length;
}

/** Returns a finding at a path, if the rule is violated. */
export function brokenAt(path: Path, broken: boolean): Finding[] {
  return broken ? [{ path }] : [];
}

/** Returns a finding for each specified member. */
export function given(parent: Structure, members: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  for (const member of members) if (isGiven(parent[member])) findings.push({ path: [member] });
  return findings;
}

/** Returns a finding if several of the members are specified. */
export function givenTogether(parent: Structure, members: readonly string[]): Finding[] {
  const [first, ...others] = members.filter((member) => isGiven(parent[member]));
  return others.length > 0 ? [{ path: [first], rule: `cannot be specified together with ${others.map((member) => `\`${member}\``).join(' and ')}` }] : [];
}

/** Returns a finding for each repeated string. */
export function repeated(values: ReadonlyArray<readonly [value: unknown, path: Path]>): Finding[] {
  const seen = new Set<string>();
  return values.flatMap(([value, path]) => {
    const name = literalString(value);
    if (name === undefined) return [];
    const before = seen.has(name);
    seen.add(name);
    return brokenAt(path, before);
  });
}

/** Returns a finding for each structure of a list whose member repeats an earlier value. */
export function repeatedIn(parent: Structure, list: string, member: string): Finding[] {
  return repeated(structures(parent[list]).map(([item, index]) => [item[member], [list, index, member]]));
}
