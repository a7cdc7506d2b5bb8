import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import { Debugging, type DebuggingOptions } from './debugging';
import { algorithmChecks, trainingChecks } from './training-checks';
import { type AnyTrainingOptions, OutputCompressionType } from './training-options';
import { grantTraining, type TrainingRoleOptions } from './training-role-permissions';
import { type InputChannelConfig, TrainingInputMode } from '../data/input-channel-options';
import { granteeOf } from '../execution-role/grantee';
import { grantOutputKey, grantVolumeKey } from '../execution-role/key-access';
import { type ContainerImageConfig, problemOf, TrainingRepositoryAccessMode } from '../images/container-image';
import { platformOf } from '../job/instance-platform';
import type { JobOutput } from '../job/job';
import { JobNetwork } from '../job/job-network';
import { MlInstanceType } from '../job/ml-instance-type.generated';
import { gibibytesOf, nonEmpty, type RequestStructure, secondsOf, stringMap, structure } from '../job/request-members';
import { DEFAULT_MAX_RUNTIME, renderStoppingCondition, totalSeconds } from '../job/stopping-condition';
import { type Validation, within } from '../validation/construct-validation';

export interface TrainingDefinitionSettings {
  readonly options: AnyTrainingOptions;
  readonly role: iam.IRole;
  readonly validation: Validation;
  /** The path of the options in the props. Default: the options are the props. */
  readonly property?: string;
  /** Options of training jobs that require permissions. */
  readonly trainingJob?: DebuggingOptions & TrainingRoleOptions;
}

export const DEFAULT_VOLUME_GIB = 30;
const DEFAULT_SPOT_WAIT = Duration.hours(1);

/** The default runtime limit of SageMaker for a serverless job. */
const SERVICE_RUNTIME = Duration.days(1);

/**
 * A definition of training: the algorithm, the data and the resources. It is bound to a scope once, and renders the members that
 * training jobs and the definitions of tuning jobs share.
 */
export class TrainingDefinition {
  readonly connections?: ec2.Connections;
  readonly debugging: Debugging;
  /** The resources that must exist before the job starts. */
  readonly dependencies: readonly IDependable[];

  private readonly options: AnyTrainingOptions;
  /** SageMaker chooses the capacity of a serverless job, so the defaults do not apply. */
  private readonly serverless: boolean;
  private readonly image?: ContainerImageConfig;
  private readonly channels: readonly InputChannelConfig[];
  private readonly outputUri: string;
  private readonly checkpointUri?: string;
  private readonly network: JobNetwork;

  constructor(scope: Construct, private readonly settings: TrainingDefinitionSettings) {
    const options = settings.options;
    this.options = options;
    this.serverless = settings.trainingJob?.serverlessJobConfig !== undefined;
    this.network = new JobNetwork(scope, { ...options, severalInstances: true });
    this.connections = this.network.connections;

    const { connections } = this;
    const grantee = granteeOf(settings.role);
    this.image = options.trainingImage?.bind(scope, { grantee, platform: platformOf(this.instanceTypes) });
    this.channels = (options.inputDataConfig ?? []).map((channel) => channel._bind(scope, { grantee, connections }));
    this.outputUri = options.outputLocation.bind(scope, { grantee, forWriting: true }).uri;
    this.checkpointUri = options.checkpointConfig?.location.bind(scope, { grantee, forReading: true, forWriting: true }).uri;
    if (options.outputEncryptionKey) grantOutputKey(options.outputEncryptionKey, grantee);
    if (options.volumeEncryptionKey) grantVolumeKey(options.volumeEncryptionKey, grantee);

    this.dependencies = [...this.network.dependencies, ...this.channels.flatMap(({ dependencies }) => dependencies ?? [])];
    settings.validation.add(...within(settings.property, [
      ...trainingChecks(options, {
        vpcIsRequired: this.channels.some(({ channel, requiresVpc }) => requiresVpc && channel.DataSource?.FileSystemDataSource === undefined),
      }),
      ...this.channels.flatMap(({ _checks = [] }, index) => within(`inputDataConfig[${index}]`, _checks)),
      () => problemOf('trainingImage', this.image),
      ...algorithmChecks(options, this.channels.map(({ channel }) => channel.InputMode)),
    ]));
    this.debugging = new Debugging(scope, grantee, settings.trainingJob ?? {});
    settings.validation.add(...this.debugging.checks);
    grantTraining(scope, grantee, { ...settings.trainingJob, subnetIds: this.network.subnetIds });
  }

