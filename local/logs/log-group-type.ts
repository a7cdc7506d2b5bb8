import type { NativeType, PhysicalContext } from '../cloudformation';
import type { CloudWatchLogs } from './cloud-watch-logs';
import { checkRetention } from './log-group';

interface LogGroupProperties {
  readonly KmsKeyId?: string;
  readonly LogGroupClass?: string;
  readonly RetentionInDays?: number | string;
}

/**
 * AWS::Logs::LogGroup, which creates groups in CloudWatch Logs.
 *
 * @param type The CloudFormation type
 * @param isRestoring Whether the state of an earlier process is being restored: a service may already have written to the group
 */
export function logGroupType(type: NativeType, logs: CloudWatchLogs, isRestoring: () => boolean): NativeType {
  return {
    ...type,
    isForgotten: true,
    put({ physicalId, properties, previous }: PhysicalContext) {
      const { KmsKeyId: kmsKeyId, LogGroupClass: logGroupClass, RetentionInDays: days } = properties as LogGroupProperties;
      const retention = days === undefined ? undefined : Number(days);
      checkRetention(retention);
      const isThere = previous !== undefined || isRestoring() && logs.has(physicalId);
      if (!isThere) logs.createGroup(physicalId, { ...kmsKeyId && { kmsKeyId }, ...logGroupClass && { logGroupClass } });
      logs.retain(physicalId, retention);
    },
    actual({ physicalId, properties }) {
      if (!logs.has(physicalId)) return undefined;
      const { RetentionInDays: _, ...others } = properties;
      const days = logs.retentionOf(physicalId);
      return { ...others, ...days !== undefined && { RetentionInDays: days } };
    },
    remove({ physicalId }) {
      if (logs.has(physicalId)) logs.deleteGroup(physicalId);
    },
  };
}
