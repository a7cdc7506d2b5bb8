import { Token, Tokenization } from 'aws-cdk-lib';
import { JsonPath, QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import type { RequestStructure } from './request-members';
import { expressionsAndLiterals, isExpression, isPath, partsOf } from './state-value';

/** The syntax of a query language in the parameters of a task state. */
export interface StateSyntax {
  /** The expression for a unique string of 32 hexadecimal digits, which depends on the execution, on the entry of the state and on the attempt. */
  readonly hash: string;
  /** The expression for a unique string of 12 hexadecimal digits. */
  readonly shortHash: string;
  /** Concatenates literals and expressions. */
  concatenate(...parts: string[]): string;
  /** Returns the request as checks accept it, with a token for each expression. */
  checkable(request: RequestStructure): RequestStructure;
  /** Returns the request in the syntax of the language. */
  render(request: RequestStructure): RequestStructure;
}

/** JSONPath: expressions are tokens of `JsonPath`. */
const JSON_PATH: StateSyntax = {
  get hash() {
    return JsonPath.hash(JsonPath.format('{} {} {}', JsonPath.executionId, JsonPath.stateEnteredTime, JsonPath.stateRetryCount), 'MD5');
  },
  // Intrinsic functions cannot shorten a hash, but they can split a UUID.
  get shortHash() {
    return JsonPath.arrayGetItem(JsonPath.stringSplit(JsonPath.uuid(), '-'), 4);
  },
  concatenate: (...parts) => parts.join(''),
  checkable: (request) => request,
  render: (request) => mapStrings(request, formatted, (list) => (list.some((item) => typeof item === 'string' && isPath(item)) ? JsonPath.array(...list) : list)),
};

const EXECUTION_HASH = "$hash($states.context.Execution.Id & ' ' & $states.context.State.EnteredTime & ' ' & $states.context.State.RetryCount, 'MD5')";

/** JSONata: expressions are strings between `{%` and `%}`. */
const JSONATA: StateSyntax = {
  hash: `{% ${EXECUTION_HASH} %}`,
  shortHash: `{% $substring(${EXECUTION_HASH}, 0, 12) %}`,
  concatenate: (...parts) => joined(parts.flatMap(expressionsAndLiterals)),
  checkable: (request) => mapStrings(request, checkableText),
  // Step Functions evaluates a string only if it is an expression as a whole.
  render: (request) => mapStrings(request, (text) => joined(expressionsAndLiterals(text))),
};

/** Returns the syntax of a query language. */
export function syntaxOf(language: QueryLanguage = QueryLanguage.JSON_PATH): StateSyntax {
  return language === QueryLanguage.JSONATA ? JSONATA : JSON_PATH;
}

/** Returns a string of literals and paths as an intrinsic function, because a parameter is either a literal or a path. */
function formatted(text: string): string {
  const parts = Token.isUnresolved(text) ? partsOf(text) : [];
  if (parts.length < 2 || !parts.some(isPath)) return text;
  const template = parts.map((part) => (isPath(part) ? '{}' : Token.isUnresolved(part) ? part : part.replace(/[{}]/g, '\\$&')));
  return JsonPath.format(template.join(''), ...parts.filter(isPath));
}

/** Returns a token for a string with JSONata expressions. */
export function checkableText(text: string): string {
  return expressionsAndLiterals(text).some(isExpression) ? Token.asString({ Ref: 'expression' }) : text;
}

/** Returns literals and expressions as one literal or expression. */
function joined(parts: readonly string[]): string {
  return parts.length > 1 && parts.some(isExpression) ? `{% ${parts.map(operand).join(' & ')} %}` : parts.join('');
}

/** Returns a part of a concatenation in JSONata, whose strings have no escape sequence for a single quote. */
function operand(part: string): string {
  return isExpression(part) ? `(${part.slice(2, -2).trim()})` : `'${part.replace(/\\/g, '\\\\').replace(/'/g, '\\u0027')}'`;
}

/** Returns a value with other strings and lists at every depth. */
function mapStrings(value: any, changeString: (text: string) => string, changeList: (list: any[]) => unknown = (list) => list): any {
  if (typeof value === 'string') return changeString(value);
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) ? value : changeList(value.map((item) => mapStrings(item, changeString, changeList)));
  }
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, changeString, changeList)]));
}
