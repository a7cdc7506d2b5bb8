import { describeError, JobError } from './errors';
import type { Job } from './job';
import type { Kind } from './kinds';
import { RequestError } from './request';
import { sentence } from './sentence';

/** Why a job is no result, with the way to its logs. */
export function failureReason(kind: Kind, job: Job, region: string, shortfall?: string): string {
  const { SecondaryStatus: secondary, FailureReason: reason } = job.description;
  const status = secondary && secondary !== job.status ? `${job.status} (${secondary})` : job.status;
  const why = [reason, shortfall].filter((text) => text).map(sentence).join(' ');
  return `${sentence(`${kind.label} '${job.name}' ended as ${status}${why ? `: ${why}` : ''}`)} ${logs(kind, job.name, region)}`;
}

/** Why a job could not be started. */
export function notStarted(kind: Kind, jobName: string, request: object, error: unknown): string {
  const reason = describeError(explained(kind.operations.create, request, error));
  return sentence(`${kind.label} '${jobName}' could not be started: ${reason}`);
}

/**
 * The error to go on with when an operation is refused for its request: it says what the service says, which properties
 * that is about, and where the request is documented. Every other error stays as it is.
 */
export function explained(operation: string, request: object, error: unknown): unknown {
  const places = error instanceof RequestError ? error.places : undefined;
  if (!places && (error as Error).name !== 'ValidationException') return error;
  // A file of its own, which is read only now: no function that starts has to wait for it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { explain } = require('./refusal') as typeof import('./refusal');
  return new JobError(explain(operation, request, describeError(error), places));
}

/** Where the logs of a job are. */
export function logs(kind: Pick<Kind, 'logGroup'>, jobName: string, region: string): string {
  const console = region.startsWith('cn-') ? 'console.amazonaws.cn' : region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
  return `Logs: https://${region}.${console}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${part(kind.logGroup)}`
    + `$3FlogStreamNameFilter$3D${part(jobName)}`;
}

/** The console of CloudWatch encodes what stands after the # twice, with $ for the second %. */
function part(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replace(/%/g, '$');
}
