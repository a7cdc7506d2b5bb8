import type { FaultTime } from './fault-rule';
import type { Clock } from '../clock';
import { fraction } from '../fraction';

/** Decides when a rule applies. */
export class Timing {
  private readonly startedAt: number;
  private count = 0;

  /** @param seed The seed of random decisions */
  constructor(private readonly time: FaultTime, private readonly clock: Clock, private readonly seed: string) {
    this.startedAt = clock.now();
  }

  /** Whether the rule applies to this occasion. Counts the occasion. */
  strikes(): boolean {
    this.count++;
    const { nth, every, first, from, until, probability } = this.time;
    const now = this.clock.now();
    return (nth === undefined || [nth].flat().includes(this.count))
      && (every === undefined || this.count % every === 0)
      && (first === undefined || this.count <= first)
      && (from === undefined || now >= this.at(from))
      && (until === undefined || now < this.at(until))
      && (probability === undefined || fraction(`${this.seed}/${this.count}`) < probability);
  }

  private at(time: number | string): number {
    return typeof time === 'string' ? Date.parse(time) : this.startedAt + time * 1000;
  }
}
