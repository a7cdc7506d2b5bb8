import type { AccountRegion } from './account-region';
import { namedPlaces } from './named-places';
import { regionalProtocols } from './regional-protocols';
import { policiesOf } from './resource-policies';
import type { Protocol } from '../api/protocol';
import type { AuthorizeHook } from '../api/service';
import { type Bootstrap, bootstrapOf } from '../bootstrap';
import type { Clock } from '../clock';
import { CloudFormation, type CloudFormationOptions, NATIVE_TYPES } from '../cloudformation';
import { EventServices } from '../events';
import type { Faults } from '../faults';
import type { GivenResources } from '../given-resources';
import { authorizeCalls, callContext, executionRoles, functionRoles, Iam, keyOfBucket, type Roles, ServiceReference, stackRoles, stateMachineRoles } from '../iam';
import { LocalFunctions } from '../lambda';
import { CloudWatchLogs, logGroupType } from '../logs';
import type { Assets } from '../persistence/assets';
import type { EnvironmentState } from '../persistence/environment-state';
import type { Quotas } from '../quotas/service-quotas';
import { bucketType, type ObjectStore, S3, unpacked, unpackedSource } from '../s3';
import { SageMaker, type SageMakerOptions } from '../sagemaker';
import { Secrets } from '../secretsmanager/secrets';
import type { ResponseUrls } from '../services';
import { Parameters } from '../ssm/parameters';
import { LocalStateMachines } from '../stepfunctions';
import type { Principals } from '../sts/principals';
import type { Sts } from '../sts/sts';

/** The other environments. */
export interface OtherEnvironments {
  in(place: AccountRegion): LocalEnvironment;
  /** All Regions of an account in use. */
  ofAccount(account: string): LocalEnvironment[];
}

/** The options of an environment, and the parts that it shares with the others. */
export interface LocalEnvironmentOptions extends AccountRegion,
  Omit<Partial<SageMakerOptions>, 'clock' | 'account' | 'region' | 'record' | 'places' | 'listLag' | 'logs'>,
  Pick<CloudFormationOptions, 'deliver' | 'resourceTypes'> {
  readonly clock: Clock;
  readonly environments: OtherEnvironments;
  readonly faults: Faults;
  readonly reference: ServiceReference;
  /** The roles of the account. */
  readonly roles: Roles;
  readonly principals: Principals;
  readonly quotas: Quotas;
  readonly sts: Sts;
  /** The buckets of all environments. */
  readonly objects: ObjectStore;
  readonly assets: Assets;
  /** Resources that no stack creates. Default: none. */
  readonly given?: GivenResources;
  readonly responseUrls: ResponseUrls;
  readonly endpointUrl: () => string;
  readonly maxProcesses?: number;
  /** The time for callers from outside, in milliseconds since the epoch. Default: the time of the clock. */
  readonly outsideNow?: () => number;
  /** Whether the state of an earlier process is being restored. */
  readonly isRestoring: () => boolean;
  /** Returns the body of the template at a URL. */
  readonly templateAt: (url: string, s3: S3) => string;
  readonly state?: EnvironmentState;
}

/** A Region of an account. */
export class LocalEnvironment implements AccountRegion {
  readonly account: string;
  readonly region: string;
  /** The IAM of the account. */
  readonly iam: Iam;
  readonly sagemaker: SageMaker;
  readonly functions: LocalFunctions;
  readonly stateMachines: LocalStateMachines;
  readonly logs: CloudWatchLogs;
  /** EventBridge and SQS. */
  readonly events: EventServices;
  readonly s3: S3;
  readonly parameters: Parameters;
  readonly secrets: Secrets;
  readonly cloudFormation: CloudFormation;
  /** The protocols that serve requests. */
  readonly protocols: readonly Protocol[];
  /** Authorizes calls by policies. */
  readonly authorize: AuthorizeHook;
  readonly bootstrap: Bootstrap;

