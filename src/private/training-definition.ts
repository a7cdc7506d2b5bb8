import { Duration, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IDependable } from 'constructs';
import type { ContainerImageConfig } from '../container-image';
import type { InputChannelConfig } from '../input-channel-options';
import { TrainingInputMode } from '../training-input';
import { TrainingInstanceType } from '../training-instance-type';
import type { TrainingOptions } from '../training-options';
import { makeJobRole } from './job-role';
import { nonEmpty, structure } from './request';
import { trainingChecks } from './training-checks';
import type { Validation } from './validation';

type Structure = { [member: string]: any };

export interface TrainingDefinitionSettings {
  readonly options: TrainingOptions;
  readonly validation: Validation;
  /** The service decides on the capacity, so nothing is said about it by default. */
  readonly serverless?: boolean;
  /** The service passes session tags on to the role. */
  readonly sessionTags?: boolean;
}

const DEFAULT_VOLUME_GIB = 30;
const DEFAULT_RUNTIME = Duration.hours(1);
const DEFAULT_SPOT_WAIT = Duration.hours(1);

/** How long the service lets a job run that says nothing about it. */
const SERVICE_RUNTIME = Duration.days(1);

/**
 * What is trained, on what and with what: bound to a scope once, rendered in the words that a training job and the
 * definitions of a tuning job have in common.
 */
export class TrainingDefinition {
  readonly role: iam.IRole;
  /** Who gets what the job needs: the role, or nobody where the role is not for this app to change. */
  readonly grantee: iam.IGrantable;
  readonly connections?: ec2.Connections;
  /** What has to exist before the job starts. */
  readonly dependencies: readonly IDependable[];

  private readonly options: TrainingOptions;
  private readonly image?: ContainerImageConfig;
  private readonly channels: readonly InputChannelConfig[];
  private readonly outputUri: string;
  private readonly checkpointUri?: string;
  private readonly subnets?: ec2.SelectedSubnets;

  constructor(private readonly scope: Construct, private readonly settings: TrainingDefinitionSettings) {
    const options = settings.options;
    this.options = options;
    this.role = options.role ?? makeJobRole(scope, settings.sessionTags);
    this.grantee = this.findGrantee();
    this.connections = this.makeConnections();
    this.subnets = options.vpc?.selectSubnets(options.vpcSubnets);

    const { grantee, connections } = this;
    this.image = options.trainingImage?.bind(scope, { grantee });
    this.channels = (options.inputChannels ?? []).map((channel) => channel.bind(scope, { grantee, connections }));
    this.outputUri = options.outputLocation.bind(scope, { grantee, forWriting: true }).s3Uri;
    this.checkpointUri = options.checkpointConfig?.location.bind(scope, { grantee, forReading: true, forWriting: true }).s3Uri;
    // Large models are uploaded in parts, and putting encrypted parts together takes decryption as well.
    options.outputEncryptionKey?.grantEncryptDecrypt(grantee);
    options.volumeEncryptionKey?.grant(grantee, 'kms:CreateGrant');

    this.dependencies = [
      ...connections?.securityGroups ?? [],
      ...this.subnets ? [this.subnets.internetConnectivityEstablished] : [],
      ...this.channels.flatMap(({ dependencies }) => dependencies ?? []),
    ];
    settings.validation.add(...trainingChecks(options, {
      serverless: settings.serverless ?? false,
      vpcIsRequired: this.channels.some(({ requiresVpc }) => requiresVpc) || this.image?.throughVpc === true,
    }));
  }

  /** How long the job may run or wait by its own limits, in seconds. */
  get limitSeconds(): number {
    const limits = [this.options.enableManagedSpotTraining ? this.maxWaitTime : this.maxRuntime ?? SERVICE_RUNTIME, this.options.maxPendingTime]
      .flatMap((limit) => (limit ? [limit.toSeconds()] : []));
    return limits.find((limit) => Token.isUnresolved(limit)) ?? limits.reduce((sum, limit) => sum + limit);
  }

  /** The members of an algorithm specification that training jobs and tuning jobs have in common. */
  renderAlgorithm(): Structure | undefined {
    const { algorithmName, metricDefinitions, trainingInputMode } = this.options;
    if (!this.image && algorithmName === undefined) return undefined;
    return {
      TrainingImage: this.image?.imageUri,
      AlgorithmName: algorithmName,
      TrainingInputMode: (trainingInputMode ?? TrainingInputMode.FILE).value,
      MetricDefinitions: nonEmpty(metricDefinitions?.map(({ name, regex }) => ({ Name: name, Regex: regex }))),
    };
  }

  renderTrainingImageConfig(): Structure | undefined {
    if (!this.image?.throughVpc) return undefined;
    const provider = this.image.credentialsProviderArn;
    return {
      TrainingRepositoryAccessMode: 'Vpc',
      TrainingRepositoryAuthConfig: provider === undefined ? undefined : { TrainingRepositoryCredentialsProviderArn: provider },
    };
  }

  renderInputDataConfig(): Structure[] | undefined {
    return nonEmpty(this.channels.map(({ channel }) => channel));
  }

  renderOutputDataConfig(): Structure {
    return {
      KmsKeyId: this.options.outputEncryptionKey?.keyArn,
      S3OutputPath: this.outputUri,
      CompressionType: this.options.outputCompressionType?.value,
    };
  }

