import type { Json } from '../services';
import { functionOf, getAttArguments, PLACEHOLDER } from './intrinsics';

/** A reference of a value to a resource, a parameter, or an attribute of a resource. */
export interface Reference {
  readonly name: string;
  readonly attribute?: Json;
}

/**
 * Yields the references inside a value.
 *
 * @param condition Evaluates a condition. If specified, only the branch of an `Fn::If` that is used counts
 */
export function* references(value: Json, condition?: (name: string) => boolean): Generator<Reference> {
  if (typeof value !== 'object' || value === null) return;
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Ref') {
    yield { name: String(argument) };
  } else if (name === 'Fn::GetAtt') {
    const [logicalId, attribute] = getAttArguments(argument!);
    yield { name: logicalId, attribute };
    yield* references(attribute, condition);
  } else if (name === 'Fn::Sub') {
    const [template, variables] = Array.isArray(argument) ? argument : [argument!, {}];
    const own = Object.keys(variables as object);
    for (const [, placeholder] of String(template).matchAll(PLACEHOLDER)) {
      if (own.includes(placeholder) || placeholder.startsWith('!')) continue;
      if (!placeholder.includes('.')) {
        yield { name: placeholder };
      } else {
        const [logicalId, attribute] = getAttArguments(placeholder);
        yield { name: logicalId, attribute };
      }
    }
    yield* references(variables, condition);
  } else if (name === 'Fn::If' && condition && Array.isArray(argument) && argument.length === 3) {
    yield* references(condition(String(argument[0])) ? argument[1] : argument[2], condition);
  } else {
    for (const member of Object.values(value)) yield* references(member, condition);
  }
}
