import type { LocalCloud } from '../cloud';
import { bodyLines, callLine, faultLine, jobLine, phaseOf, stackLine } from './lines';
import { Screen } from './screen';

export interface WatchOptions {
  /** Whether to show each call of a service. Default: only stack events and jobs. */
  readonly calls?: boolean;
  /** Whether to show each call with its request and its response. */
  readonly bodies?: boolean;
}

const RUNNING = /^(starting|in_?progress|stopping|pending|deleting|updating)$/i;

/** Prints the events of a local cloud: a line for each event, and on a terminal a status line with the phases of the jobs. */
export class Watch {
  private readonly jobs = new Map<string, { readonly phase: string; readonly since: number }>();
  private readonly screen: Screen;

  constructor(private readonly cloud: LocalCloud, out: NodeJS.WriteStream, { calls = false, bodies = false }: WatchOptions = {}) {
    this.screen = new Screen(out, () => this.status());
    cloud.cloudFormation.on('event', (event) => this.line(stackLine(event)));
    cloud.sagemaker.on('transition', (transition) => {
      const { jobName, status } = transition;
      if (RUNNING.test(status)) this.jobs.set(jobName, { phase: phaseOf(transition), since: cloud.clock.now() });
      else this.jobs.delete(jobName);
      this.line(jobLine(transition));
    });
    cloud.faults.on('fault', (fault) => this.line(faultLine(fault)));
    if (!calls) return;
    cloud.endpoint.on('call', (call) => {
      this.line(callLine(call, cloud.functions.callerOf(call.caller)?.functionName ?? 'client'));
      if (bodies) bodyLines(call).forEach((line) => this.line(line));
    });
  }

  title(text: string): void {
    this.line(`\n${text}\n${'-'.repeat(text.length)}`);
  }

  line(text: string): void {
    this.screen.line(text);
  }

  close(): void {
    this.screen.close();
  }

  private status(): string {
    const { clock } = this.cloud;
    return [...this.jobs].map(([name, { phase, since }]) => `${name}: ${phase} for ${Math.round((clock.now() - since) / 1000)} s`).join(' | ');
  }
}
