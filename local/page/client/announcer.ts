import { titleOf } from './activity';
import type { CloudView } from '../view-model';

/** Announces to screen readers when an operation on a stack or a job ends, and nothing else. */
export class Announcer {
  private inProgress?: Map<string, string>;

  constructor(private readonly region: HTMLElement) {}

  show({ stacks, jobs }: CloudView): void {
    const before = this.inProgress;
    const states = [
      ...stacks.map(({ id, name, status, isInProgress, failure }) => ({ id, isInProgress, text: `Stack ${name}: ${status}${failure ? `. ${failure}` : ''}` })),
      ...jobs.filter(({ parentArn }) => parentArn === undefined).map((job) => ({ id: job.arn, isInProgress: job.isRunning, text: `Job ${titleOf(job)}: ${job.status}` })),
    ];
    this.inProgress = new Map(states.filter(({ isInProgress }) => isInProgress).map(({ id, text }) => [id, text]));
    const ended = states.filter(({ id, isInProgress }) => !isInProgress && before?.has(id)).map(({ text }) => text);
    if (ended.length > 0) this.region.textContent = ended.join('. ');
  }
}
