import type { FaultRule } from './fault-rule';
import { MATCH, parseFault, WHEN } from './read';
import type { JsonObject } from '../json';
import type { Json } from '../services';

/**
 * Parses the short form of a rule, `fault[:operation][:member=value …]`, such as `throttle:CreateTrainingJob:every=3`. Members of
 * `match` and `when` are at the top level, next to the members of the rule. The path of a request member follows `input.`.
 */
export function parseFaultFlag(flag: string): FaultRule {
  const [fault, ...parts] = flag.split(':');
  const [operation] = parts.length > 0 && !parts[0].includes('=') ? parts.splice(0, 1) : [];
  const rule: JsonObject = { fault };
  const match: JsonObject = operation ? { operation } : {};
  const when: JsonObject = {};
  const input: JsonObject = {};
  for (const part of parts) {
    const [, member, value] = /^([^=]+)=(.*)$/.exec(part) ?? [];
    if (member === undefined) throw new Error(`--fault ${flag}: each part must have the form member=value; got '${part}'`);
    if (member.startsWith('input.')) input[member.slice('input.'.length)] = value;
    else if (Object.hasOwn(MATCH, member)) match[member] = value;
    else if (Object.hasOwn(WHEN, member)) when[member] = member === 'nth' && value.includes(',') ? value.split(',').map(Number) : scalar(value);
    else rule[member] = scalar(value);
  }
  if (Object.keys(input).length > 0) match.input = input;
  if (Object.keys(match).length > 0) rule.match = match;
  if (Object.keys(when).length > 0) rule.when = when;
  return parseFault(rule, `--fault ${flag}`);
}

function scalar(value: string): Json {
  if (value === 'true' || value === 'false') return value === 'true';
  return value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
}
