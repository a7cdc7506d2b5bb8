import type { Call } from '../api/service';
import type { StackEvent } from '../cloudformation';
import type { InjectedFault } from '../faults';
import type { JobTransition } from '../sagemaker';
import { redact, redactText } from './redact';

/** A line with the virtual time of an event. Line feeds become spaces, so that the output can be filtered by line. */
export function timed(time: Date | string, text: string): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} | ${text.replace(/\s*\n\s*/g, ' ')}`;
}

/**
 * A stack event in the format of the CDK CLI.
 *
 * @param place Where it is: empty, or an environment and a space
 */
export function stackLine(
  { stackName, timestamp, resourceStatus, resourceType, logicalResourceId, resourceStatusReason }: StackEvent, place = '',
): string {
  const columns = [place + stackName, resourceStatus.padEnd(20), resourceType.padEnd(34), logicalResourceId];
  return timed(timestamp, `${columns.join(' | ')}${resourceStatusReason ? ` | ${redactText(resourceStatusReason)}` : ''}`);
}

/** @param place Where it is: empty, or an environment and a space */
export function jobLine({ kind, jobName, status, secondaryStatus, message, time }: JobTransition, place = ''): string {
  return timed(time, `${place}${kind} ${jobName}: ${phaseOf({ status, secondaryStatus })}${message ? ` (${redactText(message)})` : ''}`);
}

const RUNNING = /^(starting|in_?progress|stopping|pending|deleting|updating)$/i;

/** Whether a job or a notebook instance with this status changes it by itself. */
export function isRunning(status: string): boolean {
  return RUNNING.test(status);
}

/** The status of a job, with its secondary status. */
export function phaseOf({ status, secondaryStatus }: Pick<JobTransition, 'status' | 'secondaryStatus'>): string {
  return secondaryStatus && secondaryStatus !== status ? `${status}, ${secondaryStatus}` : status;
}

/** @param caller the name of the caller */
export function callLine({ service, operation, outcome, fault, time }: Call, caller: string): string {
  const result = 'error' in outcome ? `${outcome.error.code}${outcome.error.message ? `: ${outcome.error.message}` : ''}` : 'ok';
  return timed(time, `${caller} > ${service}:${operation} > ${redactText(result)}${fault ? ' | fault injected' : ''}`);
}

export function faultLine({ name, n, occasion: { service, operation, resource }, time }: InjectedFault): string {
  return timed(time, `fault ${name}, occurrence ${n}: ${service}:${operation}${resource ? ` ${resource}` : ''}`);
}

/** The request and the response of a call, without secrets. */
export function bodyLines({ input, outcome, time }: Call): string[] {
  const answer = 'output' in outcome ? [`  response: ${JSON.stringify(redact(outcome.output))}`] : [];
  return [`  request:  ${JSON.stringify(redact(input))}`, ...answer].map((line) => timed(time, line));
}
