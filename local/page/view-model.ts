/**
 * The JSON that the page reads. Times are milliseconds since the epoch, on the clock of the local cloud. Values that may be
 * secrets are masked.
 */
export interface CloudView {
  readonly account: string;
  readonly region: string;
  readonly now: number;
  /** The number of virtual seconds for each real second. Undefined: all waits are skipped. */
  readonly speed?: number;
  /** All stacks, the deleted ones too, in the order of their creation. */
  readonly stacks: readonly StackView[];
  /** All jobs, the deleted ones too, in the order of their creation. */
  readonly jobs: readonly JobView[];
  /** The latest calls that changed something or failed, oldest first. */
  readonly calls: readonly CallView[];
  /** The latest faults of invocations, deliveries and capacity, oldest first. A fault of a call is part of the call. */
  readonly faults: readonly FaultView[];
}

export interface StackView {
  readonly id: string;
  readonly name: string;
  /** Such as `aws://111122223333/us-east-1`. */
  readonly environment: string;
  /** The ID of the stack that contains this nested stack. */
  readonly parentId?: string;
  readonly status: string;
  readonly isInProgress: boolean;
  /** The first reason of the last failure. */
  readonly failure?: string;
  readonly outputs: ReadonlyArray<{ readonly key: string; readonly value: string }>;
  /** The resources of the template, and the ones that the stack still has, in the order of their states. */
  readonly resources: readonly ResourceView[];
  /** The latest events, oldest first. */
  readonly events: readonly EventView[];
}

export interface ResourceView {
  readonly logicalId: string;
  /** The path of the construct in its stack. */
  readonly name: string;
  readonly type: string;
  /** Undefined if no operation has begun. */
  readonly status?: string;
  readonly reason?: string;
  readonly physicalId?: string;
  readonly time?: number;
}

export interface EventView {
  readonly id: string;
  readonly time: number;
  readonly logicalId: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  /** Whether it is an event of the stack itself. */
  readonly isOfStack: boolean;
}

/** A status of a job. */
export interface PhaseView {
  readonly name: string;
  readonly from: number;
  /** Undefined: it has not ended. A final status ends when it begins. */
  readonly to?: number;
  readonly message?: string;
}

/** A period in which a custom resource waits for a job. */
export interface WindowView {
  readonly logicalId: string;
  readonly name: string;
  readonly from: number;
  readonly to?: number;
  /** The status of the resource in or after the period. */
  readonly status: string;
}

export interface JobView {
  readonly arn: string;
  readonly name: string;
  /** The noun of its operations, such as `TrainingJob`. */
  readonly kind: string;
  readonly environment: string;
  /** The stack that owns the job, and its resource in the stack. The training jobs of a tuning job have no resource. */
  readonly stackId?: string;
  readonly logicalId?: string;
  /** The path of the construct in its stack. */
  readonly constructName?: string;
  /** The ARN of the tuning job that launched it. */
  readonly parentArn?: string;
  readonly status: string;
  readonly isRunning: boolean;
  readonly hasFailed: boolean;
  readonly phases: readonly PhaseView[];
  readonly windows: readonly WindowView[];
  /** The training jobs of a tuning job, and the best value of its objective. */
  readonly progress?: { readonly ended: number; readonly total?: number; readonly metric?: string; readonly best?: number };
}

export interface CallView {
  readonly id: number;
  readonly time: number;
  /** The name of the function, or `client`. */
  readonly caller: string;
  readonly service: string;
  readonly operation: string;
  readonly resource: string;
  /** The error, if it failed. */
  readonly error?: string;
  /** Whether a fault was injected. */
  readonly isFaulty: boolean;
  readonly jobArn?: string;
  readonly stackId?: string;
}

export interface FaultView {
  readonly id: number;
  readonly time: number;
  readonly name: string;
  readonly operation: string;
  readonly resource: string;
  readonly jobArn?: string;
  readonly stackId?: string;
}

/** The description, the metrics and the log of a job. */
export interface JobDetails {
  readonly arn: string;
  readonly failureReason?: string;
  /** The values of the description by path, such as `ResourceConfig.InstanceType`. */
  readonly description: ReadonlyArray<{ readonly path: string; readonly value: string }>;
  readonly metrics: ReadonlyArray<{ readonly name: string; readonly value: number }>;
  /** The latest lines, oldest first. */
  readonly log: readonly LogLine[];
}

export interface LogLine {
  readonly id: number;
  readonly time: number;
  readonly text: string;
}
