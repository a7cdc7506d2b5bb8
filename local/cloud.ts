import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountServices } from './account';
import type { AuthorizeHook, FaultHook } from './api/service';
import { readStack, type SynthesizedStack } from './assembly';
import { bootstrapOf } from './bootstrap';
import { Clock, type ClockOptions } from './clock';
import { CloudFormation, type CloudFormationOptions, NATIVE_TYPES, type StackResult } from './cloudformation';
import { templateOf } from './cloudformation/api';
import { Endpoint, type EndpointHooks } from './endpoint';
import { EventServices } from './events';
import { type FaultRule, Faults } from './faults';
import { authorizeCalls, executionRoles, type ExistingRole, functionRoles, Iam, keyOfBucket, ServiceReference, stateMachineRoles } from './iam';
import { LocalFunctions } from './lambda';
import { CloudWatchLogs, logGroupType } from './logs';
import { Assets } from './persistence/assets';
import { CloudState, type Restoration } from './persistence/cloud-state';
import { bucketType, S3, unpacked } from './s3';
import { SageMaker, type SageMakerOptions } from './sagemaker';
import { Parameters } from './ssm/parameters';
import { LocalStateMachines } from './stepfunctions';

export interface LocalCloudOptions extends ClockOptions,
  Partial<Omit<SageMakerOptions, 'clock' | 'region' | 'account'>>,
  Pick<CloudFormationOptions, 'deliver' | 'resourceTypes'> {
  /** Default: us-east-1. */
  readonly region?: string;
  /** Default: 111122223333. */
  readonly account?: string;
  /** Default: functions may do what the policies of their roles say, and everybody else may do everything. */
  readonly authorize?: AuthorizeHook;
  /** Roles that no stack makes, and that jobs are given all the same. Default: none. */
  readonly roles?: readonly ExistingRole[];
  /** Until a new role can be assumed, and a changed policy takes effect. Default: 10. */
  readonly iamPropagationSeconds?: number;
  /** Default: no faults. */
  readonly fault?: FaultHook;
  /** What is to go wrong, by rule. Default: nothing. */
  readonly faults?: readonly FaultRule[];
  /** What faults leave to chance depends on it only. Default: 0. */
  readonly seed?: number;
  /** How many processes may run for a function. Default: 8. */
  readonly maxProcesses?: number;
  /** Where its state is kept when the process ends. Default: nowhere. */
  readonly directory?: string;
  /** Where it is to be reached, on this machine. Default: where the directory's last process was, else any port that is free. */
  readonly port?: number;
  /** How many calls `endpoint.calls` keeps, the newest ones. Default: all. */
  readonly keptCalls?: number;
  /** Whether callers that are no functions are told the real time. Default: the clock's. */
  readonly realTimeOutside?: boolean;
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
    const state = options.directory === undefined ? undefined : new CloudState(options.directory, options);
    const clock = state?.clock ?? new Clock(options);
    const faults = new Faults(options.faults ?? [], { clock, seed: options.seed });
    const { hasCapacity, isHidden, onInvocation, onCall: faultByRule } = faults;
    const iam = new Iam({
      clock,
      region,
      account,
      reference: await ServiceReference.load(),
      existing: options.roles ?? [],
      propagationSeconds: options.iamPropagationSeconds,
      identities: (view) => cloud.cloudFormation.identities(view),
    });
    const logs = new CloudWatchLogs({ clock, region, account, outsideNow: options.realTimeOutside ? Date.now : undefined });
    const sagemaker = new SageMaker({
      hasCapacity,
      isHidden,
      executionRoles: executionRoles(iam, (name) => keyOfBucket(cloud.cloudFormation, name)),
      ...options,
      clock,
      region,
      account,
      record: state?.sageMaker,
      logs,
    });
    const functions = new LocalFunctions({
      clock,
      region,
      maxProcesses,
      roles: functionRoles(iam, region, account),
      fault: onInvocation,
      events: state?.eventLogs,
      logs,
      endpointUrl: () => endpoint.url,
    });
    const eventServices = new EventServices({ clock, region, account, functions, iam });
    const stateMachines = new LocalStateMachines(clock, functions, state?.executionLogs, stateMachineRoles(iam));
    const endpoint = await Endpoint.start(clock, [sagemaker, stateMachines, logs, ...eventServices.services], {
      authorize: authorize ?? authorizeCalls({ iam, region, account, functions, sagemaker }),
      fault,
      faultByRule,
      callingFunction: (sessionToken) => functions.processWith(sessionToken),
    }, {
      port: options.port || state?.port,
      opening: state?.restored,
      responses: state?.responses,
      keptCalls: options.keptCalls,
      timeFor: (accessKeyId = '') => options.realTimeOutside && !functions.callerOf(accessKeyId) ? Date.now() : clock.now(),
    });
    const cloud: LocalCloud = new LocalCloud(region, account, clock, iam, faults, sagemaker, functions, stateMachines, logs, eventServices, endpoint, options, state);
    if (state) await cloud.restore(state);
    // What is repeated from a directory has been told before.
    eventServices.listen(sagemaker, stateMachines);
    return cloud;
  }

  readonly cloudFormation: CloudFormation;
  readonly s3: S3;

  /** What came of the state in its directory. Nothing without one, or when it was empty. */
  restoration: Restoration = { lost: [], resumed: [] };
  private readonly assets: Assets;
  private isRestoring = false;

  private constructor(
    readonly region: string,
    readonly account: string,
    readonly clock: Clock,
    /** What roles allow. */
    readonly iam: Iam,
    /** What goes wrong by rule; it has the log of that. */
    readonly faults: Faults,
    readonly sagemaker: SageMaker,
    readonly functions: LocalFunctions,
    readonly stateMachines: LocalStateMachines,
    readonly logs: CloudWatchLogs,
    /** EventBridge and SQS. */
    readonly events: EventServices,
    /** Where the SDK's clients send their requests; it has the log of them. */
    readonly endpoint: Endpoint,
    { deliver, resourceTypes, realTimeOutside }: LocalCloudOptions,
    private readonly state?: CloudState,
  ) {
    const { bucketName, ssmParameters } = bootstrapOf(account, region);
    this.assets = new Assets(state?.folder('assets'));
    this.s3 = new S3(clock, region, state?.folder('s3'));
    if (!this.s3.store.has(bucketName)) this.s3.createBucket(bucketName);
    const parameters = new Parameters({ now: () => clock.now(), ...state && { file: join(state.folder('ssm'), 'parameters.json') } });
    this.cloudFormation = new CloudFormation({
      clock,
      region,
      account,
      deliver: deliver ?? faults.deliver,
      resourceTypes: {
        'AWS::S3::Bucket': bucketType(NATIVE_TYPES['AWS::S3::Bucket'], this.s3, bucketName),
        'AWS::Logs::LogGroup': logGroupType(NATIVE_TYPES['AWS::Logs::LogGroup'], logs, () => this.isRestoring),
        ...events.resourceTypes,
        ...resourceTypes,
      },
      services: { functions, stateMachines, responseUrls: endpoint, sageMaker: sagemaker, identities: iam, parameters },
      ssmParameters,
      stacks: state?.stacks,
      assets: (objectKey, bucket) => this.assets.find(objectKey) ?? unpacked(this.s3, bucket, objectKey),
      templateAt: (url) => this.templateAt(url),
    });
    const outsideNow = realTimeOutside ? Date.now : undefined;
    endpoint.serve(...accountServices({ clock, region, account, functions, s3: this.s3, parameters, cloudFormation: this.cloudFormation, outsideNow }));
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
    stack.assets.forEach((path, objectKey) => this.assets.add(objectKey, path));
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
    this.clock.end();
    const closed = this.endpoint.stop();
    this.state?.close();
    this.stateMachines.stop();
    this.sagemaker.stop();
    await this.functions.stop();
    await closed;
    this.s3.store.close();
  }

  private async restore(state: CloudState): Promise<void> {
    this.isRestoring = true;
    try {
      this.restoration = await state.restore(this);
      this.isRestoring = false;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private templateAt(url: string): string {
    const path = this.assets.find(url.split('/').pop()!);
    return path === undefined ? templateOf({ TemplateURL: url }, this)! : readFileSync(path, 'utf8');
  }

  private checkEnvironment({ stackName, environment }: SynthesizedStack): void {
    const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
    const elsewhere = [[account, this.account], [region, this.region]].some(([wanted, ours]) => wanted && !wanted.startsWith('unknown-') && wanted !== ours);
    if (elsewhere) throw new Error(`The stack ${stackName} is for ${environment}, this is aws://${this.account}/${this.region}.`);
  }
}
