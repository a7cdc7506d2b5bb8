import { BlockList, isIP } from 'node:net';
import type { Patterns } from './pattern';
import { type Conditions, listOf, type RequestContext, valuesOf } from './policy';

/** Whether a value of the request matches a value of the policy. */
type Test = (actual: string, wanted: string, patterns: Patterns) => boolean;

const equals: Test = (actual, wanted, patterns) => patterns.resolve(wanted) === actual;
const equalsIgnoringCase: Test = (actual, wanted, patterns) => patterns.resolve(wanted)?.toLowerCase() === actual.toLowerCase();
const like: Test = (actual, wanted, patterns) => patterns.matches(wanted, actual);
/** Wildcards match within one of the six parts of an ARN. */
const arnLike: Test = (actual, wanted, patterns) => {
  const [actualParts, wantedParts] = [actual, wanted].map(arnParts);
  if (patterns.resolve(wanted) === actual) return true;
  return wantedParts.length === actualParts.length && wantedParts.every((part, index) => patterns.matches(part, actualParts[index]));
};
const bool: Test = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();

/** Whether an address is in a block, such as `203.0.113.0/24`. */
const inBlock: Test = (actual, wanted) => {
  const [address, bits] = wanted.split('/');
  const family = isIP(address);
  if (family === 0 || isIP(actual) !== family) return false;
  const block = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  block.addSubnet(address, Number(bits ?? (family === 4 ? 32 : 128)), type);
  return block.check(actual, type);
};

function compare(parse: (text: string) => number, fits: (actual: number, wanted: number) => boolean): Test {
  return (actual, wanted) => fits(parse(actual), parse(wanted));
}

function comparisons(kind: string, parse: (text: string) => number): { readonly [operator: string]: Test } {
  return {
    [`${kind}Equals`]: compare(parse, (actual, wanted) => actual === wanted),
    [`${kind}LessThan`]: compare(parse, (actual, wanted) => actual < wanted),
    [`${kind}LessThanEquals`]: compare(parse, (actual, wanted) => actual <= wanted),
    [`${kind}GreaterThan`]: compare(parse, (actual, wanted) => actual > wanted),
    [`${kind}GreaterThanEquals`]: compare(parse, (actual, wanted) => actual >= wanted),
  };
}

const POSITIVE: { readonly [operator: string]: Test } = {
  StringEquals: equals,
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: bool,
  IpAddress: inBlock,
  ...comparisons('Numeric', Number),
  ...comparisons('Date', (text) => /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text)),
};

/** Operators that negate another one. */
const NEGATIVE: { readonly [operator: string]: Test } = {
  StringNotEquals: equals,
  StringNotEqualsIgnoreCase: equalsIgnoringCase,
  StringNotLike: like,
  NotIpAddress: inBlock,
  ArnNotEquals: arnLike,
  ArnNotLike: arnLike,
  NumericNotEquals: POSITIVE.NumericEquals,
  DateNotEquals: POSITIVE.DateEquals,
};

/** Whether all conditions of a statement are met. */
export function hold(conditions: Conditions, context: RequestContext, patterns: Patterns): boolean {
  return Object.entries(conditions).every(([operator, keys]) => Object.entries(keys).every(([key, wanted]) =>
    isMet(operator, listOf(wanted).map(String), valuesOf(context, key), patterns)));
}

/** The operators of IAM whose evaluation is not emulated. */
const NOT_EMULATED = ['BinaryEquals'];

/** Whether IAM has a condition operator. */
export function isConditionOperator(name: string): boolean {
  const [, operator = ''] = /^(?:(?:ForAllValues|ForAnyValue):)?(\w+?)(?:IfExists)?$/.exec(name) ?? [];
  return name === 'Null' || NOT_EMULATED.includes(operator) || Object.hasOwn(POSITIVE, operator) || Object.hasOwn(NEGATIVE, operator);
}

function isMet(name: string, wanted: readonly string[], actual: readonly string[] | undefined, patterns: Patterns): boolean {
  if (name === 'Null') return wanted.some((isNull) => (isNull.toLowerCase() === 'true') === (actual === undefined));
  const [, quantifier, operator, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const isNegative = Object.hasOwn(NEGATIVE, operator ?? '');
  if (!isNegative && !Object.hasOwn(POSITIVE, operator ?? '')) throw new Error(`The condition operator ${name} is not emulated.`);
  const test = isNegative ? NEGATIVE[operator] : POSITIVE[operator];
  const fits = (value: string) => wanted.some((candidate) => test(value, candidate, patterns)) !== isNegative;

  if (quantifier === 'ForAllValues') return (actual ?? []).every(fits);
  if (actual === undefined) return ifExists !== undefined || (isNegative && quantifier === undefined);
  return isNegative && quantifier === undefined ? actual.every(fits) : actual.some(fits);
}

function arnParts(arn: string): string[] {
  // Variables contain colons.
  const parts = arn.split(/:(?![^{}]*\})/);
  return [...parts.slice(0, 5), ...parts.length > 5 ? [parts.slice(5).join(':')] : []];
}
