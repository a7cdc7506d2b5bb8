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

/** What SageMaker has answered to a call: its output, or the error that it will answer with again. */
export interface KnownAnswer {
  /** The name or the ARN that the call was about. */
  readonly about?: string;
  readonly output?: Record<string, any>;
  readonly error?: { readonly name: string; readonly message: string };
}

/** What the steps of one execution remember. */
export interface Memo {
  /** When CloudFormation sent the event, or where it does not say, when the event arrived; in milliseconds since the epoch. */
  readonly sentAt: number;
  /** When the first step ran. */
  begunAt?: number;
  /** The event is current: when the execution began, no later event for the resource had been delivered. */
  confirmedCurrent?: boolean;
  /** Other executions work for the resource, and are to be ended. */
  ending?: boolean;
  /** The hashes of the events of those executions: what they have started may not be listed yet. */
  ended?: string[];
  /** Another event for the resource has started the job that this one would start: it may be a later one. */
  contested?: boolean;
  /** They were ended, and none of their invocations is under way after this time. */
  drainedAt?: number;
  /** Set once executions were listed after the listing delay. */
  settled?: boolean;
  /** The job that this execution tracks. */
  jobName?: string;
  /** When the execution began to track the job. */
  trackedSince?: number;
  /** Tags and other members that change in place were updated. */
  inPlace?: boolean;
  /** How many steps in a row have failed for a transient reason. */
  consecutiveFailures?: number;
  /** What the step before has read until a call failed for a reason that may pass. */
  answers?: { readonly [call: string]: KnownAnswer };
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
  /** How often the execution was redriven. */
  readonly redriven?: number;
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

/** The step could not do its work for a reason that may pass: the next one tries again after so many seconds. */
export interface Again {
  readonly wait: number;
  readonly again: true;
}

/** What a step comes to: an answer, so many seconds to wait, or nothing, because CloudFormation does not listen any more. */
export type Outcome = Answer | Again | { readonly wait: number } | { readonly overtaken: true };

/** Handles one event, a step at a time: a step describes what exists and does the next thing, so that it can be repeated. */
export interface EventHandler {
  /** An answer must go out while CloudFormation still waits for one. */
  readonly late: boolean;
  next(): Promise<Outcome>;
  fail(reason: string): Answer;
  tryAgain(error: unknown): Again;
}
