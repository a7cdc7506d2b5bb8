import type { AccessRequest } from '../policy';
import type { Permissions } from './permissions';

/** Operations on a stream. All others are on a group. */
const ON_STREAMS = ['DeleteLogStream', 'GetLogEvents', 'PutLogEvents'];

/** Permissions for calls of CloudWatch Logs: Service Authorization Reference, Amazon CloudWatch Logs. */
export const permissionsOfLogs: Permissions = (operation, input, { region, account }) => {
  const { logGroupName, logGroupIdentifier, logGroupIdentifiers, logStreamName } = input as { readonly [member: string]: unknown };
  const groups = [logGroupIdentifiers ?? logGroupName ?? logGroupIdentifier ?? '*'].flat().map((group) => {
    const name = String(group);
    return name.startsWith('arn:') ? name : `arn:aws:logs:${region}:${account}:log-group:${name}`;
  });
  return groups.map((group): AccessRequest => ({
    action: `logs:${operation}`,
    resource: ON_STREAMS.includes(operation) ? `${group}:log-stream:${String(logStreamName)}` : group,
    context: {},
  }));
};
