import type { CloudFormation } from '../cloudformation';
import type { StackEvent } from '../state';

/**
 * When callers are told that something happened. A caller from outside reads a clock of his own: the CDK's CLI shows the
 * events since it began to look.
 */
export class Times {
  private readonly noted = new Map<string, string>();
  /** Whatever happened before, callers are not told a later time. */
  private readonly began?: string;
  private last = 0;

  /** @param now The time, in milliseconds since the epoch, that callers are told. Default: the time of the events. */
  constructor(cloudFormation: CloudFormation, private readonly now?: () => number) {
    if (!now) return;
    this.began = new Date(now()).toISOString();
    cloudFormation.on('event', ({ eventId }) => this.note(eventId));
  }

  /** Something with this id has happened: after whatever happened before, even where that is the same millisecond. */
  note(id: string): void {
    if (!this.now) return;
    this.last = Math.max(this.now(), this.last + 1);
    this.noted.set(id, new Date(this.last).toISOString());
  }

  ofEvent({ eventId, timestamp }: StackEvent): string {
    return this.told(eventId, timestamp);
  }

  ofChangeSet({ changeSetId, creationTime }: { readonly changeSetId: string; readonly creationTime: string }): string {
    return this.told(changeSetId, creationTime);
  }

  private told(id: string, time: string): string {
    return this.noted.get(id) ?? (this.began !== undefined && time > this.began ? this.began : time);
  }
}
