import { describeError } from './errors';
import type { Job } from './job';
import type { Kind } from './kinds';

/** Why a job is no result, with the way to its logs. */
export function failureReason(kind: Kind, job: Job, region: string, shortfall?: string): string {
  const { SecondaryStatus: secondary, FailureReason: reason } = job.description;
  const status = secondary && secondary !== job.status ? `${job.status} (${secondary})` : job.status;
  const why = [reason, shortfall].filter((text) => text).map(sentence).join(' ');
  return `${sentence(`${kind.label} '${job.name}' ended as ${status}${why ? `: ${why}` : ''}`)} ${logs(kind, job.name, region)}`;
}

/** Why a job could not be started; where the service refuses the request, with the way to what it says of it. */
export function notStarted(kind: Kind, jobName: string, error: unknown): string {
  const reason = sentence(`${kind.label} '${jobName}' could not be started: ${describeError(error)}`);
  const isRefused = (error as Error).name === 'ValidationException';
  return isRefused ? `${reason} The request: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_${kind.operations.create}.html` : reason;
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

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
