import type { Clock } from './clock';

/** The longest delay of a JavaScript timer; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** A timer of any length: a training job may run for 28 days, JavaScript's own timers end after 24. */
export class Timer {
  private timeout?: ReturnType<typeof setTimeout>;

  constructor(private readonly clock: Clock, ms: number, action: () => void) {
    this.arm(ms, action);
  }

  cancel(): void {
    this.clock.clearTimeout(this.timeout);
  }

  private arm(ms: number, action: () => void): void {
    this.timeout = this.clock.setTimeout(ms > LONGEST ? () => this.arm(ms - LONGEST, action) : action, Math.min(ms, LONGEST));
  }
}

/** Waits in virtual time; rejects with the signal's reason when that is aborted. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  for (let left = ms; left > 0; left -= LONGEST) await clock.sleep(Math.min(left, LONGEST), signal);
}
