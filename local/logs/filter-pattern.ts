import { ServiceError } from '../api/service-error';

/** Whether an event matches a filter pattern. */
export type MessageFilter = (message: string) => boolean;

interface Term {
  readonly sign: '' | '?' | '-';
  readonly finds: MessageFilter;
}

const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|(\S+))(?=\s|$)/y;

/** Parses a filter pattern of terms: Amazon CloudWatch Logs User Guide, Filter pattern syntax. */
export function readFilterPattern(pattern: string): MessageFilter {
  const trimmed = pattern.trim();
  if (/^[{[]/.test(trimmed)) throw invalid('Filter patterns for JSON and space-delimited events are not emulated by the local cloud.');
  const terms = termsOf(trimmed);
  const isChoice = terms.length > 0 && terms.every(({ sign }) => sign === '?');
  if (isChoice) return (message) => terms.some(({ finds }) => finds(message));
  // Among other terms, a term with a question mark is ignored.
  return (message) => terms.every(({ sign, finds }) => finds(message) === (sign !== '-'));
}

function termsOf(pattern: string): Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < pattern.length;) {
    TERM.lastIndex = at;
    const [text, sign, phrase, expression, word] = TERM.exec(pattern) ?? [];
    if (text === undefined) throw invalid(`Invalid filter pattern: '${pattern}'`);
    terms.push({ sign: sign as Term['sign'], finds: finder(phrase, expression, word) });
    at = TERM.lastIndex + /^\s*/.exec(pattern.slice(TERM.lastIndex))![0].length;
  }
  return terms;
}

function finder(phrase: string | undefined, expression: string | undefined, word: string): MessageFilter {
  if (phrase !== undefined) {
    const text = phrase.replace(/\\(.)/g, '$1');
    return (message) => message.includes(text);
  }
  if (expression !== undefined) return regularExpression(expression);
  if (!/^\w+$/.test(word)) throw invalid(`Invalid character(s) in term '${word}'`);
  return (message) => message.includes(word);
}

/** The service supports these characters, but no groups. */
function regularExpression(expression: string): MessageFilter {
  if (!/^(?:[\w:#=@/;,\-^$?[\]{}|*+. ]|\\.)+$/.test(expression)) throw invalid(`Invalid regular expression: '${expression}'`);
  try {
    const regExp = new RegExp(expression);
    return (message) => regExp.test(message);
  } catch {
    throw invalid(`Invalid regular expression: '${expression}'`);
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
