import { EventEmitter } from 'node:events';
import { callFault, invocationFault } from './effects';
import type { FaultRule } from './fault-rule';
import { concerns, type Occasion, resourceOf } from './occasion';
import { Timing } from './timing';
import type { FaultHook } from '../api/service';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';
import type { Deliver } from '../cloudformation';
import { isObject } from '../json';
import type { InvocationFaultHook } from '../lambda';
import { TokenBucket } from '../quotas/token-bucket';
import type { Capacity } from '../sagemaker/capacity';

export interface FaultsOptions {
  readonly clock: Clock;
  /** What is left to chance depends on it only. Default: 0. */
  readonly seed?: number;
}

/** A fault that has happened. */
export interface InjectedFault {
  readonly name: string;
  readonly rule: FaultRule;
  /** How often this rule has struck, from 1. */
  readonly n: number;
  readonly occasion: Omit<Occasion, 'input'>;
  readonly time: Date;
}

interface Armed {
  readonly rule: FaultRule;
  readonly timing: Timing;
  readonly bucket?: TokenBucket;
  struck: number;
}

/** How long an event waits for the next one that is to overtake it, in seconds. */
const OVERTAKING = 60;

/** Makes happen what rules say. Where several rules strike at once, the first one does. */
export class Faults extends EventEmitter<{ fault: [InjectedFault] }> {
  /** All that have happened, oldest first. */
  readonly injected: InjectedFault[] = [];

  private readonly clock: Clock;
  private readonly armed: readonly Armed[];
  /** Until when a resource is not found, by its name. */
  private readonly hidden = new Map<string, number>();
  /** Events that wait for the next one to overtake them. */
  private overtaken: (() => void)[] = [];

  constructor(rules: readonly FaultRule[], { clock, seed = 0 }: FaultsOptions) {
    super();
    this.clock = clock;
    this.armed = rules.map((rule, index) => ({
      rule,
      timing: new Timing(rule.when ?? {}, clock, `${seed}/${index}`),
      bucket: rule.fault === 'rate-limit' ? new TokenBucket(clock, rule.perSecond, rule.burst ?? Math.max(1, rule.perSecond)) : undefined,
      struck: 0,
    }));
  }

  /** What happens to a call of a service. */
  readonly onCall: FaultHook = (service, operation, input, _n, caller) => {
    const occasion: Occasion = { moment: 'call', service, operation, resource: resourceOf(operation, input), caller, input };
    const rule = this.strike(occasion);
    if (rule?.fault === 'stale') this.hidden.set(occasion.resource.toLowerCase(), this.clock.now() + rule.seconds * 1000);
    return rule && callFault(rule, occasion);
  };

  /** What happens to an invocation of a function. */
  readonly onInvocation: InvocationFaultHook = (functionName, event) => {
    const input = isObject(event) ? event : {};
    const occasion: Occasion = { moment: 'invocation', service: 'lambda', operation: 'Invoke', resource: functionName, caller: '', input };
    const rule = this.strike(occasion);
    return rule && invocationFault(rule, occasion);
  };

  /** How CloudFormation's events reach the functions of custom resources. */
  readonly deliver: Deliver = (event, invoke) => {
    const { RequestType: operation, LogicalResourceId: resource, StackId: caller } = event;
    const rule = this.strike({ moment: 'delivery', service: 'cloudformation', operation, resource, caller, input: event });
    if (rule?.fault === 'reorder') {
      this.holdBack(invoke, rule.seconds ?? OVERTAKING);
      return;
    }
    if (rule?.fault === 'late') this.later(rule.seconds, invoke);
    else invoke();
    if (rule?.fault === 'duplicate') this.later(rule.seconds ?? 0, invoke);
    for (const release of this.overtaken.splice(0)) release();
  };

  /** Whether there are instances of a type for what a request creates or starts. */
  readonly hasCapacity: Capacity = (operation, instanceType, input) => this.strike(
    { moment: 'capacity', service: 'sagemaker', operation, resource: resourceOf(operation, input), caller: '', instanceType, input },
  ) === undefined;

  /** Whether a resource that exists is not found yet. */
  readonly isHidden = (name: string): boolean => this.clock.now() < (this.hidden.get(name.toLowerCase()) ?? 0);

  private strike(occasion: Occasion): FaultRule | undefined {
    const striking = this.armed
      .filter(({ rule }) => concerns(rule, occasion))
      .filter(({ timing }) => timing.strikes())
      .find(({ bucket }) => !bucket?.take());
    if (!striking) return undefined;
    const { rule } = striking;
    const { input: _, ...where } = occasion;
    const injected = { name: rule.name ?? rule.fault, rule, n: ++striking.struck, occasion: where, time: new Date(this.clock.now()) };
    this.injected.push(injected);
    this.emit('fault', injected);
    return rule;
  }

  private later(seconds: number, action: () => void): void {
    void this.clock.sleep(seconds * 1000).then(action).catch((error: unknown) => {
      // The function may be gone with its stack by then.
      if (!(error instanceof ServiceError)) throw error;
    });
  }

  private holdBack(invoke: () => void, seconds: number): void {
    let delivered = false;
    const once = () => {
      if (!delivered) invoke();
      delivered = true;
    };
    this.overtaken.push(once);
    this.later(seconds, once);
  }
}
