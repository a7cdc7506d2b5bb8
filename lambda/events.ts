/** An event that CloudFormation sends to the function. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  /** A pre-signed URL. Every principal that knows it can respond to CloudFormation, so it is never logged. */
  readonly ResponseURL: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly StackId: string;
  /** Present in Update and Delete events. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Record<string, unknown>;
  /** Present in Update events. */
  readonly OldResourceProperties?: Record<string, unknown>;
}

/** SageMaker's response to a call: its output, or the error of a repeated call. */
export interface KnownAnswer {
  /** The name or the ARN that the call refers to. */
  readonly about?: string;
  readonly output?: Record<string, any>;
  readonly error?: { readonly name: string; readonly message: string };
}

/** The state that the steps of an execution pass on. */
export interface Memo {
  /**
   * The time when CloudFormation sent the event, or when the event arrived if the former is unknown; in milliseconds since the
   * epoch.
   */
  readonly sentAt: number;
  /** The time of the first step. */
  begunAt?: number;
  /** Whether the event is current: when the execution began, no later event for the resource had been delivered. */
  confirmedCurrent?: boolean;
  /** Whether other executions for the resource must be ended. */
  ending?: boolean;
  /** The hashes of the events of those executions. The jobs that they started may not be listed yet. */
  ended?: string[];
  /** Whether another event for the resource, possibly a later one, started the job that this event would start. */
  contested?: boolean;
  /** The time after which none of the invocations of the ended executions is running. */
  drainedAt?: number;
  /** Whether the previous event may have no response. */
  unanswered?: boolean;
  /** Whether executions were listed after the listing delay. */
  settled?: boolean;
  /** The job that this execution tracks. */
  jobName?: string;
  /** The time when the execution began to track the job. */
  trackedSince?: number;
  /** The time when all jobs of a deleted resource had ended. */
  endedAt?: number;
  /** Whether tags and other members that change in place were updated. */
  inPlace?: boolean;
  /** The number of consecutive steps with a transient failure. */
  consecutiveFailures?: number;
  /** The answers that the previous step received before a call failed transiently. */
  answers?: { readonly [call: string]: KnownAnswer };
  /** The reason for the failure to report, once the job has stopped. */
  failure?: string;
  /** Whether a step failed repeatedly. If that happens again, the failure is reported, whatever the state of the job. */
  crashed?: boolean;
  /** Whether the event is done: a step after the last one has no work. */
  readonly done?: boolean;
}

/** The input and the output of a step of the state machine. */
export interface Step {
  readonly event: CloudFormationEvent;
  readonly memo: Memo;
  /** Whether the execution is complete: CloudFormation has a response, or no longer waits for one. */
  readonly done?: boolean;
  /** The number of seconds until the next step. */
  readonly wait?: number;
  /** The number of redrives of the execution. */
  readonly redriven?: number;
  /** Set by the state machine after repeated failures of a step. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

/** The response to CloudFormation. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  readonly reason?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** The step failed transiently. The next step tries again after this number of seconds. */
export interface Again {
  readonly wait: number;
  readonly again: true;
}

/** The outcome of a step: a response, a number of seconds to wait, or nothing, because CloudFormation no longer waits. */
export type Outcome = Answer | Again | { readonly wait: number } | { readonly overtaken: true };
