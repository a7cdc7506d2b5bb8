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
  /** The seed of random decisions. Default: 0. */
  readonly seed?: number;
}

/** An injected fault. */
export interface InjectedFault {
  readonly name: string;
  readonly rule: FaultRule;
  /** The number of faults of this rule, from 1. */
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

/** The time for which an event waits for the next one to overtake it, in seconds. */
const OVERTAKING = 60;

/** Injects faults by rules. If several rules match, the first one applies. */
export class Faults extends EventEmitter<{ fault: [InjectedFault] }> {
  /** All injected faults, oldest first. */
  readonly injected: InjectedFault[] = [];

  private readonly clock: Clock;
  private readonly armed: readonly Armed[];
  /** The time until which a resource is not found, by name. */
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

  /** Returns the fault of a call. */
  readonly onCall: FaultHook = (service, operation, input, _n, caller) => {
    const occasion: Occasion = { moment: 'call', service, operation, resource: resourceOf(operation, input), caller, input };
    const rule = this.strike(occasion);
    if (rule?.fault === 'stale') this.hidden.set(occasion.resource.toLowerCase(), this.clock.now() + rule.seconds * 1000);
    return rule && callFault(rule, occasion);
  };

  /** Returns the fault of an invocation. */
  readonly onInvocation: InvocationFaultHook = (functionName, event) => {
    const input = isObject(event) ? event : {};
    const occasion: Occasion = { moment: 'invocation', service: 'lambda', operation: 'Invoke', resource: functionName, caller: '', input };
    const rule = this.strike(occasion);
    return rule && invocationFault(rule, occasion);
  };

  /** Delivers CloudFormation's events to the functions of custom resources. */
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

  /** Whether instances of a type are available for a request. */
  readonly hasCapacity: Capacity = (operation, instanceType, input) => this.strike(
    { moment: 'capacity', service: 'sagemaker', operation, resource: resourceOf(operation, input), caller: '', instanceType, input },
  ) === undefined;

  /** Whether an existing resource is not found yet. */
  readonly isHidden = (name: string): boolean => this.clock.now() < (this.hidden.get(name.toLowerCase()) ?? 0);

  private strike(occasion: Occasion): FaultRule | undefined {
    const striking = this.armed
      .filter(({ rule }) => concerns(rule, occasion))
      .filter(({ timing }) => timing.strikes())
      .find(({ bucket }) => !bucket?.tryTake());
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
      // The function may have been deleted with its stack.
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
