import { createHash } from 'node:crypto';
import { seedChance } from './chance';
import { Executions } from './executions';
import { History } from './history';
import { Invariants } from './invariants';
import { type Handler, type OutsideCall, Platform } from './platform';
import { type StackPlan, type TemplateOptions, templateOf } from './templates';
import { handle } from '../../lambda/advance';
import { Clock } from '../../local/clock';
import { CloudFormation, type CustomResourceEvent, type StackResult } from '../../local/cloudformation';
import { type FaultRule, Faults } from '../../local/faults';
import { Quotas } from '../../local/quotas/service-quotas';
import { ResponseBucket } from '../../local/response-bucket';
import { SageMaker } from '../../local/sagemaker';
import type { Json } from '../../local/services';

const REGION = 'eu-west-1';
const ACCOUNT = '111122223333';
const ORIGIN = 'https://responses.test';

/** The one stack. */
export const STACK = 'Stack';

/** How a stack is deployed. */
export interface Settings extends TemplateOptions {
  readonly disableRollback?: boolean;
  /** Whether the jobs are in a nested stack. Jobs that begin after another one are in the root stack. */
  readonly isNested?: boolean;
  /** Changes the request of each job before it is deployed. */
  readonly edit?: (request: Record<string, any>) => void;
}

export interface InProcessOptions {
  readonly faults?: readonly FaultRule[];
  /** Chance depends on it only. Default: 0. */
  readonly seed?: number;
  /** How late lists of executions are at most, in seconds. Default: 8. */
  readonly listLag?: number;
  /** Whether services throttle calls, and their lists of jobs are late. Default: true. */
  readonly quotas?: boolean;
  readonly instanceLimits?: { readonly [instanceType: string]: number };
  /** What the function does. Default: what the handler does. */
  readonly handler?: Handler;
  /** What happens when CloudFormation is about to send an event. Default: nothing. */
  readonly beforeEvent?: (event: CustomResourceEvent, cloud: InProcessCloud) => void;
}

/**
 * The local cloud with the handler in this process and without HTTP: a deployment takes milliseconds. The invariants are
 * watched all the time.
 */
export class InProcessCloud {
  readonly clock = new Clock({ startAt: new Date('2026-01-01T00:00:00Z') });
  readonly faults: Faults;
  readonly sagemaker: SageMaker;
  readonly cloudFormation: CloudFormation;
  readonly history: History;
  readonly invariants: Invariants;
  readonly executions: Executions;
  readonly platform: Platform;
  /** All calls of the function that arrived. */
  readonly calls: OutsideCall[] = [];
  readonly log: string[] = [];

  private readonly quotas: Quotas;
  /** The templates of nested stacks, by URL. */
  private readonly nestedTemplates = new Map<string, string>();
  private readonly responses = new ResponseBucket();
  private readonly console = { log: console.log, error: console.error };
  private readonly restoreChance: () => void;

  constructor({ faults = [], seed = 0, listLag = 8, quotas = true, instanceLimits, handler = handle, beforeEvent }: InProcessOptions = {}) {
    const { clock } = this;
    this.restoreChance = seedChance(seed);
    this.faults = new Faults(faults, { clock, seed });
    this.quotas = new Quotas({ clock, seed, isOn: quotas });
    const { hasCapacity, isHidden } = this.faults;
    this.sagemaker = new SageMaker({ clock, region: REGION, account: ACCOUNT, hasCapacity, isHidden, instanceLimits, listLag: this.quotas.listLag });
    this.platform = new Platform({
      clock,
      seed,
      handler,
      region: REGION,
      faults: this.faults,
      outside: (service, operation, input) => this.outside(service, operation, input),
      onCall: (call) => {
        this.calls.push(call);
        this.invariants.called(call);
      },
    });
    this.executions = new Executions(clock, this.platform, seed, listLag);
    this.cloudFormation = new CloudFormation({
      clock,
      region: REGION,
      account: ACCOUNT,
      assets: () => '/nowhere',
      inlineCode: () => '/nowhere',
      templateAt: (url) => this.nestedTemplates.get(url)!,
      deliver: (event, invoke) => {
        beforeEvent?.(event, this);
        this.history.sent(event);
        this.faults.deliver(event, invoke);
      },
      services: {
        functions: this.platform,
        stateMachines: this.executions,
        sageMaker: this.sagemaker,
        responseUrls: {
          create: () => {
            const { path, response } = this.responses.create(new Date(clock.now()));
            return { url: ORIGIN + path, response };
          },
          reopen: (url) => this.responses.reopen(url.slice(ORIGIN.length)),
        },
      },
    });
    this.history = new History(this);
    this.invariants = new Invariants(this);
    console.log = console.error = (line: unknown) => void this.log.push(String(line));
  }

