import type { Api } from './handler-services';
import { describeError } from './service-errors';
import { maybeSecret, READABLE_MAPS, withoutKeys } from '../src/validation/secret-values';

/** The job whose log is read. */
export interface LoggedJob {
  /** The name in messages, such as `Training job 'x'`. */
  readonly label: string;
  readonly logGroup: string;
  /** The beginning of the names of its log streams. */
  readonly streamPrefix: string;
  readonly description: Record<string, any>;
}

/** The number of log streams, such as of instances or of the training jobs of a tuning job, and of the last lines of each. */
const STREAMS = 3;
const LINES = 30;
const LINE_LENGTH = 1000;
const ERROR_LENGTH = 300;

const HIDDEN = '***';

/** An exception at the end of a traceback, or after a log prefix. */
const EXCEPTION = /(?:^|\s)((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception): \S.*)$/;
/** A line that a logger marks as an error. */
const MARKED = /^(?:\S+\s+){0,3}?\S*?\b(?:ERROR|FATAL|CRITICAL)\b\W*(\S.*)$/;

/**
 * Prints the last lines of a failed job's log, without values that may be secrets, into the log of the function. Returns the line
 * that is the error, if there is one. A log that cannot be read is no error.
 */
export async function printFailureLog(logs: Api, job: LoggedJob): Promise<string | undefined> {
  try {
    const { logGroup: logGroupName, streamPrefix: logStreamNamePrefix } = job;
    const { logStreams = [] } = await logs.call('DescribeLogStreams', { logGroupName, logStreamNamePrefix, limit: STREAMS });
    const names = (logStreams as { readonly logStreamName: string }[]).map(({ logStreamName }) => logStreamName);
    const tails = await Promise.all(names.map(async (logStreamName) => {
      const { events = [] } = await logs.call('GetLogEvents', { logGroupName, logStreamName, limit: LINES, startFromHead: false });
      return (events as { readonly message: string }[]).map(({ message }) => message.trimEnd()).join('\n');
    }));
    const shown = tails.map((tail) => masked(tail, job.description).split('\n').slice(-LINES).map((line) => line.slice(0, LINE_LENGTH)));
    shown.forEach((lines, index) => {
      if (lines.some((line) => line !== '')) console.log([`${job.label}: the end of its log ${names[index]}`, ...lines].join('\n'));
    });
    return errorIn(shown.flat());
  } catch (error) {
    console.log(`${job.label}: its log could not be read: ${describeError(error)}`);
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

/** Hides keys, and the values of hyperparameters and variables that may be secrets. Training toolkits print all of them. */
function masked(text: string, description: unknown): string {
  const secrets = secretsIn(description).sort((a, b) => b.length - a.length);
  return withoutKeys(secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text), HIDDEN);
}

function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([member, part]) => {
    if (!READABLE_MAPS.includes(member)) return secretsIn(part);
    return Object.entries((part ?? {}) as Record<string, string>).filter(([name, text]) => maybeSecret(name, text)).map(([, text]) => text);
  });
}
