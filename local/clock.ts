import { setImmediate as turn, setTimeout as realSleep } from 'node:timers/promises';
import { createClock, type Clock as Timers } from '@sinonjs/fake-timers';

/** Settings of a clock. */
export interface ClockOptions {
  /**
   * The number of virtual seconds for each real second.
   * Default: the clock jumps from timer to timer, as fast as the real work in between permits.
   */
  readonly speed?: number;
  /** The time at which the clock starts. Default: the real time. */
  readonly startAt?: Date;
}

/** The longest delay of a JavaScript timer, in milliseconds. A longer delay would fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** The number of turns of the event loop without work after which everything is considered to wait for a timer. */
const IDLE_TURNS = 4;
/** The interval at which a clock with a speed moves, in real milliseconds. */
const TICK = 20;

/**
 * The clock of the local cloud. Every wait of every part (the phases of a job, the waits of a state machine, the retries of an
 * asynchronous invocation, the timeouts of CloudFormation) is a timer of this clock.
 *
 * Time moves only inside `run`, or from `start` to `stop`. It stands still while real work is in progress (`work`): a slow
 * machine makes a test slower but never changes its outcome.
 */
export class Clock {
  /** A `Date` class that returns the time of this clock. */
  readonly Date: typeof Date;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  /** Called with the new time before the timers of that time fire. */
  onMove?: (time: number) => void;

  /** The number of virtual seconds for each real second. Undefined: the clock jumps from timer to timer. */
  readonly speed?: number;

  private readonly timers: Timers;
  private working = 0;
  private runners = 0;
  private driver?: Promise<void>;
  private started = false;
  private ended = false;

  constructor(options: ClockOptions = {}) {
    this.timers = createClock((options.startAt ?? new Date()).getTime(), Infinity);
    this.speed = options.speed;
    this.Date = this.timers.Date as unknown as typeof Date;
    this.setTimeout = ((action: () => void, ms: number) => this.timers.setTimeout(() => {
      this.onMove?.(this.now());
      action();
    }, ms)) as unknown as typeof setTimeout;
    this.clearTimeout = this.timers.clearTimeout as unknown as typeof clearTimeout;
  }

  /** The time, in milliseconds since the epoch. */
  now(): number {
    return this.timers.now;
  }

  /** Waits for any length of virtual time. Rejects with the signal's reason when the signal is aborted. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    let left = ms;
    for (; left > LONGEST_TIMER; left -= LONGEST_TIMER) await this.nap(LONGEST_TIMER, signal);
    await this.nap(left, signal);
  }

  /** Does real work (a process, a request, a file), during which the clock stands still. */
  async work<T>(doing: () => Promise<T>): Promise<T> {
    this.working++;
    try {
      return await doing();
    } finally {
      this.working--;
    }
  }

  /** Suspends the current work: time passes until the caller calls the returned function. */
  pause(): () => void {
    this.working--;
    return () => { this.working++; };
  }

  /** Lets time pass until the promise settles. */
  async run<T>(promise: Promise<T>): Promise<T> {
    this.runners++;
    this.driver ??= this.drive();
    try {
      return await promise;
    } finally {
      this.runners--;
    }
  }

  /** Lets time pass until `stop`, for a server. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.runners++;
    this.driver ??= this.drive();
  }

  /** Stops the clock. The promise settles when time stands still, unless a `run` is still waiting. */
  async stop(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    this.runners--;
    if (this.runners === 0) await this.driver;
  }

  /** Stops time for good, also for waiting callers. */
  end(): void {
    this.ended = true;
  }

  /** Lets a number of milliseconds pass. */
  async advance(ms: number): Promise<void> {
    await this.run(this.sleep(ms));
  }

  /**
   * Moves to a time as fast as the work in between permits, at any speed, and fires the timers until then.
   *
   * @param afterTimer Called after each timer and its effects
   */
  async moveTo(time: number, afterTimer: () => void): Promise<void> {
    let arrived = false;
    // In two steps, so that the timers of that time fire before the second step.
    void this.sleep(time - this.now()).then(() => this.sleep(0)).then(() => { arrived = true; });
    this.runners++;
    try {
      while (!arrived) {
        await this.timers.nextAsync();
        await this.quiet();
        afterTimer();
      }
    } finally {
      this.runners--;
    }
  }

  private get isRunning(): boolean {
    return this.runners > 0 && !this.ended;
  }

  private async nap(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        this.clearTimeout(timer);
        reject(signal!.reason);
      };
      const timer = this.setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  private async drive(): Promise<void> {
    let last = performance.now();
    while (this.isRunning) {
      await this.quiet();
      if (!this.isRunning) break;
      if (this.speed === undefined) {
        if (this.timers.countTimers() > 0) await this.timers.nextAsync();
        else await realSleep(1);
      } else {
        await realSleep(TICK);
        const now = performance.now();
        if (this.working === 0) await this.timers.tickAsync(Math.round(Math.min(now - last, 5 * TICK) * this.speed));
        last = now;
      }
    }
    this.driver = undefined;
  }

  private async quiet(): Promise<void> {
    for (let turns = 0; turns < IDLE_TURNS && this.isRunning; turns++) {
      if (this.working > 0) {
        await realSleep(1);
        turns = -1;
      } else {
        await turn();
      }
    }
  }
}
