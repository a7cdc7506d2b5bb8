/** What CloudFormation sends to the function. */
export interface CloudFormationEvent {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly RequestId: string;
  /** A pre-signed URL: whoever has it can answer in our place. It is never logged. */
  readonly ResponseURL: string;
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly StackId: string;
  /** Given with Update and Delete. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Record<string, unknown>;
  /** Given with Update. */
  readonly OldResourceProperties?: Record<string, unknown>;
}

/** What the steps of one execution remember. */
export interface Memo {
  /** When CloudFormation sent the event, or where it does not say, when the event arrived; in milliseconds since the epoch. */
  readonly sentAt: number;
  /** When the first step ran. */
  begunAt?: number;
  /** CloudFormation waits for this event: when it began, no later event for the resource had been delivered. */
  awaited?: boolean;
  /** Other executions work for the resource, and are to be ended. */
  ending?: boolean;
  /** They were ended; from this time on none of their invocations is under way. */
  quietFrom?: number;
  /** It was looked for them when every one that could be under way was to be seen. */
  settled?: boolean;
  /** The job that this execution looks after. */
  jobName?: string;
  /** When the execution began to look after the job. */
  jobSince?: number;
  /** Tags and what else can change in place are as the event wants them. */
  inPlace?: boolean;
  /** How many steps in a row could not do their work and will try again. */
  troubles?: number;
  /** Why the event will be answered with a failure, once the job has stopped. */
  failure?: string;
}

/** The input and the output of one step of the state machine. */
export interface Step {
  readonly event: CloudFormationEvent;
  readonly memo: Memo;
  /** Nothing is left to do: CloudFormation has its answer, or does not listen any more. */
  readonly done?: boolean;
  /** Seconds to wait until the next step. */
  readonly wait?: number;
  /** Set by the state machine when a step failed again and again. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

/** The answer to CloudFormation. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  readonly reason?: string;
  readonly attributes?: Record<string, string | number | boolean>;
}

/** What a step comes to: an answer, so many seconds to wait, or nothing, because CloudFormation does not listen any more. */
export type Outcome = Answer | { readonly wait: number } | { readonly overtaken: true };
