import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isToken } from '../validation/request-values';

/** Returns the JSON of a value: a token only if the value contains one, so that rules can check all other values. */
export function jsonOf(scope: Construct, value: unknown): string {
  const stack = Stack.of(scope);
  const json = stack.toJsonString(value);
  return containsToken(value) ? json : stack.resolve(json);
}

function containsToken(value: unknown): boolean {
  if (isToken(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, member]) => isToken(key) || containsToken(member));
}
