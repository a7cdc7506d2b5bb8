import type { Json } from '../services';
import { invalid } from './cloudformation-error';
import { isObject, type JsonObject } from '../json';

const LOOP = /^Fn::ForEach::([A-Za-z0-9]+)$/;

/** Whether a member of a template is a loop. */
export function isLoop(member: string): boolean {
  return member.startsWith('Fn::ForEach::');
}

/**
 * Replaces the loops of a template by their results.
 *
 * @param collection Resolves the collection of a loop, which cannot read resources
 */
export function withoutLoops(value: Json, collection: (value: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => withoutLoops(item, collection));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [member, item] of Object.entries(value)) {
    for (const [key, content] of isLoop(member) ? iterations(member, item, collection) : [[member, withoutLoops(item, collection)] as const]) {
      if (Object.hasOwn(result, key)) throw invalid(`Template error: Fn::ForEach creates ${key} more than once`);
      result[key] = content;
    }
  }
  return result;
}

function iterations(member: string, argument: Json, collection: (value: Json) => Json): Array<readonly [string, Json]> {
  if (!LOOP.test(member)) throw invalid(`Template error: the name of the loop ${member} must be alphanumeric`);
  const [identifier, values, output, ...others] = Array.isArray(argument) ? argument : [];
  if (typeof identifier !== 'string' || values === undefined || !isObject(output) || others.length > 0) {
    throw invalid(`Template error: ${member} requires an identifier, a collection and a map`);
  }
  const list = collection(values);
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) throw invalid(`Template error: the collection of ${member} must be a list of strings`);
  return list.flatMap((item) => Object.entries(withoutLoops(replaced(output, identifier, item), collection) as JsonObject));
}

/** Replaces the identifier of a loop. `&{Identifier}` removes all characters that a logical ID cannot have. */
function replaced(value: Json, identifier: string, item: string): Json {
  const text = (string: string) => string.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, item.replace(/[^A-Za-z0-9]/g, ''));
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((member) => replaced(member, identifier, item));
  if (!isObject(value)) return value;
  if (value.Ref === identifier && Object.keys(value).length === 1) return item;
  return Object.fromEntries(Object.entries(value).map(([member, content]) => [text(member), replaced(content, identifier, item)]));
}
