import { type IResolvable, Token, Tokenization } from 'aws-cdk-lib';
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

/** Returns the JSONata expressions of a string, each between `{%` and `%}`, and the literals between them, in order. */
export function expressionsAndLiterals(text: string): string[] {
  return text.split(/(\{%.*?%\})/s).filter((part) => part !== '');
}

/** Whether one of these parts is an expression. */
export function isExpression(part: string): boolean {
  return part.startsWith('{%') && part.endsWith('%}');
}

/** Returns the pattern of all strings that a string with values of a state can become: an asterisk in place of each path or expression. */
export function asPattern(text: string): string {
  if (text.includes('{%')) return expressionsAndLiterals(text).map((part) => (isExpression(part) ? '*' : part)).join('');
  return containsPath(text) ? partsOf(text).map((part) => (isPath(part) ? '*' : part)).join('') : text;
}

/** The tokens of strings, and whether each is a path. Most of them, such as the partition, are in hundreds of ARNs. */
const PATHS = new WeakMap<IResolvable, boolean>();

function containsPath(text: string): boolean {
  return Token.isUnresolved(text) && Tokenization.reverseString(text).tokens.some((token) => {
    const isItPath = PATHS.get(token) ?? isPath(Token.asString(token));
    PATHS.set(token, isItPath);
    return isItPath;
  });
}

/** Whether a string is a value of a state as a whole. */
export function isStateValue(text: string): boolean {
  return text !== '*' && asPattern(text) === '*';
}

/** Returns the patterns of ARNs, without the ARNs that are values of a state as a whole: their pattern would cover all resources. */
export function arnPatterns(arns: readonly string[]): string[] {
  return arns.flatMap((arn) => {
    const pattern = asPattern(arn);
    return pattern === '*' && arn !== '*' ? [] : [pattern];
  });
}
