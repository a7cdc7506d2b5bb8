import type { AccountRegion } from './account-region';
import { regionalProtocols } from './regional-protocols';
import type { Protocol } from '../api/protocol';
import type { AuthorizeHook } from '../api/service';
import { type Bootstrap, bootstrapOf } from '../bootstrap';
import type { Clock } from '../clock';
import { CloudFormation, type CloudFormationOptions, NATIVE_TYPES } from '../cloudformation';
import { EventServices } from '../events';
import type { Faults } from '../faults';
import { authorizeCalls, executionRoles, functionRoles, Iam, keyOfBucket, type Principal, type Roles, ServiceReference, stateMachineRoles } from '../iam';
import type { AccessRequest } from '../iam/policy';
import { LocalFunctions } from '../lambda';
import { CloudWatchLogs, logGroupType } from '../logs';
import type { Assets } from '../persistence/assets';
import type { EnvironmentState } from '../persistence/environment-state';
import type { Quotas } from '../quotas/service-quotas';
import { bucketPolicyAllows, bucketType, type ObjectStore, S3, unpacked } from '../s3';
import { SageMaker, type SageMakerOptions } from '../sagemaker';
import type { ResponseUrls } from '../services';
import { Parameters } from '../ssm/parameters';
import { LocalStateMachines } from '../stepfunctions';
import type { Principals } from '../sts/principals';
import type { Sts } from '../sts/sts';

/** The environments beside this one. */
export interface OtherEnvironments {
  in(place: AccountRegion): LocalEnvironment;
  /** All regions of an account that were used. */
  ofAccount(account: string): LocalEnvironment[];
}

/** What an environment has of its own, and what it shares with the others. */
export interface LocalEnvironmentOptions extends AccountRegion,
  Omit<Partial<SageMakerOptions>, 'clock' | 'account' | 'region' | 'record' | 'regionOfBucket' | 'listLag' | 'logs'>,
  Pick<CloudFormationOptions, 'deliver' | 'resourceTypes'> {
  readonly clock: Clock;
  readonly environments: OtherEnvironments;
  readonly faults: Faults;
  readonly reference: ServiceReference;
  /** Of the account. */
  readonly roles: Roles;
  readonly principals: Principals;
  readonly quotas: Quotas;
  readonly sts: Sts;
  /** The buckets of all environments. */
  readonly objects: ObjectStore;
  readonly assets: Assets;
  readonly responseUrls: ResponseUrls;
  readonly endpointUrl: () => string;
  readonly maxProcesses?: number;
  /** The time, in milliseconds since the epoch, that callers from outside are told. Default: the clock's. */
  readonly outsideNow?: () => number;
  /** Whether what an earlier process has left is being made again. */
  readonly isRestoring: () => boolean;
  /** The text of the template at a URL. */
  readonly templateAt: (url: string, s3: S3) => string;
  readonly state?: EnvironmentState;
}

/** What a region of an account has. */
export class LocalEnvironment implements AccountRegion {
  readonly account: string;
  readonly region: string;
  /** What roles of the account allow. */
  readonly iam: Iam;
  readonly sagemaker: SageMaker;
  readonly functions: LocalFunctions;
  readonly stateMachines: LocalStateMachines;
  readonly logs: CloudWatchLogs;
  /** EventBridge and SQS. */
  readonly events: EventServices;
  readonly s3: S3;
  readonly parameters: Parameters;
  readonly cloudFormation: CloudFormation;
  /** What answers requests. */
  readonly protocols: readonly Protocol[];
  /** Decides about calls by policies. */
  readonly authorize: AuthorizeHook;
  readonly bootstrap: Bootstrap;

