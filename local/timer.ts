import { type Clock, LONGEST_TIMER } from './clock';

/** A timer of any length. A training job can run for 28 days; JavaScript timers end after 24. */
export class Timer {
  private timeout?: ReturnType<typeof setTimeout>;

  constructor(private readonly clock: Clock, ms: number, action: () => void) {
    this.arm(ms, action);
  }

  cancel(): void {
    this.clock.clearTimeout(this.timeout);
  }

  private arm(ms: number, action: () => void): void {
    this.timeout = this.clock.setTimeout(ms > LONGEST_TIMER ? () => this.arm(ms - LONGEST_TIMER, action) : action, Math.min(ms, LONGEST_TIMER));
  }
}
