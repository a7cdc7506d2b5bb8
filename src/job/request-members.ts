import { type Duration, type Size, SizeRoundingBehavior, Token, Tokenization } from 'aws-cdk-lib';

/** A structure of a request, in the member names of the API. */
export interface RequestStructure {
  [member: string]: any;
}

/** Returns a list or a map of a request, or nothing for an empty one: the service refuses most of those. */
export function nonEmpty<T extends object>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}

/**
 * A map of strings of a request, from values that users may write as numbers and booleans. Numbers that are none are left to
 * the checks. TypeScript adds undefined values to the objects of an array whose names differ.
 */
export function stringMap(values: { readonly [name: string]: string | number | boolean | undefined } | undefined): { [name: string]: string } | undefined {
  if (values === undefined || Token.isUnresolved(values)) return values as { [name: string]: string } | undefined;
  return nonEmpty(Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, stringOf(value)]]))));
}

function stringOf(value: string | number | boolean): string {
  return typeof value === 'number' ? Tokenization.stringifyNumber(value) : typeof value === 'boolean' ? String(value) : value;
}

/** Returns a structure of a request, or nothing where none of its members is given. */
export function structure(members: RequestStructure): RequestStructure | undefined {
  return Object.values(members).some((value) => value !== undefined) ? members : undefined;
}

/** The seconds of a duration. A part of a second is left to the checks, which name the property. */
export function secondsOf(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}

/** The gibibytes of a size. A part of a gibibyte is left to the checks, which name the property. */
export function gibibytesOf(size: Size | undefined): number | undefined {
  return size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
}
