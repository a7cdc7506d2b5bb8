import { EventBridge } from './event-bridge';
import { deliveryTo } from './event-delivery';
import { executionStatusEvent } from './execution-status-event';
import { InvokePermissions, permissionType } from './invoke-permissions';
import { ruleType } from './rule-type';
import { lifecycleConfigEvent, sageMakerEvent } from './sagemaker-event';
import type { Service } from '../api/service';
import type { Clock } from '../clock';
import { NATIVE_TYPES, type NativeType } from '../cloudformation';
import type { Iam } from '../iam';
import type { SageMaker } from '../sagemaker';
import type { Functions } from '../services';
import { queuePolicyType, SqsQueues, queueType } from '../sqs';
import type { LocalStateMachines } from '../stepfunctions';

export interface EventServicesOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  readonly functions: Pick<Functions, 'invokeAsync'>;
  readonly iam: Pick<Iam, 'canAssume' | 'refusal'>;
}

/** EventBridge of an account and Region, and the queues that it delivers to. */
export class EventServices {
  readonly eventBridge: EventBridge;
  readonly queues: SqsQueues;
  private readonly permissions = new InvokePermissions();

  constructor(private readonly options: EventServicesOptions) {
    const { functions, iam, ...place } = options;
    this.queues = new SqsQueues(options.clock);
    this.eventBridge = new EventBridge({ ...place, deliver: deliveryTo({ functions, iam, permissions: this.permissions, queues: this.queues }) });
  }

  get services(): Service[] {
    return [this.eventBridge, this.queues];
  }

  /** The resource types of these services. */
  get resourceTypes(): { readonly [type: string]: NativeType } {
    return {
      'AWS::Events::Rule': ruleType(NATIVE_TYPES['AWS::Events::Rule'], this.eventBridge),
      'AWS::Lambda::Permission': permissionType(NATIVE_TYPES['AWS::Lambda::Permission'], this.permissions),
      'AWS::SQS::Queue': queueType(NATIVE_TYPES['AWS::SQS::Queue'], this.queues),
      'AWS::SQS::QueuePolicy': queuePolicyType(NATIVE_TYPES['AWS::SQS::QueuePolicy'], this.queues),
    };
  }

  /** Starts sending events. */
  listen(sagemaker: SageMaker, stateMachines: LocalStateMachines): void {
    sagemaker.on('transition', (transition) => {
      const event = sageMakerEvent(transition, sagemaker.tagsOf(transition.jobArn));
      if (event) this.eventBridge.send(event);
    });
    sagemaker.on('lifecycleConfig', (change) => this.eventBridge.send(lifecycleConfigEvent(change, sagemaker.tagsOf(change.arn))));
    stateMachines.on('status', (execution) => this.eventBridge.send(executionStatusEvent(execution, this.options.clock.now())));
  }
}