  /** Creates or updates a stack, and lets time pass until that has ended. */
  async deploy(plan: StackPlan, settings: Settings = {}): Promise<StackResult> {
    return this.clock.run(this.begin(this.templateOf(plan, settings), settings));
  }

  /** Creates or updates the stack from a template. */
  async deployTemplate(template: object): Promise<StackResult> {
    return this.clock.run(this.begin(template));
  }

  /** Begins to create or update a stack, lets so much time pass, and does something else then. */
  async interrupt(plan: StackPlan, seconds: number, action: () => Promise<void>, settings: Settings = {}): Promise<StackResult> {
    const done = this.begin(this.templateOf(plan, settings), settings);
    done.catch(() => undefined);
    await this.clock.advance(seconds * 1000);
    await action();
    return this.clock.run(done);
  }

  async destroy(): Promise<StackResult | undefined> {
    const result = await this.clock.run(this.cloudFormation.deleteStack(STACK));
    if (result) this.invariants.settled(result);
    return result;
  }

  /** Goes on with a rollback that has failed, or begins one after a failure that was left as it is. */
  async recover(): Promise<StackResult> {
    const isRollback = this.cloudFormation.find(STACK)?.status === 'UPDATE_ROLLBACK_FAILED';
    const result = await this.clock.run(isRollback ? this.cloudFormation.continueUpdateRollback(STACK) : this.cloudFormation.rollbackStack(STACK));
    this.invariants.settled(result);
    return result;
  }

  /** Lets no more time pass, and gives chance and the console back. */
  stop(): void {
    this.clock.end();
    this.sagemaker.stop();
    Object.assign(console, this.console);
    this.restoreChance();
  }

  private templateOf(plan: StackPlan, settings: Settings): object {
    const { edit, isNested } = settings;
    if (isNested) return this.withNestedStack(plan, settings);
    const template = templateOf(STACK, plan, settings);
    if (edit) for (const { Properties } of Object.values(template.Resources)) if (Properties?.Request) edit(Properties.Request);
    return template;
  }

  private withNestedStack(plan: StackPlan, settings: Settings): object {
    const entries = Object.entries(plan);
    const nested = JSON.stringify(this.templateOf(Object.fromEntries(entries.filter(([, job]) => !job?.after)), { ...settings, isNested: false }));
    const TemplateURL = `${ORIGIN}/${createHash('sha256').update(nested).digest('hex')}`;
    this.nestedTemplates.set(TemplateURL, nested);
    const root = templateOf(STACK, Object.fromEntries(entries.filter(([, job]) => job?.after)), settings);
    const jobs = Object.entries(root.Resources).map(([id, resource]) => [id, { ...resource, DependsOn: [...[resource.DependsOn ?? []].flat(), 'Nested'] }]);
    return { ...root, Resources: { ...Object.fromEntries(jobs), Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } } } };
  }

  private async begin(template: object, { disableRollback }: Settings = {}): Promise<StackResult> {
    const result = await this.cloudFormation.deploy({ stackName: STACK, template, disableRollback });
    this.invariants.settled(result);
    return result;
  }

  private outside(service: string, operation: string, input: { [member: string]: Json }): { [member: string]: Json } {
    const refusal = this.quotas.throttle({ account: ACCOUNT, region: REGION }, service, operation);
    if (refusal) throw refusal;
    if (service === 'states') return this.executions.call(operation, input);
    if (service === 'sagemaker') return this.sagemaker.call(operation, input);
    const url = new URL(String(input.url));
    const body = String(input.body);
    this.invariants.answered(String(input.url), body);
    this.responses.put({ method: 'PUT', url, headers: {}, body: Buffer.from(body) }, this.clock.now());
    return {};
  }
}
