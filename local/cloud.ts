import { readFileSync } from 'node:fs';
import type { AuthorizeHook, FaultHook } from './api/service';
import { readStack } from './assembly';
import { Clock, type ClockOptions } from './clock';
import type { CloudFormation, CloudFormationOptions, StackResult } from './cloudformation';
import { templateOf } from './cloudformation/api';
import { Endpoint, type EndpointHooks } from './endpoint';
import { type AccountRegion, accountRegionOf, checkRegion } from './environments/account-region';
import { Environments } from './environments/environments';
import { LocalEnvironment } from './environments/local-environment';
import type { EventServices } from './events';
import { type FaultRule, Faults } from './faults';
import type { GivenResources } from './given-resources';
import { type ExistingRole, type Iam, Roles, ServiceReference } from './iam';
import type { LocalFunctions } from './lambda';
import type { CloudWatchLogs } from './logs';
import { Assets } from './persistence/assets';
import { CloudState, type Restoration } from './persistence/cloud-state';
import { Quotas } from './quotas/service-quotas';
import { ObjectStore, type S3 } from './s3';
import type { SageMaker, SageMakerOptions } from './sagemaker';
import type { LocalStateMachines } from './stepfunctions';
import { assumption } from './sts/assumption';
import { Principals } from './sts/principals';
import { Sts } from './sts/sts';

export interface LocalCloudOptions extends ClockOptions,
  Partial<Omit<SageMakerOptions, 'clock' | 'region' | 'account' | 'record' | 'places' | 'listLag' | 'logs'>>,
  Pick<CloudFormationOptions, 'deliver' | 'resourceTypes'> {
  /** The default Region. Default: us-east-1. */
  readonly region?: string;
  /** The default account. Default: 111122223333. */
  readonly account?: string;
  /** Authorizes calls. Default: by the policies of the roles; callers without a role are allowed everything. */
  readonly authorize?: AuthorizeHook;
  /** Roles that jobs use and that no stack creates. Default: none. */
  readonly roles?: readonly ExistingRole[];
  /** Other resources that jobs use and that no stack creates. Default: none. */
  readonly given?: GivenResources | ((place: AccountRegion) => GivenResources);
  /** The delay until a new role can be assumed or a changed policy takes effect, in seconds. Default: 10. */
  readonly iamPropagationSeconds?: number;
  /** Injects faults. Default: none. */
  readonly fault?: FaultHook;
  /** Rules that inject faults. Default: none. */
  readonly faults?: readonly FaultRule[];
  /** The seed of random decisions about faults. Default: 0. */
  readonly seed?: number;
  /** Whether services throttle calls and lists lag, as in AWS. Default: true. */
  readonly quotas?: boolean;
  /** The maximum number of processes of a function. Default: 8. */
  readonly maxProcesses?: number;
  /** The directory that keeps the state between processes. Default: none. */
  readonly directory?: string;
  /** The port on this machine. Default: the port of the directory's last process, otherwise a free one. */
  readonly port?: number;
  /** The maximum number of calls in `endpoint.calls`. The oldest are removed. Default: unlimited. */
  readonly keptCalls?: number;
  /** Whether callers other than functions see the real time. Default: false; they see the time of the clock. */
  readonly realTimeOutside?: boolean;
}

export interface DeployOptions {
  readonly parameters?: { readonly [name: string]: string };
  /** Whether to keep all resources when the deployment fails. */
  readonly disableRollback?: boolean;
  /** The execution role of the stack. Default: none, the caller is allowed everything. */
  readonly roleArn?: string;
}

/** AWS on this machine: any number of accounts and Regions, one of which is the default. */
export class LocalCloud {
  static async start(options: LocalCloudOptions = {}): Promise<LocalCloud> {
    const { region = 'us-east-1', account = '111122223333' } = options;
    const place = { account, region };
    checkRegion(region);
    const state = options.directory === undefined ? undefined : new CloudState(options.directory, options);
    const clock = state?.clock ?? new Clock(options);
    const faults = new Faults(options.faults ?? [], { clock, seed: options.seed });
    const quotas = new Quotas({ clock, seed: options.seed, isOn: options.quotas });
    const functionWith = (accessKeyId: string) => cloud.environments.functionWith(accessKeyId);
    const principals = new Principals({ account, functionWith, journal: state?.sessions });
    const endpoint = await Endpoint.start(clock, [], {
      authorize: options.authorize ?? ((caller, service, operation, input, where) =>
        cloud.in({ account: principals.with(caller).account, region: where }).authorize(caller, service, operation, input, where)),
      fault: options.fault,
      faultByRule: faults.onCall,
      throttle: quotas.throttle,
      callingFunction: (sessionToken) => cloud.environments.processWith(sessionToken),
      route: (signer) => signer ? cloud.in({ account: principals.with(signer.accessKeyId).account, region: signer.region }) : cloud.in({}),
    }, {
      port: options.port || state?.port,
      opening: state?.restored,
      responses: state?.responses,
      keptCalls: options.keptCalls,
      timeFor: (accessKeyId = '') => options.realTimeOutside && !functionWith(accessKeyId) ? Date.now() : clock.now(),
    });
    const cloud: LocalCloud = new LocalCloud(place, clock, faults, endpoint, principals, quotas, await ServiceReference.load(), options, state);
    for (const used of [place, ...state?.places ?? []]) cloud.in(used);
    if (state) await cloud.restore(state);
    cloud.isRestoring = false;
    for (const environment of cloud.environments.all()) environment.listen();
    return cloud;
  }

  /** All accounts and Regions in use. */
  readonly environments: Environments;

