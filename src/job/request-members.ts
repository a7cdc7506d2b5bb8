import { type Duration, type Size, SizeRoundingBehavior, type TagManager, Token, Tokenization } from 'aws-cdk-lib';
import { pathOfNumber } from './state-value';

/** A structure of a request, with the member names of the API. */
export interface RequestStructure {
  [member: string]: any;
}

/** Returns a list or a map of a request, or nothing if it is empty: SageMaker rejects most empty ones. */
export function nonEmpty<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}

/**
 * Converts the values of a map to strings. Users may specify numbers and booleans. Checks report numbers that are not finite.
 * TypeScript adds undefined values to the objects of an array whose names differ.
 */
export function stringMap(
  values: { readonly [name: string]: string | number | boolean | undefined } | undefined,
): { [name: string]: string } | undefined {
  if (values === undefined || Token.isUnresolved(values)) return values as { [name: string]: string } | undefined;
  return nonEmpty(Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, stringOf(value)]]))));
}

function stringOf(value: string | number | boolean): string {
  // A parameter of a state converts a number only if its path is part of a string.
  if (typeof value === 'number') return pathOfNumber(value) ?? Tokenization.stringifyNumber(value);
  return typeof value === 'boolean' ? String(value) : value;
}

/** Returns a request with tags, sorted by their keys. */
export function withTags(request: RequestStructure, tags: TagManager): RequestStructure {
  const sorted = Object.entries(tags.tagValues()).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...request, Tags: nonEmpty(sorted.map(([Key, Value]) => ({ Key, Value }))) };
}

/** Returns a structure of a request, or nothing if none of its members is specified. */
export function structure(members: RequestStructure): RequestStructure | undefined {
  return Object.values(members).some((value) => value !== undefined) ? members : undefined;
}

/** Returns the seconds of a duration. Checks report fractions of a second, with the property. */
export function secondsOf(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}

/** Returns the mebibytes of a size. Checks report fractions of a mebibyte, with the property. */
export function mebibytesOf(size: Size | undefined): number | undefined {
  return size?.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** Returns the gibibytes of a size. Checks report fractions of a gibibyte, with the property. */
export function gibibytesOf(size: Size | undefined): number | undefined {
  return size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}
