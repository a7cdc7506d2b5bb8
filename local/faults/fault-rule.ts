/**
 * What is to go wrong, as plain data: in a test, in a file or on a command line. All wildcards are `*` and `?`.
 */
export type FaultRule = Effect & {
  /** What the fault is called where it is shown. Default: the name of the effect. */
  readonly name?: string;
  /** Default: everything that the effect can happen to. */
  readonly match?: FaultMatch;
  /** Default: always. */
  readonly when?: FaultTime;
};

/** To what it happens. All that is given has to hold. */
export interface FaultMatch {
  /** As in IAM actions, such as `sagemaker`; `lambda` for invocations, `cloudformation` for deliveries. Wildcards. */
  readonly service?: string;
  /** Such as `Describe*`; `Invoke` for invocations, `Create`, `Update` or `Delete` for deliveries. Wildcards. */
  readonly operation?: string;
  /** Name or ARN of what the call is about; the function's name of an invocation, the logical id of a delivery. Wildcards. */
  readonly resource?: string;
  /** Who calls, by the access key id. Wildcards. */
  readonly caller?: string;
  /** What there are no instances of, for `capacity`. Wildcards. */
  readonly instanceType?: string;
  /** Members of the request by their paths, such as `ResourceConfig.InstanceType`. Wildcards. */
  readonly input?: { readonly [path: string]: string };
}

/** When it happens. All that is given has to hold; calls are counted for each rule, from 1, as far as they match. */
export interface FaultTime {
  readonly nth?: number | readonly number[];
  readonly every?: number;
  readonly first?: number;
  /** Seconds of virtual time since the start, or a date. */
  readonly from?: number | string;
  /** Seconds of virtual time since the start, or a date. */
  readonly until?: number | string;
  /** From 0 to 1; what comes out depends on the seed only. */
  readonly probability?: number;
}

/** What happens. */
export type Effect =
  /** The call is throttled. */
  | { readonly fault: 'throttle' }
  /** Calls are throttled that are more than so many in a second of virtual time. */
  | { readonly fault: 'rate-limit'; readonly perSecond: number; readonly burst?: number }
  /** The service fails, by default with its 500. */
  | { readonly fault: 'error'; readonly code?: string; readonly message?: string; readonly status?: number; readonly afterDeed?: boolean }
  /** The deed is done, and the connection breaks before the answer. */
  | { readonly fault: 'lost-answer' }
  /** The connection breaks, and nothing is done. */
  | { readonly fault: 'lost-request' }
  /** The call takes so many seconds of virtual time. */
  | { readonly fault: 'delay'; readonly seconds: number }
  | { readonly fault: 'access-denied' }
  /** The account has reached a limit of the service. */
  | { readonly fault: 'account-limit' }
  /** SageMaker cannot assume the role of the request yet. */
  | { readonly fault: 'role-not-spread' }
  /** The process of the calling function is killed when the call arrives, or that of an invocation before its event arrives. */
  | { readonly fault: 'kill-before' }
  /** The process of the calling function is killed when the deed is done, or that of an invocation before its result arrives. */
  | { readonly fault: 'kill-after' }
  /** What is created is not found for so many seconds. */
  | { readonly fault: 'stale'; readonly seconds: number }
  /** The description tells of a status that nobody knows. */
  | { readonly fault: 'unknown-status'; readonly status: string }
  /** There are no instances for what is created or started. */
  | { readonly fault: 'capacity' }
  /** CloudFormation's event is delivered again, so many seconds later. */
  | { readonly fault: 'duplicate'; readonly seconds?: number }
  /** CloudFormation's event is delivered so many seconds late. */
  | { readonly fault: 'late'; readonly seconds: number }
  /** CloudFormation's event is delivered after the next one, or so many seconds late where no other comes. */
  | { readonly fault: 'reorder'; readonly seconds?: number };

export type EffectName = Effect['fault'];

/** What effects happen to: a call of a service, an invocation, CloudFormation's event, the start of instances. */
export type Moment = 'call' | 'invocation' | 'delivery' | 'capacity';

type MemberType = 'number' | 'string' | 'boolean';

interface EffectKind {
  readonly moments: readonly Moment[];
  /** What the rule may say besides; what ends in `!` it has to. */
  readonly members?: { readonly [member: string]: MemberType | `${MemberType}!` };
  /** The operations that it can happen to. Default: all. */
  readonly operation?: string;
}

export const EFFECTS: Readonly<Record<EffectName, EffectKind>> = {
  'throttle': { moments: ['call', 'invocation'] },
  'rate-limit': { moments: ['call', 'invocation'], members: { perSecond: 'number!', burst: 'number' } },
  'error': { moments: ['call', 'invocation'], members: { code: 'string', message: 'string', status: 'number', afterDeed: 'boolean' } },
  'lost-answer': { moments: ['call'] },
  'lost-request': { moments: ['call'] },
  'delay': { moments: ['call', 'invocation'], members: { seconds: 'number!' } },
  'access-denied': { moments: ['call'] },
  'account-limit': { moments: ['call'], operation: 'Create*' },
  'role-not-spread': { moments: ['call'], operation: 'Create*' },
  'kill-before': { moments: ['call', 'invocation'] },
  'kill-after': { moments: ['call', 'invocation'] },
  'stale': { moments: ['call'], operation: 'Create*', members: { seconds: 'number!' } },
  'unknown-status': { moments: ['call'], operation: 'Describe*', members: { status: 'string!' } },
  'capacity': { moments: ['capacity'] },
  'duplicate': { moments: ['delivery'], members: { seconds: 'number' } },
  'late': { moments: ['delivery'], members: { seconds: 'number!' } },
  'reorder': { moments: ['delivery'], members: { seconds: 'number' } },
};
