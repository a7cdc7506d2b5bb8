import { readFileSync } from 'node:fs';
import { EFFECTS, type EffectName, type FaultRule } from './fault-rule';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

type Check = (value: Json) => string | undefined;

const text: Check = (value) => typeof value === 'string' ? undefined : 'a string';
const number: Check = (value) => typeof value === 'number' && value >= 0 ? undefined : 'a number of at least 0';
const boolean: Check = (value) => typeof value === 'boolean' ? undefined : 'true or false';
const count: Check = (value) => Number.isInteger(value) && Number(value) > 0 ? undefined : 'an integer of at least 1';
const counts: Check = (value) => [value].flat().every((item) => !count(item)) ? undefined : 'an integer of at least 1, or a list of integers';
const chance: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number from 0 to 1';
const moment: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)) || !number(value) ? undefined : 'seconds, or a date';
const patterns: Check = (value) => isObject(value) && Object.values(value).every((item) => !text(item)) ? undefined : 'an object of strings';

export const MATCH: Readonly<Record<string, Check>> = {
  service: text, operation: text, resource: text, caller: text, instanceType: text, input: patterns,
};
export const WHEN: Readonly<Record<string, Check>> = { nth: counts, every: count, first: count, from: moment, until: moment, probability: chance };
const TYPES = { string: text, number, boolean };

/** Reads rules from a JSON file that contains a list. */
export function readFaults(file: string): FaultRule[] {
  let document: Json;
  try {
    document = JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
  if (!Array.isArray(document)) throw new Error(`${file}: must contain a list of rules`);
  return document.map((rule, index) => parseFault(rule, `${file}: rule ${index + 1}`));
}

/** Checks that a document is a rule. */
export function parseFault(document: Json, where: string): FaultRule {
  const problems = isObject(document) ? [...problemsOf(document)] : ['must be an object'];
  if (problems.length > 0) throw new Error(`${where}: ${problems.join('; ')}.`);
  return document as unknown as FaultRule;
}

function* problemsOf({ fault, match, when, ...rest }: JsonObject): Generator<string> {
  if (!Object.hasOwn(EFFECTS, String(fault))) {
    yield `unknown fault '${String(fault)}'; available: ${Object.keys(EFFECTS).join(', ')}`;
    return;
  }
  const { members = {} } = EFFECTS[fault as EffectName];
  const memberChecks = Object.entries(members).map(([member, type]) => [member, TYPES[type.replace('!', '') as keyof typeof TYPES]] as const);
  yield* wrong(rest, { name: text, ...Object.fromEntries(memberChecks) }, '');
  for (const [member, type] of Object.entries(members)) {
    if (type.endsWith('!') && rest[member] === undefined) yield `${member} is required for ${String(fault)}`;
  }
  for (const [name, part, checks] of [['match', match, MATCH], ['when', when, WHEN]] as const) {
    if (part === undefined) continue;
    if (isObject(part)) yield* wrong(part, checks, `${name}.`);
    else yield `${name} must be an object`;
  }
}

function* wrong(members: JsonObject, checks: Readonly<Record<string, Check>>, prefix: string): Generator<string> {
  for (const [member, value] of Object.entries(members)) {
    const expected = Object.hasOwn(checks, member) ? checks[member](value) : undefined;
    if (!Object.hasOwn(checks, member)) yield `unknown member '${prefix}${member}'; available: ${Object.keys(checks).join(', ')}`;
    else if (expected) yield `${prefix}${member} must be ${expected}; got ${JSON.stringify(value)}`;
  }
}