  renderResourceConfig(): Structure | undefined {
    const { keepAlivePeriod, trainingPlanArn, volumeEncryptionKey, volumeSize } = this.options;
    return structure({
      InstanceType: this.instanceType?.instanceType,
      InstanceCount: this.instanceCount,
      VolumeSizeInGB: volumeSize?.toGibibytes() ?? (this.settings.serverless ? undefined : DEFAULT_VOLUME_GIB),
      VolumeKmsKeyId: volumeEncryptionKey?.keyArn,
      KeepAlivePeriodInSeconds: keepAlivePeriod?.toSeconds(),
      InstanceGroups: this.renderInstanceGroups(),
      TrainingPlanArn: trainingPlanArn,
      InstancePlacementConfig: this.renderInstancePlacementConfig(),
      InstancePreferences: this.renderInstancePreferences(),
    });
  }

  renderVpcConfig(): Structure | undefined {
    if (!this.connections || !this.subnets) return undefined;
    return {
      SecurityGroupIds: this.connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
      Subnets: this.subnets.subnetIds,
    };
  }

  renderStoppingCondition(): Structure | undefined {
    return structure({
      MaxRuntimeInSeconds: this.maxRuntime?.toSeconds(),
      MaxWaitTimeInSeconds: this.maxWaitTime?.toSeconds(),
      MaxPendingTimeInSeconds: this.options.maxPendingTime?.toSeconds(),
    });
  }

  renderCheckpointConfig(): Structure | undefined {
    return this.checkpointUri === undefined ? undefined : { S3Uri: this.checkpointUri, LocalPath: this.options.checkpointConfig?.localPath };
  }

  renderEnvironment(): Structure | undefined {
    return nonEmpty(this.options.environment);
  }

  renderRetryStrategy(): Structure | undefined {
    const attempts = this.options.maximumRetryAttempts;
    return attempts === undefined ? undefined : { MaximumRetryAttempts: attempts };
  }

  private renderInstanceGroups(): Structure[] | undefined {
    return nonEmpty(this.options.instanceGroups?.map(({ instanceCount, instanceGroupName, instanceType }) => ({
      InstanceType: instanceType.instanceType,
      InstanceCount: instanceCount ?? 1,
      InstanceGroupName: instanceGroupName,
    })));
  }

  private renderInstancePlacementConfig(): Structure | undefined {
    const { enableMultipleJobs, placementSpecifications } = this.options.instancePlacementConfig ?? {};
    return structure({
      EnableMultipleJobs: enableMultipleJobs,
      PlacementSpecifications: nonEmpty(placementSpecifications?.map(({ instanceCount, ultraServerId }) => ({
        UltraServerId: ultraServerId,
        InstanceCount: instanceCount,
      }))),
    });
  }

  private renderInstancePreferences(): Structure[] | undefined {
    return nonEmpty(this.options.instancePreferences?.map(({ instanceCount, instanceType, trainingPlanArns }) => ({
      InstanceType: instanceType.instanceType,
      InstanceCount: instanceCount,
      TrainingPlanArns: nonEmpty(trainingPlanArns),
    })));
  }

  private get instanceType(): TrainingInstanceType | undefined {
    const { instanceGroups, instancePreferences, instanceType } = this.options;
    if (instanceType || instanceGroups || instancePreferences || this.settings.serverless) return instanceType;
    return TrainingInstanceType.ML_M5_XLARGE;
  }

  private get instanceCount(): number | undefined {
    const { instanceCount, instanceGroups, instancePreferences } = this.options;
    if (instanceCount !== undefined || instanceGroups || this.settings.serverless) return instanceCount;
    return instancePreferences?.some((preference) => preference.instanceCount !== undefined) ? undefined : 1;
  }

  private get maxRuntime(): Duration | undefined {
    return this.options.maxRuntime ?? (this.settings.serverless ? undefined : DEFAULT_RUNTIME);
  }

  private get maxWaitTime(): Duration | undefined {
    const { enableManagedSpotTraining, maxWaitTime } = this.options;
    if (maxWaitTime || !enableManagedSpotTraining) return maxWaitTime;
    const runtime = this.maxRuntime ?? SERVICE_RUNTIME;
    return runtime.isUnresolved() ? runtime : runtime.plus(DEFAULT_SPOT_WAIT);
  }

  private findGrantee(): iam.IGrantable {
    if (iam.Role.isRole(this.role) || this.role instanceof iam.LazyRole) return this.role;
    return iam.Role.fromRoleArn(this.scope, 'RoleAsItIs', this.role.roleArn, { mutable: false });
  }

  private makeConnections(): ec2.Connections | undefined {
    const { allowAllOutbound, securityGroups, vpc } = this.options;
    if (!vpc) return undefined;
    if (nonEmpty(securityGroups)) return new ec2.Connections({ securityGroups });
    const group = new ec2.SecurityGroup(this.scope, 'SecurityGroup', { vpc, allowAllOutbound });
    const connections = new ec2.Connections({ securityGroups: [group] });
    connections.allowInternally(ec2.Port.allTraffic(), 'the instances of one job');
    return connections;
  }
}
