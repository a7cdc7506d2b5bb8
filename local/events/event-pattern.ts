import { BlockList, isIP } from 'node:net';
import { ServiceError } from '../api/service-error';
import { isObject, type JsonObject } from '../json';
import type { Json } from '../services';

/** Whether a value matches an entry of a pattern's list. An absent value is `undefined`. */
type Test = (value: Json | undefined) => boolean;

/** Whether an event matches a pattern. */
export type EventFilter = (event: JsonObject) => boolean;

const COMPARISONS: { readonly [operator: string]: (value: number, bound: number) => boolean } = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** Parses an event pattern: Amazon EventBridge User Guide, Comparison operators. Throws an error for an invalid pattern. */
export function readEventPattern(text: string): EventFilter {
  let pattern: Json;
  try {
    pattern = JSON.parse(text) as Json;
  } catch {
    throw invalid('Filter is not a valid JSON object');
  }
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw invalid('Filter is not an object');
  return structureOf(pattern);
}

function structureOf(pattern: JsonObject): EventFilter {
  const filters = Object.entries(pattern).map(([name, wanted]): EventFilter => {
    if (name === '$or') return choiceOf(wanted);
    if (Array.isArray(wanted)) return fieldOf(name, wanted);
    if (!isObject(wanted)) throw invalid(`"${name}" must be an object or an array`);
    if (Object.keys(wanted).length === 0) throw invalid('Empty objects are not allowed');
    const inner = structureOf(wanted);
    return (event) => candidates(event[name]).some((value) => inner(isObject(value) ? value : {}));
  });
  return (event) => filters.every((filter) => filter(event));
}

/** An object in an array is treated like one in place of the array. */
function candidates(value: Json | undefined): (Json | undefined)[] {
  return Array.isArray(value) ? value : [value];
}

function choiceOf(wanted: Json): EventFilter {
  if (!Array.isArray(wanted) || wanted.length < 2 || !wanted.every(isObject)) throw invalid('"$or" must be an array of at least two objects');
  const filters = wanted.map((pattern) => structureOf(pattern as JsonObject));
  return (event) => filters.some((filter) => filter(event));
}

function fieldOf(name: string, wanted: Json[]): EventFilter {
  if (wanted.length === 0) throw invalid('Empty arrays are not allowed');
  const tests = wanted.map((entry) => testOf(entry));
  return (event) => {
    const value = event[name];
    // An array matches if one of its values does. Operators on an absent value receive `undefined`.
    const values = Array.isArray(value) && value.length > 0 ? value : [Array.isArray(value) || isObject(value) ? undefined : value];
    const isNested = isObject(value);
    return tests.some((test) => !isNested && values.some((item) => test(item)));
  };
}

function testOf(entry: Json): Test {
  if (Array.isArray(entry)) throw invalid('Match value must be String, number, true, false, or null');
  if (!isObject(entry)) return (value) => value === entry;
  const [[operator, operand], ...others] = Object.entries(entry);
  if (others.length > 0) throw invalid('Only one key allowed in match expression');
  switch (operator) {
    case 'exists': return existence(operand);
    case 'prefix': return affix(operator, operand, (value, text) => value.startsWith(text));
    case 'suffix': return affix(operator, operand, (value, text) => value.endsWith(text));
    case 'equals-ignore-case': return textTest(operator, operand, (value, text) => value.toLowerCase() === text.toLowerCase());
    case 'wildcard': return wildcard(operand);
    case 'numeric': return numeric(operand);
    case 'cidr': return addresses(operand);
    case 'anything-but': return anythingBut(operand);
    default: throw invalid(`Unrecognized match type ${operator}`);
  }
}

function existence(operand: Json): Test {
  if (typeof operand !== 'boolean') throw invalid('exists match pattern must be either true or false.');
  return (value) => (value !== undefined) === operand;
}

function affix(operator: string, operand: Json, fits: (value: string, text: string) => boolean): Test {
  if (!isObject(operand)) return textTest(operator, operand, fits);
  const { 'equals-ignore-case': text, ...others } = operand;
  if (Object.keys(others).length > 0) throw invalid(`${operator} match pattern takes a string or equals-ignore-case`);
  return textTest(operator, text, (value, wanted) => fits(value.toLowerCase(), wanted.toLowerCase()));
}

function textTest(operator: string, operand: Json | undefined, fits: (value: string, text: string) => boolean): Test {
  if (typeof operand !== 'string') throw invalid(`${operator} match pattern must be a string`);
  return (value) => typeof value === 'string' && fits(value, operand);
}

function wildcard(operand: Json): Test {
  return textTest('wildcard', operand, (value, pattern) => {
    if (pattern.includes('**')) throw invalid('Consecutive wildcard characters');
    const literals = pattern.split('*').map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${literals.join('.*')}$`, 's').test(value);
  });
}

function numeric(operand: Json): Test {
  if (!Array.isArray(operand) || operand.length !== 2 && operand.length !== 4) throw invalid('Value of numeric must be an array of operators and numbers');
  const bounds = Array.from({ length: operand.length / 2 }, (_, index) => {
    const [operator, bound] = operand.slice(index * 2, index * 2 + 2);
    if (typeof bound !== 'number' || !Object.hasOwn(COMPARISONS, String(operator))) throw invalid('Value of numeric must be an array of operators and numbers');
    return (value: number) => COMPARISONS[String(operator)](value, bound);
  });
  return (value) => typeof value === 'number' && bounds.every((isWithin) => isWithin(value));
}

function addresses(operand: Json): Test {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(String(operand)) ?? [];
  const version = isIP(address ?? '');
  if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) throw invalid(`Malformed CIDR ${JSON.stringify(operand)}`);
  const block = new BlockList();
  block.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  return (value) => typeof value === 'string' && isIP(value) !== 0 && block.check(value, isIP(value) === 4 ? 'ipv4' : 'ipv6');
}

/** The value must be present: an absent value does not match. */
function anythingBut(operand: Json): Test {
  const tests = isObject(operand)
    ? Object.entries(operand).flatMap(([operator, texts]) => {
      if (!['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) throw invalid(`Unsupported anything-but pattern: ${operator}`);
      return [texts].flat().map((text) => testOf({ [operator]: text }));
    })
    : [operand].flat().map((value): Test => {
      if (typeof value !== 'string' && typeof value !== 'number') throw invalid('Inside anything but list, only strings and numbers are allowed');
      return testOf(value);
    });
  if (tests.length === 0) throw invalid('Empty arrays are not allowed');
  return (value) => value !== undefined && !tests.some((test) => test(value));
}

function invalid(reason: string): ServiceError {
  return new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
