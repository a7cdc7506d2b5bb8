import { clearLine, cursorTo } from 'node:readline';
import type { LocalCloud } from '../../local/cloud';
import type { StackEvent } from '../../local/cloudformation';

/** Shows what happens in a local cloud: a line for each stack event, and on a terminal a last line that tells the jobs' phases. */
export class Display {
  private readonly jobs = new Map<string, { readonly phase: string; readonly since: number }>();
  private readonly live: boolean;
  /** The resources that the operation on the stack has done with. */
  private done = 0;

  constructor(private readonly cloud: LocalCloud, private readonly out: NodeJS.WriteStream) {
    this.live = out.isTTY === true;
    cloud.cloudFormation.on('event', (event) => this.line(this.eventLine(event)));
    cloud.sagemaker.on('transition', ({ jobName, status, secondaryStatus, message }) => {
      if (!this.live) this.line(`${' '.repeat(12)}${jobName}: ${secondaryStatus ?? status}${message ? ` (${message})` : ''}`);
      if (/^(starting|in_?progress|stopping)$/i.test(status)) this.jobs.set(jobName, { phase: secondaryStatus ?? status, since: cloud.clock.now() });
      else this.jobs.delete(jobName);
      this.progress();
    });
    if (this.live) setInterval(() => this.progress(), 250).unref();
  }

  title(text: string): void {
    this.line(`\n${text}\n${'-'.repeat(text.length)}`);
  }

  line(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
    this.progress();
  }

  /** As the CDK CLI shows it. */
  private eventLine({ stackName, timestamp, resourceStatus, resourceType, logicalResourceId, resourceStatusReason }: StackEvent): string {
    if (logicalResourceId === stackName && resourceStatus.endsWith('_IN_PROGRESS')) this.done = 0;
    else if (logicalResourceId !== stackName && resourceStatus.endsWith('_COMPLETE')) this.done += 1;
    const [time, status, type] = [timestamp.slice(11, 19), resourceStatus.padEnd(20), resourceType.padEnd(34)];
    const columns = [stackName, String(this.done).padStart(3), time, status, type, logicalResourceId];
    return `${columns.join(' | ')}${resourceStatusReason ? ` ${resourceStatusReason}` : ''}`;
  }

  private progress(): void {
    if (!this.live || this.jobs.size === 0) return;
    const phases = [...this.jobs].map(([name, { phase, since }]) => `${name}: ${phase} for ${Math.round((this.cloud.clock.now() - since) / 1000)} s`);
    this.clear();
    this.out.write(phases.join(' | ').slice(0, (this.out.columns || 80) - 1));
  }

  private clear(): void {
    if (!this.live) return;
    clearLine(this.out, 0);
    cursorTo(this.out, 0);
  }
}
