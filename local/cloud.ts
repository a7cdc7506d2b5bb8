import type { AuthorizeHook, FaultHook } from './api/service';
import { readStack, type SynthesizedStack } from './assembly';
import { Clock, type ClockOptions } from './clock';
import { CloudFormation, type CloudFormationOptions, type StackResult } from './cloudformation';
import { Endpoint, type EndpointHooks } from './endpoint';
import { LocalFunctions } from './lambda';
import { SageMaker, type SageMakerOptions } from './sagemaker';
import { LocalStateMachines } from './stepfunctions';

export interface LocalCloudOptions extends ClockOptions,
  Partial<Omit<SageMakerOptions, 'clock' | 'region' | 'account'>>,
  Pick<CloudFormationOptions, 'deliver' | 'resourceTypes'> {
  /** Default: us-east-1. */
  readonly region?: string;
  /** Default: 111122223333. */
  readonly account?: string;
  /** Default: everybody may do everything. */
  readonly authorize?: AuthorizeHook;
  /** Default: no faults. */
  readonly fault?: FaultHook;
  /** How many processes may run for a function. Default: 8. */
  readonly maxProcesses?: number;
}

export interface DeployOptions {
  readonly parameters?: { readonly [name: string]: string };
  /** Leaves everything as it is when the deployment fails. */
  readonly disableRollback?: boolean;
}

/** An AWS account in a region, on this machine. */
export class LocalCloud {
  static async start(options: LocalCloudOptions = {}): Promise<LocalCloud> {
    const { region = 'us-east-1', account = '111122223333', maxProcesses, authorize, fault } = options;
    const clock = new Clock(options);
    const sagemaker = new SageMaker({ ...options, clock, region, account });
    const functions = new LocalFunctions({ clock, region, maxProcesses, endpointUrl: () => endpoint.url });
    const stateMachines = new LocalStateMachines(clock, functions);
    const endpoint = await Endpoint.start(clock, [sagemaker, stateMachines], { authorize, fault });
    return new LocalCloud(region, account, clock, sagemaker, functions, stateMachines, endpoint, options);
  }

  readonly cloudFormation: CloudFormation;

  /** The paths of all assets by their object keys. */
  private readonly assets = new Map<string, string>();

  private constructor(
    readonly region: string,
    readonly account: string,
    readonly clock: Clock,
    readonly sagemaker: SageMaker,
    readonly functions: LocalFunctions,
    readonly stateMachines: LocalStateMachines,
    /** Where the SDK's clients send their requests; it has the log of them. */
    readonly endpoint: Endpoint,
    { deliver, resourceTypes }: LocalCloudOptions,
  ) {
    this.cloudFormation = new CloudFormation({
      clock,
      region,
      account,
      deliver,
      resourceTypes,
      services: { functions, stateMachines, responseUrls: endpoint, sageMaker: sagemaker },
      assets: (objectKey) => this.asset(objectKey),
    });
  }

  /** Decides about calls from now on. */
  get hooks(): EndpointHooks {
    return this.endpoint.hooks;
  }

  /**
   * Creates or updates a stack of a cloud assembly, and lets time pass until that has ended.
   *
   * @param assembly What `app.synth()` gives, or its directory.
   */
  async deploy(assembly: string | { readonly directory: string }, stackName: string, options: DeployOptions = {}): Promise<StackResult> {
    const stack = readStack(typeof assembly === 'string' ? assembly : assembly.directory, stackName);
    this.checkEnvironment(stack);
    stack.assets.forEach((path, objectKey) => this.assets.set(objectKey, path));
    return this.clock.run(this.cloudFormation.deploy({
      stackName: stack.stackName,
      template: stack.template,
      tags: stack.tags,
      parameters: { ...stack.parameters, ...options.parameters },
      disableRollback: options.disableRollback,
    }));
  }

  /** Deletes a stack, and lets time pass until that has ended. */
  async destroy(stackName: string): Promise<StackResult | undefined> {
    return this.clock.run(this.cloudFormation.deleteStack(stackName));
  }

  /** Ends all processes and connections. */
  async stop(): Promise<void> {
    this.stateMachines.stop();
    this.sagemaker.stop();
    await this.functions.stop();
    await this.endpoint.stop();
  }

  private asset(objectKey: string): string {
    const path = this.assets.get(objectKey);
    if (!path) throw new Error(`No asset has the object key ${objectKey}.`);
    return path;
  }

  private checkEnvironment({ stackName, environment }: SynthesizedStack): void {
    const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
    const elsewhere = [[account, this.account], [region, this.region]].some(([wanted, ours]) => wanted && !wanted.startsWith('unknown-') && wanted !== ours);
    if (elsewhere) throw new Error(`The stack ${stackName} is for ${environment}, this is aws://${this.account}/${this.region}.`);
  }
}
