import type { CloudFormation } from '../cloudformation';
import type { StackEvent } from '../state';

/**
 * The times of events in responses. A caller from outside reads its own clock: the CDK CLI shows only events since it began to
 * poll.
 */
export class Times {
  private readonly noted = new Map<string, string>();
  /** The upper limit for the times of earlier events in responses. */
  private readonly began?: string;
  private last = 0;

  /** @param now The time in responses, in milliseconds since the epoch. Default: the time of the events */
  constructor(cloudFormation: CloudFormation, private readonly now?: () => number) {
    if (!now) return;
    this.began = new Date(now()).toISOString();
    cloudFormation.on('event', ({ eventId }) => this.note(eventId));
  }

  /** Records the time of an event by ID. It is later than the times of all earlier events, even in the same millisecond. */
  note(id: string): void {
    if (!this.now) return;
    this.last = Math.max(this.now(), this.last + 1);
    this.noted.set(id, new Date(this.last).toISOString());
  }

  ofEvent({ eventId, timestamp }: StackEvent): string {
    return this.reported(eventId, timestamp);
  }

  ofChangeSet({ changeSetId, creationTime }: { readonly changeSetId: string; readonly creationTime: string }): string {
    return this.reported(changeSetId, creationTime);
  }

  private reported(id: string, time: string): string {
    return this.noted.get(id) ?? (this.began !== undefined && time > this.began ? this.began : time);
  }
}
