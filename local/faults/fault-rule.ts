/** A rule that injects a fault, as plain data: in a test, in a file or on a command line. All wildcards are `*` and `?`. */
export type FaultRule = Effect & {
  /** The name of the fault in outputs. Default: the name of the effect. */
  readonly name?: string;
  /** Default: everything that the effect applies to. */
  readonly match?: FaultMatch;
  /** Default: always. */
  readonly when?: FaultTime;
};

/** The occasions of a fault. All specified members must match. */
export interface FaultMatch {
  /** The service as in IAM actions, such as `sagemaker`; `lambda` for invocations, `cloudformation` for deliveries. Wildcards. */
  readonly service?: string;
  /** The operation, such as `Describe*`; `Invoke` for invocations; `Create`, `Update` or `Delete` for deliveries. Wildcards. */
  readonly operation?: string;
  /** The name or ARN of the resource of a call, the name of an invoked function, or the logical ID of a delivery. Wildcards. */
  readonly resource?: string;
  /** The access key ID of the caller. Wildcards. */
  readonly caller?: string;
  /** The unavailable instance type, for `capacity`. Wildcards. */
  readonly instanceType?: string;
  /** Members of the request by path, such as `ResourceConfig.InstanceType`. Wildcards. */
  readonly input?: { readonly [path: string]: string };
}

/** The time of a fault. All specified members must match. Each rule counts its matching calls, from 1. */
export interface FaultTime {
  readonly nth?: number | readonly number[];
  readonly every?: number;
  readonly first?: number;
  /** Seconds of virtual time since the start, or a date. */
  readonly from?: number | string;
  /** Seconds of virtual time since the start, or a date. */
  readonly until?: number | string;
  /** A number from 0 to 1. The result depends only on the seed. */
  readonly probability?: number;
}

export type Effect =
  /** The call is throttled. */
  | { readonly fault: 'throttle' }
  /** More than `perSecond` calls in a second of virtual time are throttled. */
  | { readonly fault: 'rate-limit'; readonly perSecond: number; readonly burst?: number }
  /** The service returns an error, by default its 500. */
  | { readonly fault: 'error'; readonly code?: string; readonly message?: string; readonly status?: number; readonly afterDeed?: boolean }
  /** The operation is carried out, and the connection breaks before the response. */
  | { readonly fault: 'lost-answer' }
  /** The connection breaks, and the operation is not carried out. */
  | { readonly fault: 'lost-request' }
  /** The call takes a number of seconds of virtual time. */
  | { readonly fault: 'delay'; readonly seconds: number }
  | { readonly fault: 'access-denied' }
  /** The account has reached a service quota. */
  | { readonly fault: 'account-limit' }
  /** SageMaker cannot assume the role of the request yet. */
  | { readonly fault: 'role-not-spread' }
  /**
   * The process of the calling function is killed when the call arrives, or the process of an invocation before its event
   * arrives.
   */
  | { readonly fault: 'kill-before' }
  /**
   * The process of the calling function is killed after the operation, or the process of an invocation before its result arrives.
   */
  | { readonly fault: 'kill-after' }
  /** A created resource is not found for a number of seconds. */
  | { readonly fault: 'stale'; readonly seconds: number }
  /** The description contains an unknown status. */
  | { readonly fault: 'unknown-status'; readonly status: string }
  /** No instances are available. */
  | { readonly fault: 'capacity' }
  /** CloudFormation's event is delivered again after a number of seconds. */
  | { readonly fault: 'duplicate'; readonly seconds?: number }
  /** CloudFormation's event is delivered a number of seconds late. */
  | { readonly fault: 'late'; readonly seconds: number }
  /** CloudFormation's event is delivered after the next one, or a number of seconds late if no other event follows. */
  | { readonly fault: 'reorder'; readonly seconds?: number };

export type EffectName = Effect['fault'];

/** The occasions of an effect: a call of a service, an invocation, CloudFormation's event, the start of instances. */
export type Moment = 'call' | 'invocation' | 'delivery' | 'capacity';

type MemberType = 'number' | 'string' | 'boolean';

interface EffectKind {
  readonly moments: readonly Moment[];
  /** Additional members of the rule. Members whose type ends in `!` are required. */
  readonly members?: { readonly [member: string]: MemberType | `${MemberType}!` };
  /** The affected operations. Default: all. */
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
