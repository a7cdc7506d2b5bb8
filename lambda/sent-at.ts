import type { CloudFormationEvent } from './events';

/**
 * Returns the time when CloudFormation sent an event, in milliseconds since the epoch: its timeout starts then, and an event may
 * arrive minutes later. No member of the event contains the time, but the response URL was signed at that time. Undefined if the
 * URL is not such a URL.
 */
export function sentAt({ ResponseURL }: CloudFormationEvent): number | undefined {
  const [, signedAt] = /[?&]X-Amz-Date=(\d{8}T\d{6}Z)/.exec(ResponseURL) ?? [];
  return signedAt === undefined ? undefined : Date.parse(signedAt.replace(/^(.{4})(..)(.{5})(..)/, '$1-$2-$3:$4:'));
}