  constructor(private readonly options: LocalEnvironmentOptions) {
    const { account, region, clock, faults, reference, roles, environments, principals, quotas, objects, state } = options;
    this.account = account;
    this.region = region;
    const place = { clock, account, region };
    const iam = this.iam = new Iam({ ...place, reference, roles });
    const { hasCapacity, isHidden, onInvocation } = faults;
    this.logs = new CloudWatchLogs({ ...place, outsideNow: options.outsideNow });
    this.sagemaker = new SageMaker({
      hasCapacity,
      isHidden,
      executionRoles: executionRoles({
        iam,
        keyOfBucket: (bucket) => keyOfBucket(this.ownerOf(bucket).cloudFormation, bucket),
        isOpen: (session, request) => this.isOpen({ account, arn: session.roleArn, session, isOpenedByAdministrator: false }, request),
      }),
      ...options,
      ...place,
      regionOfBucket: (bucket) => objects.bucket(bucket)?.region,
      listLag: quotas.listLag,
      logs: this.logs,
      record: state?.sageMaker,
    });
    this.functions = new LocalFunctions({
      ...place,
      maxProcesses: options.maxProcesses,
      roles: functionRoles(iam, region, account),
      fault: (functionName, event) => {
        const throttled = quotas.throttle(place, 'lambda', 'Invoke');
        return throttled ? { answer: throttled } : onInvocation(functionName, event);
      },
      events: state?.eventLogs,
      logs: this.logs,
      endpointUrl: options.endpointUrl,
    });
    this.events = new EventServices({ ...place, functions: this.functions, iam });
    this.stateMachines = new LocalStateMachines(clock, this.functions, state?.executionLogs, stateMachineRoles(iam), quotas.listLag);
    this.parameters = new Parameters({ now: () => clock.now(), file: state?.parametersFile });
    this.bootstrap = bootstrapOf(account, region);
    const { bucketName, ssmParameters } = this.bootstrap;
    this.s3 = new S3({
      ...place,
      store: objects,
      access: (bucket, principal, action, resource) =>
        bucketPolicyAllows(environments.in(bucket).cloudFormation, bucket.name, principal, { action, resource, context: {} }),
    });
    if (!objects.has(bucketName)) this.s3.createBucket(bucketName);
    this.cloudFormation = new CloudFormation({
      ...place,
      deliver: options.deliver ?? faults.deliver,
      resourceTypes: {
        'AWS::S3::Bucket': bucketType(NATIVE_TYPES['AWS::S3::Bucket'], this.s3, bucketName),
        'AWS::Logs::LogGroup': logGroupType(NATIVE_TYPES['AWS::Logs::LogGroup'], this.logs, options.isRestoring),
        ...this.events.resourceTypes,
        ...options.resourceTypes,
      },
      services: {
        functions: this.functions,
        stateMachines: this.stateMachines,
        responseUrls: options.responseUrls,
        sageMaker: this.sagemaker,
        identities: iam,
        parameters: this.parameters,
      },
      ssmParameters,
      otherOutputs: (other) => environments.in(other).cloudFormation.outputs,
      stacks: state?.stacks,
      assets: (objectKey, bucket) => options.assets.find(objectKey) ?? unpacked(this.s3, bucket, objectKey),
      templateAt: (url) => options.templateAt(url, this.s3),
      takenElsewhere: (type, physicalId) => type.startsWith('AWS::IAM::')
        && environments.ofAccount(account).some((other) => other !== this && other.cloudFormation.taken(type, physicalId)),
    });
    this.authorize = authorizeCalls({ ...place, iam, sagemaker: this.sagemaker, principalOf: (accessKeyId) => principals.with(accessKeyId) });
    this.protocols = regionalProtocols({ ...options, ...this });
  }

  /** Sends events of what happens from now on: what is repeated from a directory has been told before. */
  listen(): void {
    this.events.listen(this.sagemaker, this.stateMachines);
  }

  /** Ends all processes. */
  async stop(): Promise<void> {
    this.stateMachines.stop();
    this.sagemaker.stop();
    await this.functions.stop();
  }

  /** Where a bucket is; here, where nobody knows it. */
  private ownerOf(bucket: string): LocalEnvironment {
    const owner = this.options.objects.bucket(bucket);
    return owner ? this.options.environments.in(owner) : this;
  }

  /** Whether what is asked for is of this account, or its policy lets others have it. */
  private isOpen(principal: Principal, request: AccessRequest): boolean {
    const [, bucket] = /^arn:aws:s3:::([^/]+)/.exec(request.resource) ?? [];
    const owner = bucket === undefined ? this : this.ownerOf(bucket);
    return owner.account === this.account || bucketPolicyAllows(owner.cloudFormation, bucket, principal, request);
  }
}
