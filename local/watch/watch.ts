import type { Call } from '../api/service';
import type { LocalCloud } from '../cloud';
import { bodyLines, callLine, faultLine, isRunning, jobLine, phaseOf, stackLine } from './lines';
import { Screen } from './screen';
import { environmentName } from '../environments/account-region';
import type { LocalEnvironment } from '../environments/local-environment';

export interface WatchOptions {
  /**
   * Whether to show the calls of services, except for those that only read and succeed, or find that a resource does not exist.
   * Default: only stack events and jobs.
   */
  readonly calls?: boolean;
  /** Whether to show each call with its request and its response. */
  readonly bodies?: boolean;
}

const READING = /^(BatchGet|Describe|Filter|Get|Head|List|Search|Validate)/;
const NOT_FOUND = /not ?found|could not find|can't find|does ?n[o']t ?exist|no ?such/i;

/** Whether a call only reads, and succeeds or finds that a resource does not exist. Tools and functions poll all the time. */
export function isQuiet({ fault, operation, outcome }: Call): boolean {
  if (fault !== undefined || !READING.test(operation)) return false;
  return 'output' in outcome || NOT_FOUND.test(`${outcome.error.code} ${outcome.error.message}`);
}

/** Prints the events of a local cloud: a line for each event, and on a terminal a status line with the phases of the jobs. */
export class Watch {
  private readonly jobs = new Map<string, { readonly name: string; readonly phase: string; readonly since: number }>();
  private readonly screen: Screen;

  constructor(private readonly cloud: LocalCloud, out: NodeJS.WriteStream, { calls = false, bodies = false }: WatchOptions = {}) {
    this.screen = new Screen(out, () => this.status());
    cloud.environments.all().forEach((environment) => this.follow(environment));
    cloud.environments.on('added', (environment) => this.follow(environment));
    cloud.faults.on('fault', (fault) => this.line(faultLine(fault)));
    if (!calls) return;
    cloud.endpoint.on('call', (call) => {
      if (!bodies && isQuiet(call)) return;
      this.line(callLine(call, cloud.environments.functionWith(call.caller)?.functionName ?? 'client'));
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

  private follow(environment: LocalEnvironment): void {
    const { cloud } = this;
    const isDefault = environment === cloud.in({});
    const place = isDefault ? '' : `${environmentName(environment)} `;
    environment.cloudFormation.on('event', (event) => this.line(stackLine(event, place)));
    environment.sagemaker.on('transition', (transition) => {
      const { jobArn, jobName, status } = transition;
      if (isRunning(status)) this.jobs.set(jobArn, { name: jobName, phase: phaseOf(transition), since: cloud.clock.now() });
      else this.jobs.delete(jobArn);
      this.line(jobLine(transition, place));
    });
  }

  private status(): string {
    const { clock } = this.cloud;
    return [...this.jobs.values()].map(({ name, phase, since }) => `${name}: ${phase} for ${Math.round((clock.now() - since) / 1000)} s`).join(' | ');
  }
}