  /** The training plans of the instances. */
  get trainingPlanArns(): string[] {
    const { instancePreferences = [], trainingPlanArn } = this.options;
    const ofPreferences = instancePreferences.flatMap((preference) => preference.trainingPlanArns ?? []);
    return trainingPlanArn === undefined ? ofPreferences : [trainingPlanArn, ...ofPreferences];
  }

  /** The location of the model. */
  get output(): JobOutput {
    return { location: this.options.outputLocation, encryptionKey: this.options.outputEncryptionKey };
  }

  /** The maximum runtime and wait of the job by its own limits, in seconds. */
  get limitSeconds(): number {
    return totalSeconds(this.options.enableManagedSpotTraining ? this.maxWaitTime : this.maxRuntime ?? SERVICE_RUNTIME, this.options.maxPendingTime);
  }

  /** Renders the members that the requests of training jobs and tuning jobs share. */
  render(): RequestStructure {
    const { enableInterContainerTrafficEncryption, enableManagedSpotTraining, enableNetworkIsolation, maxPendingTime } = this.options;
    const { maxRuntime, maxWaitTime } = this;
    return {
      RoleArn: this.settings.role.roleArn,
      InputDataConfig: nonEmpty(this.channels.map(({ channel }) => channel)),
      OutputDataConfig: this.renderOutputDataConfig(),
      ResourceConfig: this.renderResourceConfig(),
      VpcConfig: this.network.render(),
      StoppingCondition: renderStoppingCondition({ maxRuntime, maxWaitTime, maxPendingTime }),
      EnableNetworkIsolation: enableNetworkIsolation,
      EnableInterContainerTrafficEncryption: enableInterContainerTrafficEncryption,
      EnableManagedSpotTraining: enableManagedSpotTraining,
      CheckpointConfig: this.renderCheckpointConfig(),
    };
  }

  /** Renders the members of the algorithm specification that training jobs and tuning jobs share. */
  renderAlgorithm(): RequestStructure | undefined {
    const { algorithmName, metricDefinitions, trainingInputMode } = this.options;
    if (!this.image && algorithmName === undefined) return undefined;
    return {
      TrainingImage: this.image?.imageUri,
      AlgorithmName: algorithmName,
      TrainingInputMode: (trainingInputMode ?? TrainingInputMode.FILE).value,
      MetricDefinitions: nonEmpty(metricDefinitions?.map(({ name, regex }) => ({ Name: name, Regex: regex }))),
    };
  }

  /** Whether the image is in a registry that only the VPC of the job reaches. */
  get imageIsInVpc(): boolean {
    return this.image?.trainingRepositoryAccessMode?.value === TrainingRepositoryAccessMode.VPC.value;
  }

  /** The values of `CompressionType` that the model can have. The one of a serverless job is unknown by default. */
  get modelCompressionTypes(): readonly string[] {
    const { outputCompressionType = this.serverless ? undefined : OutputCompressionType.GZIP } = this.options;
    return outputCompressionType ? [outputCompressionType.value] : [];
  }

  renderTrainingImageConfig(): RequestStructure | undefined {
    const { trainingRepositoryAccessMode: mode, trainingRepositoryCredentialsProviderArn: provider } = this.image ?? {};
    return mode && {
      TrainingRepositoryAccessMode: mode.value,
      TrainingRepositoryAuthConfig: provider === undefined ? undefined : { TrainingRepositoryCredentialsProviderArn: provider },
    };
  }

  renderEnvironment(): RequestStructure | undefined {
    return stringMap(this.options.environment);
  }

  renderRetryStrategy(): RequestStructure | undefined {
    const attempts = this.options.maximumRetryAttempts;
    return attempts === undefined ? undefined : { MaximumRetryAttempts: attempts };
  }