  /** The result of restoring the state from the directory. Empty without a state. */
  restoration: Restoration = { lost: [], resumed: [] };
  private readonly assets: Assets;
  private readonly objects: ObjectStore;
  private isRestoring = true;

  private constructor(
    private readonly place: AccountRegion,
    readonly clock: Clock,
    /** Injects faults by rules, and records them. */
    readonly faults: Faults,
    /** The server for the SDK's clients. It records their calls. */
    readonly endpoint: Endpoint,
    principals: Principals,
    quotas: Quotas,
    reference: ServiceReference,
    options: LocalCloudOptions,
    private readonly state?: CloudState,
  ) {
    this.assets = new Assets(state?.folder('assets'));
    this.objects = new ObjectStore(state?.folder('s3'));
    const givenIn = (where: AccountRegion) => {
      if (typeof options.given === 'function') return options.given(where);
      return where.account === place.account && where.region === place.region ? options.given : undefined;
    };
    const roles = new Map<string, Roles>();
    const sts = new Sts({
      clock,
      principals,
      mayAssume: assumption((account) => this.in({ account, region: place.region })),
      maxSessionSeconds: (roleArn) => this.in({ account: roleArn.split(':')[4], region: place.region }).iam.maxSessionSeconds(roleArn),
    });
    this.environments = new Environments((where) => {
      const { account } = where;
      if (!roles.has(account)) roles.set(account, this.rolesOf(account, options));
      return new LocalEnvironment({
        ...options,
        ...where,
        clock,
        faults,
        reference,
        principals,
        quotas,
        sts,
        environments: this.environments,
        roles: roles.get(account)!,
        objects: this.objects,
        assets: this.assets,
        responseUrls: endpoint,
        endpointUrl: () => endpoint.url,
        ...options.realTimeOutside && { outsideNow: Date.now },
        isRestoring: () => this.isRestoring,
        given: givenIn(where),
        templateAt: (url, s3) => this.templateAt(url, s3),
        state: state?.environment(where),
      });
    });
    this.environments.on('added', (added) => {
      state?.added(added);
      if (!this.isRestoring) added.listen();
    });
  }

  /** Returns an account and Region. A part that is not specified is the default one. */
  in({ account = this.place.account, region = this.place.region }: Partial<AccountRegion>): LocalEnvironment {
    return this.environments.in({ account, region });
  }

  get region(): string {
    return this.place.region;
  }

  get account(): string {
    return this.place.account;
  }

  /** The IAM of the default environment. */
  get iam(): Iam {
    return this.in({}).iam;
  }

  get sagemaker(): SageMaker {
    return this.in({}).sagemaker;
  }

  get functions(): LocalFunctions {
    return this.in({}).functions;
  }

  get stateMachines(): LocalStateMachines {
    return this.in({}).stateMachines;
  }

  get cloudFormation(): CloudFormation {
    return this.in({}).cloudFormation;
  }

  get logs(): CloudWatchLogs {
    return this.in({}).logs;
  }

  /** EventBridge and SQS. */
  get events(): EventServices {
    return this.in({}).events;
  }

  get s3(): S3 {
    return this.in({}).s3;
  }

  /** Hooks that decide on further calls. */
  get hooks(): EndpointHooks {
    return this.endpoint.hooks;
  }

  /**
   * Creates or updates a stack of a cloud assembly in its environment, and lets time pass until the operation has ended.
   *
   * @param assembly The result of `app.synth()`, or its directory
   */
  async deploy(assembly: string | { readonly directory: string }, stackName: string, options: DeployOptions = {}): Promise<StackResult> {
    const stack = readStack(typeof assembly === 'string' ? assembly : assembly.directory, stackName);
    const { cloudFormation } = this.in(accountRegionOf(stack.environment, this.place));
    stack.assets.forEach((path, objectKey) => this.assets.add(objectKey, path));
    return this.clock.run(cloudFormation.deploy({
      stackName: stack.stackName,
      template: stack.template,
      tags: stack.tags,
      parameters: { ...stack.parameters, ...options.parameters },
      disableRollback: options.disableRollback,
      roleArn: options.roleArn,
    }));
  }

  /** Deletes a stack, and lets time pass until the deletion has ended. */
  async destroy(stackName: string, place: Partial<AccountRegion> = {}): Promise<StackResult | undefined> {
    return this.clock.run(this.in(place).cloudFormation.deleteStack(stackName));
  }

  /** Ends all processes and connections. */
  async stop(): Promise<void> {
    this.clock.end();
    const closed = this.endpoint.stop();
    this.state?.close();
    await Promise.all(this.environments.all().map(async (environment) => environment.stop()));
    await closed;
    this.objects.close();
  }

  private rolesOf(account: string, { roles = [], iamPropagationSeconds }: LocalCloudOptions): Roles {
    return new Roles({
      clock: this.clock,
      existing: roles.filter(({ roleArn }) => roleArn.split(':')[4] === account),
      propagationSeconds: iamPropagationSeconds,
      managedPolicies: () => this.environments.ofAccount(account).flatMap(({ cloudFormation }) => cloudFormation.managedPolicies()),
      identities: (view) => Object.assign({}, ...this.environments.ofAccount(account).map(({ cloudFormation }) => cloudFormation.identities(view))),
    });
  }

  private async restore(state: CloudState): Promise<void> {
    try {
      this.restoration = await state.restore(this);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private templateAt(url: string, s3: S3): string {
    const path = this.assets.find(url.split('/').pop()!);
    return path === undefined ? templateOf({ TemplateURL: url }, { s3 })! : readFileSync(path, 'utf8');
  }
}
