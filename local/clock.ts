import { setImmediate as turn, setTimeout as realSleep } from 'node:timers/promises';
import { createClock, type Clock as Timers } from '@sinonjs/fake-timers';

/** How a clock moves while somebody waits for it. */
export interface ClockOptions {
  /**
   * Virtual seconds for each real second.
   * Default: the clock jumps from timer to timer, as fast as the real work in between allows.
   */
  readonly speed?: number;
  /** The time at which the clock starts. Default: the real time. */
  readonly startAt?: Date;
}

/** The longest delay of a JavaScript timer, in milliseconds; a longer one would fire at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** So many turns of the event loop without any work mean that everything waits for a timer. */
const QUIET_TURNS = 4;
/** How often a clock with a speed is moved, in real milliseconds. */
const TICK = 20;

/**
 * The one clock of the local cloud. Every wait of every part (a job's phases, a state machine's waits, the retries of an
 * asynchronous invocation, CloudFormation's timeouts) is a timer of this clock.
 *
 * Time moves only inside `run`, or from `start` to `stop`, and it stands still while real work is under way (`work`): a
 * slow machine makes a test slower but never changes what happens in it.
 */
export class Clock {
  /** The `Date` class that tells this clock's time. */
  readonly Date: typeof Date;
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  /** Told the time before what is due then happens. */
  onMove?: (time: number) => void;

  private readonly timers: Timers;
  private readonly speed?: number;
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

  /** Waits in virtual time, however long; rejects with the signal's reason when that is aborted. */
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

  /** In the midst of work: time passes until the given function is called, as if this work were not under way. */
  pause(): () => void {
    this.working--;
    return () => { this.working++; };
  }

  /** Lets time pass until the promise is settled. */
  async run<T>(promise: Promise<T>): Promise<T> {
    this.runners++;
    this.driver ??= this.drive();
    try {
      return await promise;
    } finally {
      this.runners--;
    }
  }

  /** Lets time pass until `stop`, whether anybody waits or not: for a server. */
  start(): void {
    if (this.started) return;
    this.started = true;
    this.runners++;
    this.driver ??= this.drive();
  }

  /** Ends what `start` began; it is settled when time stands still, unless somebody waits for something. */
  async stop(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    this.runners--;
    if (this.runners === 0) await this.driver;
  }

  /** No time passes any more, whoever waits. */
  end(): void {
    this.ended = true;
  }

  /** Lets so much time pass. */
  async advance(ms: number): Promise<void> {
    await this.run(this.sleep(ms));
  }

  /**
   * Moves to a time as fast as the work in between allows, whatever the speed, and lets happen what is due until then.
   *
   * @param afterTimer What is done after each timer and what follows from it.
   */
  async moveTo(time: number, afterTimer: () => void): Promise<void> {
    let arrived = false;
    // In two steps, so that what is due at that time comes before the second one.
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
    for (let turns = 0; turns < QUIET_TURNS && this.isRunning; turns++) {
      if (this.working > 0) {
        await realSleep(1);
        turns = -1;
      } else {
        await turn();
      }
    }
  }
}
