import type { CloudFormationEvent } from './events';

/**
 * When CloudFormation sent an event, in milliseconds since the epoch: its clock began to run then, and an event may
 * arrive minutes later. No member of the event tells, but the URL for the response was signed at that time. Undefined:
 * the URL is not one of these.
 */
export function sentAt({ ResponseURL }: CloudFormationEvent): number | undefined {
  const [, date, time] = /[?&]X-Amz-Date=(\d{8})T(\d{6})Z/.exec(ResponseURL) ?? [];
  if (!date) return undefined;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  return Date.parse(`${year}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
}
