import type { Job } from './handled-job';
import type { HandledKind } from './handled-kinds';
import { describeError, withFullStop } from './service-errors';
import { toJobError } from './to-job-error';

/** Returns the reason why a job has no result, with the error in its log and the link to it. */
export function failureReason(kind: HandledKind, job: Job, region: string, missingResult?: string, logged?: string): string {
  const { SecondaryStatus: secondary, FailureReason: reason } = job.description;
  const status = secondary && secondary !== job.status ? `${job.status} (${secondary})` : job.status;
  const told = [reason, kind.furtherReason?.(job.description), missingResult].filter((text) => text).map(withFullStop).join(' ');
  const why = logged === undefined || told.includes(logged) ? told : `${told} Its log says: ${withFullStop(logged)}`.trim();
  return `${withFullStop(`${kind.label} '${job.name}' ended as ${status}${why ? `: ${why}` : ''}`)} ${logs(kind, job.name, region)}`;
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
