import type { Clock } from '../../clock';
import { Timer } from '../../timer';

/** The instances that a completed job retains for the next one. */
export class WarmPool {
  private status: 'InUse' | 'Available' | 'Terminated' = 'InUse';
  private retainedAt?: number;
  private retainedSeconds?: number;
  private timer?: Timer;

  constructor(private readonly clock: Clock, private keepAliveSeconds: number) {}

  get available(): boolean {
    return this.status === 'Available';
  }

  get updatable(): boolean {
    return this.status !== 'Terminated';
  }

  /** Retains the instances after the job has completed. */
  retain(): void {
    this.status = 'Available';
    this.retainedAt = this.clock.now();
    this.keepAlive(this.keepAliveSeconds);
  }

  /** Changes the retention period. 0 releases the instances. */
  keepAlive(seconds: number): void {
    this.keepAliveSeconds = seconds;
    if (this.retainedAt === undefined) return;
    this.timer?.cancel();
    const left = this.retainedAt + seconds * 1000 - this.clock.now();
    if (left <= 0) this.terminate();
    else this.timer = new Timer(this.clock, left, () => this.terminate());
  }

  terminate(): void {
    this.status = 'Terminated';
    this.timer?.cancel();
    if (this.retainedAt !== undefined) this.retainedSeconds = Math.round((this.clock.now() - this.retainedAt) / 1000);
  }

  describe() {
    return {
      Status: this.status,
      ...this.retainedSeconds === undefined ? {} : { ResourceRetainedBillableTimeInSeconds: this.retainedSeconds },
    };
  }
}