  private renderOutputDataConfig(): RequestStructure {
    return {
      KmsKeyId: this.options.outputEncryptionKey?.keyArn,
      S3OutputPath: this.outputUri,
      CompressionType: this.options.outputCompressionType?.value,
    };
  }

  private renderResourceConfig(): RequestStructure | undefined {
    const { keepAlivePeriod, trainingPlanArn, volumeEncryptionKey, volumeSize } = this.options;
    return structure({
      InstanceType: this.instanceType?.value,
      InstanceCount: this.instanceCount,
      VolumeSizeInGB: gibibytesOf(volumeSize) ?? (this.serverless ? undefined : DEFAULT_VOLUME_GIB),
      VolumeKmsKeyId: volumeEncryptionKey?.keyArn,
      KeepAlivePeriodInSeconds: secondsOf(keepAlivePeriod),
      InstanceGroups: this.renderInstanceGroups(),
      TrainingPlanArn: trainingPlanArn,
      InstancePlacementConfig: this.renderInstancePlacementConfig(),
      InstancePreferences: this.renderInstancePreferences(),
    });
  }

  private renderCheckpointConfig(): RequestStructure | undefined {
    return this.checkpointUri === undefined ? undefined : { S3Uri: this.checkpointUri, LocalPath: this.options.checkpointConfig?.localPath };
  }

  private renderInstanceGroups(): RequestStructure[] | undefined {
    return nonEmpty(this.options.instanceGroups?.map(({ instanceCount, instanceGroupName, instanceType }) => ({
      InstanceType: instanceType.value,
      InstanceCount: instanceCount ?? 1,
      InstanceGroupName: instanceGroupName,
    })));
  }

  private renderInstancePlacementConfig(): RequestStructure | undefined {
    const { enableMultipleJobs, placementSpecifications } = this.options.instancePlacementConfig ?? {};
    return structure({
      EnableMultipleJobs: enableMultipleJobs,
      PlacementSpecifications: nonEmpty(placementSpecifications?.map(({ instanceCount, ultraServerId }) => ({
        UltraServerId: ultraServerId,
        InstanceCount: instanceCount,
      }))),
    });
  }

  private renderInstancePreferences(): RequestStructure[] | undefined {
    return nonEmpty(this.options.instancePreferences?.map(({ instanceCount, instanceType, trainingPlanArns }) => ({
      InstanceType: instanceType.value,
      InstanceCount: instanceCount,
      TrainingPlanArns: nonEmpty(trainingPlanArns),
    })));
  }

  private get instanceTypes(): string[] {
    const { instanceGroups = [], instancePreferences = [] } = this.options;
    const types = [this.instanceType, ...[...instanceGroups, ...instancePreferences].map(({ instanceType }) => instanceType)];
    return types.flatMap((type) => type?.value ?? []);
  }

  private get instanceType(): MlInstanceType | undefined {
    const { instanceGroups, instancePreferences, instanceType } = this.options;
    if (instanceType || instanceGroups || instancePreferences || this.serverless) return instanceType;
    return MlInstanceType.ML_M5_XLARGE;
  }

  private get instanceCount(): number | undefined {
    const { instanceCount, instanceGroups, instancePreferences } = this.options;
    if (instanceCount !== undefined || instanceGroups || this.serverless) return instanceCount;
    return instancePreferences?.some((preference) => preference.instanceCount !== undefined) ? undefined : 1;
  }

  private get maxRuntime(): Duration | undefined {
    return this.options.maxRuntime ?? (this.serverless ? undefined : DEFAULT_MAX_RUNTIME);
  }

  private get maxWaitTime(): Duration | undefined {
    const { enableManagedSpotTraining, maxWaitTime } = this.options;
    if (maxWaitTime || !enableManagedSpotTraining) return maxWaitTime;
    const runtime = this.maxRuntime ?? SERVICE_RUNTIME;
    return runtime.isUnresolved() ? runtime : runtime.plus(DEFAULT_SPOT_WAIT);
  }
}