  constructor(private readonly options: LocalEnvironmentOptions) {
    const { account, region, clock, faults, reference, roles, environments, principals, quotas, objects, state } = options;
    this.account = account;
    this.region = region;
    const place = { clock, account, region };
    const iam = this.iam = new Iam({
      ...place,
      reference,
      roles,
      policiesOf: (resourceArn) => policiesOf(resourceArn, { ownerOf: (bucket) => this.ownerOf(bucket), keys: () => this.cloudFormation }),
    });
    const { hasCapacity, isHidden, onInvocation } = faults;
    this.bootstrap = bootstrapOf(account, region);
    const given = options.given ?? {};
    const places = namedPlaces({
      ...place, bootstrap: this.bootstrap, cloudFormation: () => this.cloudFormation, sagemaker: () => this.sagemaker, given, objects,
    });
    this.logs = new CloudWatchLogs({ ...place, outsideNow: options.outsideNow });
    this.sagemaker = new SageMaker({
      hasCapacity,
      isHidden,
      executionRoles: executionRoles({
        iam,
        keyOfBucket: (bucket) => keyOfBucket(this.ownerOf(bucket).cloudFormation, bucket),
      }),
      ...options,
      ...place,
      places,
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
    this.stateMachines = new LocalStateMachines(
      clock, this.functions, state?.executionLogs, stateMachineRoles(iam, callContext({ ...place, sagemaker: this.sagemaker })), quotas.listLag,
      (operation, input) => this.sagemaker.call(operation, input),
    );
    this.parameters = new Parameters({ now: () => clock.now(), file: state?.parametersFile });
    const { bucketName, ssmParameters } = this.bootstrap;
    this.secrets = new Secrets({ arnPrefix: `arn:aws:secretsmanager:${region}:${account}`, now: () => clock.now(), file: state?.secretsFile });
    this.s3 = new S3({
      ...place,
      store: objects,
      outsideNow: options.outsideNow,
      access: (principal, action, resource) => iam.refusalFor(principal, { action, resource, context: {} }) === undefined,
    });
    for (const bucket of [bucketName, ...given.buckets ?? []]) if (!objects.has(bucket)) this.s3.createBucket(bucket);
    const codeAt = (bucket: string, key: string) => options.assets.find(key) ?? unpacked(this.s3, bucket, key);
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
        stackRoles: stackRoles(iam, callContext({ ...place, sagemaker: this.sagemaker })),
        parameters: this.parameters,
        secrets: this.secrets,
      },
      ssmParameters,
      otherOutputs: (other) => environments.in(other).cloudFormation.outputs,
      stacks: state?.stacks,
      assets: (objectKey, bucket) => codeAt(bucket, objectKey),
      inlineCode: (source) => unpackedSource(this.s3, source),
      templateAt: (url) => options.templateAt(url, this.s3),
      takenElsewhere: (type, physicalId) => type.startsWith('AWS::IAM::')
        && environments.ofAccount(account).some((other) => other !== this && other.cloudFormation.taken(type, physicalId)),
    });
    const { sagemaker, secrets } = this;
    this.authorize = authorizeCalls({ ...place, iam, sagemaker, secrets, principalOf: (accessKeyId) => principals.with(accessKeyId) });
    this.protocols = regionalProtocols({ ...options, ...this, repositories: places.repositories, codeAt });
  }

  /** Starts sending events. Events that are replayed from a directory have been sent before. */
  listen(): void {
    this.events.listen(this.sagemaker, this.stateMachines);
  }

  /** Ends all processes. */
  async stop(): Promise<void> {
    this.stateMachines.stop();
    this.sagemaker.stop();
    await this.functions.stop();
  }

  /** Returns the environment of a bucket, or this one if the bucket does not exist. */
  private ownerOf(bucket: string): LocalEnvironment {
    const owner = this.options.objects.bucket(bucket);
    return owner ? this.options.environments.in(owner) : this;
  }
}
