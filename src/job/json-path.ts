import { Token, Tokenization } from 'aws-cdk-lib';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';

/** Whether a string is a token of `JsonPath`, which Step Functions replaces when it enters a state. */
export function isPath(text: string): boolean {
  return Token.isUnresolved(text) && JsonPath.isEncodedJsonPath(text);
}

/** Returns a number of `JsonPath` as a string. Undefined for other numbers. */
export function pathOfNumber(value: number): string | undefined {
  const token = Tokenization.reverseNumber(value);
  const path = token && Token.asString(token);
  return path !== undefined && isPath(path) ? JsonPath.format('{}', path) : undefined;
}

/** Returns the literals and the tokens of a string, in order. */
export function partsOf(text: string): string[] {
  return [Tokenization.reverseString(text).join({ join: (left, right) => [...[left].flat(), right] })].flat();
}

/** Returns the pattern of all strings that a string with paths can become: an asterisk in place of each path. */
export function asPattern(text: string): string {
  const parts = Token.isUnresolved(text) ? partsOf(text) : [];
  return parts.some(isPath) ? parts.map((part) => (isPath(part) ? '*' : part)).join('') : text;
}
