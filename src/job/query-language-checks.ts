import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import { QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { JobTaskStateOptions } from './job-task-state-options';
import type { RequestStructure } from './request-members';
import { expressionsAndLiterals, isExpression, isPath, partsOf } from './state-value';
import type { Violation } from '../validation/violation';

/** A value of the other language at a path of the request. */
interface Misplaced {
  readonly path: ReadonlyArray<string | number>;
  readonly value: string;
}

/** The options that a state has in only one language. */
const OPTIONS: { readonly [language in QueryLanguage]: ReadonlyArray<keyof JobTaskStateOptions> } = {
  [QueryLanguage.JSON_PATH]: ['inputPath', 'outputPath', 'resultPath', 'resultSelector'],
  [QueryLanguage.JSONATA]: ['outputs'],
};

const NAMES = { [QueryLanguage.JSON_PATH]: 'JSONPath', [QueryLanguage.JSONATA]: 'JSONata' };

/** The advice for a value of the other language, by the language of the state. */
const ADVICE = {
  [QueryLanguage.JSON_PATH]: 'use `sfn.JsonPath`, or specify `queryLanguage: sfn.QueryLanguage.JSONATA`',
  [QueryLanguage.JSONATA]: "use an expression, such as '{% $states.input.day %}'",
};

/**
 * Returns the violations of a state by options and values of the other query language. Step Functions rejects the options, and takes
 * the values literally.
 *
 * @param propertyOf returns the property of a member of the request
 */
export function queryLanguageViolations(
  state: Construct, language: QueryLanguage, props: JobTaskStateOptions, request: RequestStructure, propertyOf: (path: Misplaced['path']) => string,
): Violation[] {
  const other = language === QueryLanguage.JSONATA ? QueryLanguage.JSON_PATH : QueryLanguage.JSONATA;
  const uses = `the state uses ${NAMES[language]}`;
  return [
    ...OPTIONS[other].filter((option) => props[option] !== undefined)
      .map((property) => ({ property, rule: `requires ${NAMES[other]}, but ${uses}` })),
    ...misplaced(state, language, request).map(({ path, value }) => (
      { property: propertyOf(path), rule: `cannot be a value in ${NAMES[other]}, because ${uses}`, value, advice: ADVICE[language] })),
  ];
}

function misplaced(state: Construct, language: QueryLanguage, value: any, path: Misplaced['path'] = []): Misplaced[] {
  const found = language === QueryLanguage.JSONATA ? pathsIn(value).map((part) => String(Stack.of(state).resolve(part))) : expressionsIn(value);
  if (found.length > 0) return [{ path, value: found[0] }];
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return [];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return inner.flatMap(([step, item]) => misplaced(state, language, item, [...path, step]));
}

/** Returns the tokens of `sfn.JsonPath` of which a value consists. */
function pathsIn(value: any): string[] {
  const token = Array.isArray(value) ? Tokenization.reverseList(value)
    : typeof value === 'number' ? Tokenization.reverseNumber(value)
      : Tokenization.isResolvable(value) ? value : undefined;
  const text = token ? Token.asString(token) : value;
  return typeof text === 'string' && Token.isUnresolved(text) ? partsOf(text).filter(isPath) : [];
}

/** Returns the JSONata expressions of a string. Templates of other languages contain no variables of JSONata. */
function expressionsIn(value: unknown): string[] {
  return typeof value === 'string' ? expressionsAndLiterals(value).filter((part) => isExpression(part) && part.includes('$')) : [];
}
