import type { Job } from './handled-job';
import type { HandledKind } from './handled-kinds';
import type { Services } from './handler-services';
import { describeError, withFullStop } from './service-errors';
import { toJobError } from './to-job-error';

/**
 * Prints the end of a job's log. Returns the reason why the job has no result, with the error in its log and the link to it, but
 * without values that may be secrets.
 */
export async function failureReason(services: Services, kind: HandledKind, job: Job, missingResult?: string): Promise<string> {
  // A separate file that is loaded only here, so that it does not slow down each start of the function.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { masked, printFailureLog } = require('./failure-log') as typeof import('./failure-log');
  const logged = services.logs && await printFailureLog(services.logs, kind, job);
  const { SecondaryStatus: secondary, FailureReason: reason } = job.description;
  const status = secondary && secondary !== job.status ? `${job.status} (${secondary})` : job.status;
  const told = masked([reason, kind.furtherReason?.(job.description), missingResult].filter((text) => text).map(withFullStop).join(' '), job.description);
  const why = logged === undefined || told.includes(logged) ? told : `${told} Its log says: ${withFullStop(logged)}`.trim();
  return `${withFullStop(`${kind.label} '${job.name}' ended as ${status}${why ? `: ${why}` : ''}`)} ${logs(kind, job.name, services.region)}`;
}

/** Returns the reason why a job could not be started. */
export function notStarted(kind: HandledKind, jobName: string, request: object, error: unknown): string {
  const reason = describeError(toJobError(kind.operations.create, request, error));
  return withFullStop(`${kind.label} '${jobName}' could not be started: ${reason}`);
}

/** Returns the link to the logs of a job. */
export function logs(kind: Pick<HandledKind, 'logGroup'>, jobName: string, region: string): string {
  const console = region.startsWith('cn-') ? 'console.amazonaws.cn' : region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
  return `Logs: https://${region}.${console}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encoded(kind.logGroup)}`
    + `$3FlogStreamNameFilter$3D${encoded(jobName)}`;
}

/** The CloudWatch console encodes the fragment twice, with $ for the second %. */
function encoded(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replace(/%/g, '$');
}
