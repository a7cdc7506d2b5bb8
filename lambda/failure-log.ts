import type { Job } from './handled-job';
import type { HandledKind } from './handled-kinds';
import type { Api } from './handler-services';
import { describeError } from './service-errors';
import { maybeSecret, READABLE_MAPS, withoutKeys } from '../src/validation/secret-values';

/** The number of log streams, such as of instances or of the training jobs of a tuning job, and of the last lines of each. */
const STREAMS = 3;
const LINES = 30;
const LINE_LENGTH = 1000;
const ERROR_LENGTH = 300;
/** Shorter lines of a secret, such as a brace, are no secrets. */
const SHORTEST_LINE = 6;

const HIDDEN = '***';

/** An exception at the end of a traceback, or after a log prefix. */
const EXCEPTION = /(?:^|\s)((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception): \S.*)$/;
/** A line that a logger marks as an error. */
const MARKED = /^(?:\S+\s+){0,3}?\S*?\b(?:ERROR|FATAL|CRITICAL)\b\W*(\S.*)$/;

/**
 * Prints the last lines of a failed job's log, without values that may be secrets, into the log of the function. Returns the line
 * that is the error, if there is one. A log that cannot be read is no error.
 */
export async function printFailureLog(logs: Api, { label, logGroup: logGroupName, logStream }: HandledKind, job: Job): Promise<string | undefined> {
  const title = `${label} '${job.name}'`;
  try {
    const logStreamNamePrefix = job.name + logStream;
    const { logStreams = [] } = await logs.call('DescribeLogStreams', { logGroupName, logStreamNamePrefix, limit: STREAMS });
    const names = (logStreams as { readonly logStreamName: string }[]).map(({ logStreamName }) => logStreamName);
    const tails = await Promise.all(names.map(async (logStreamName) => {
      const { events = [] } = await logs.call('GetLogEvents', { logGroupName, logStreamName, limit: LINES, startFromHead: false });
      return (events as { readonly message: string }[]).map(({ message }) => message.trimEnd()).join('\n');
    }));
    const shown = tails.map((tail) => masked(tail, job.description).split('\n').slice(-LINES).map((line) => line.slice(0, LINE_LENGTH)));
    shown.forEach((lines, index) => {
      if (lines.some((line) => line !== '')) console.log([`${title}: the end of its log ${names[index]}`, ...lines].join('\n'));
    });
    return errorIn(shown.flat());
  } catch (error) {
    console.log(`${title}: its log could not be read: ${describeError(error)}`);
    return undefined;
  }
}

/** Returns the last exception, or the only line that is marked as an error. */
function errorIn(lines: readonly string[]): string | undefined {
  const matches = (pattern: RegExp) => [...new Set(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []))];
  const marked = matches(MARKED);
  const error = matches(EXCEPTION).at(-1) ?? (marked.length === 1 ? marked[0] : undefined);
  return error?.slice(0, ERROR_LENGTH);
}

/**
 * Hides keys, and the values of hyperparameters and variables that may be secrets. Training toolkits print all of them, and SageMaker
 * reports the command with the hyperparameters.
 */
export function masked(text: string, description: unknown): string {
  const forms = [...new Set(secretsIn(description).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), withoutKeys(text, HIDDEN));
}

/** The forms in which a secret is printed: as it is, by lines, and encoded for JSON, for a URL or in Base64. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim()).filter((line) => line.length >= SHORTEST_LINE);
  return [secret, ...lines, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
}

function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, part]) => (READABLE_MAPS.includes(member) ? namedSecrets(part) : secretsIn(part)));
}

/** Returns the values with the names of secrets. A value can be JSON: the hyperparameters of a script are. */
function namedSecrets(values: unknown): string[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) => {
    if (typeof value === 'object') return namedSecrets(value);
    const text = String(value);
    const parsed = parse(text);
    const parts = typeof parsed === 'object' ? namedSecrets(parsed) : typeof parsed === 'string' ? namedSecrets({ [name]: parsed }) : [];
    return [...maybeSecret(name, text) ? [text] : [], ...parts];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
