import { type IResolvable, Token } from 'aws-cdk-lib';
import type { Finding, Path, Structure } from './request-rule';

/** Whether a value is known at the deployment only: it is a token, has one in it, or is an intrinsic function as a template spells it. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string': return Token.isUnresolved(value);
    // To ask a number takes long, and one that can be counted is no token.
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

/** A value is there, be it a token. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The text, unless there is none or a token is in it. */
export function literalString(value: unknown): string | undefined {
  return typeof value === 'string' && !isToken(value) ? value : undefined;
}

/** The number, unless there is none or it is a token. */
export function literalNumber(value: unknown): number | undefined {
  return typeof value === 'number' && !isToken(value) ? value : undefined;
}

/** The structure or the map, unless there is none or it is a token. */
export function structure(value: unknown): Structure | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isToken(value) ? value as Structure : undefined;
}

/** What stands at the end of a way through structures: an empty structure where it is left out, and nothing where a token is in the way. */
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

/** The structures of a list and where in it they stand, without those that are tokens. */
export function structures(value: unknown): Array<[item: Structure, index: number]> {
  const found: Array<[Structure, number]> = [];
  if (!Array.isArray(value)) return found;
  for (const [index, element] of value.entries()) {
    const item = structure(element);
    if (item) found.push([item, index]);
  }
  return found;
}

/** What is in a list and where in it, without what is a token. */
export function elements(value: unknown): Array<[element: unknown, index: number]> {
  if (!Array.isArray(value) || isToken(value)) return [];
  return value.map((element, index): [unknown, number] => [element, index]).filter(([element]) => !isToken(element));
}

/** The list is known to have something in it, be it tokens. */
export function isNotEmpty(value: unknown): boolean {
  return Array.isArray(value) && !isToken(value) && value.length > 0;
}

/** The list is known to have nothing in it. */
export function isEmpty(value: unknown): boolean {
  return !isGiven(value) || (Array.isArray(value) && value.length === 0);
}

/** The list is known with all that is in it. */
export function isKnown(value: unknown): value is unknown[] {
  return Array.isArray(value) && elements(value).length === value.length;
}

/** One finding at a place, where the rule is broken. */
export function brokenAt(path: Path, broken: boolean): Finding[] {
  return broken ? [{ path }] : [];
}

/** A finding for each member that is given. */
export function given(parent: Structure, members: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  for (const member of members) if (isGiven(parent[member])) findings.push({ path: [member] });
  return findings;
}

/** A finding where more than one of the members is given. */
export function givenTogether(parent: Structure, members: readonly string[]): Finding[] {
  const [first, ...others] = members.filter((member) => isGiven(parent[member]));
  return others.length > 0 ? [{ path: [first], rule: `cannot be given together with ${others.map((member) => `\`${member}\``).join(' and ')}` }] : [];
}

/** A finding for each text that has stood before. */
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

/** A finding for each structure of a list whose member has the value of an earlier one's. */
export function repeatedIn(parent: Structure, list: string, member: string): Finding[] {
  return repeated(structures(parent[list]).map(([item, index]) => [item[member], [list, index, member]]));
}
