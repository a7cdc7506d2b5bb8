import type { Again, Answer, CloudFormationEvent, Memo, Outcome } from './events';
import type { Services } from './handler-services';
import { isThrottled } from './service-errors';
import { isLate, tryAgain } from './waits';

/** Handles one event in steps: a step describes the existing resources and performs the next action, so it can be repeated. */
export abstract class EventHandler<State extends Memo = Memo> {
  constructor(protected readonly services: Services, protected readonly event: CloudFormationEvent, protected readonly memo: State) {}

  abstract next(): Promise<Outcome>;

  fail(reason: string, physicalId: string = this.givenId): Answer {
    return { status: 'FAILED', physicalId, reason };
  }

  tryAgain(error: unknown): Again {
    return tryAgain(this.memo, this.services.now(), isThrottled(error));
  }

  /** Whether a response must be sent while CloudFormation still waits for one. */
  get late(): boolean {
    return isLate(this.memo, this.services.now());
  }

  /** The physical ID that the event contains, or the ID of a resource that has none yet. */
  protected get givenId(): string {
    return this.event.PhysicalResourceId ?? this.event.LogicalResourceId;
  }
}
