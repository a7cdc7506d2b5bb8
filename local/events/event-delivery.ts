import { randomUUID } from 'node:crypto';
import type { EventBridgeOptions } from './event-bridge';
import type { InvokePermissions } from './invoke-permissions';
import type { Iam } from '../iam';
import type { Functions } from '../services';
import type { SqsQueues } from '../sqs';

export interface DeliveryOptions {
  readonly functions: Pick<Functions, 'invokeAsync'>;
  readonly permissions: InvokePermissions;
  readonly queues: SqsQueues;
  readonly iam: Pick<Iam, 'canAssume' | 'refusal'>;
}

const PRINCIPAL = 'events.amazonaws.com';

/** Delivers events to functions and queues, if their own policies or the role of the target allow it. */
export function deliveryTo({ functions, permissions, queues, iam }: DeliveryOptions): EventBridgeOptions['deliver'] {
  return ({ Arn: arn, RoleArn: roleArn, SqsParameters: parameters }, ruleArn, input) => {
    const source = { 'aws:SourceArn': ruleArn, 'aws:SourceAccount': ruleArn.split(':')[4] };
    const byRole = (action: string) => {
      if (!iam.canAssume(roleArn!, PRINCIPAL, ruleArn)) throw new Error(`EventBridge cannot assume the role ${roleArn}.`);
      const refusal = iam.refusal({ roleArn: roleArn!, sessionName: randomUUID().replaceAll('-', '') }, { action, resource: arn, context: {} });
      if (refusal !== undefined) throw new Error(refusal);
    };
    switch (arn.split(':')[2]) {
      case 'lambda':
        if (roleArn !== undefined) byRole('lambda:InvokeFunction');
        else if (!permissions.allow(arn, PRINCIPAL, source)) throw new Error(`No permission allows ${PRINCIPAL} to invoke ${arn} for ${ruleArn}.`);
        functions.invokeAsync(arn, input);
        break;
      case 'sqs':
        if (roleArn !== undefined) byRole('sqs:SendMessage');
        else if (!queues.allow(arn, PRINCIPAL, source)) throw new Error(`The policy of ${arn} does not allow ${PRINCIPAL} to send messages for ${ruleArn}.`);
        queues.queueAt(arn).send(JSON.stringify(input), parameters?.MessageGroupId);
        break;
      default: throw new Error(`The local cloud delivers events to functions and queues, not to ${arn}.`);
    }
  };
}
