import type { CloudFormationEvent } from './events';

/**
 * Returns the time when CloudFormation sent an event, in milliseconds since the epoch: its timeout starts then, and an event may
 * arrive minutes later. No member of the event contains the time, but the response URL was signed at that time. Undefined if the
 * URL is not such a URL.
 */
export function sentAt({ ResponseURL }: CloudFormationEvent): number | undefined {
  const [, date, time] = /[?&]X-Amz-Date=(\d{8})T(\d{6})Z/.exec(ResponseURL) ?? [];
  if (!date) return undefined;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  return Date.parse(`${year}-${month}-${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
}
