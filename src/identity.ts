import { createHash } from 'node:crypto';
import type { JobKind, JobProperties } from './contract';

/*
 * The identity of a job, which covers everything that its result depends on. The constructs and the handler import this file, so
 * it imports nothing of either.
 */

/**
 * The members of a create request that are conditions of running a job and do not affect its result. A structure represents its
 * members; lists and maps are traversed. A member that is not listed here affects the result.
 */
export interface Conditions {
  readonly [member: string]: true | Conditions;
}

const NETWORK: Conditions = { SecurityGroupIds: true, Subnets: true };
const EXPERIMENT: Conditions = { ExperimentName: true, TrialName: true, TrialComponentDisplayName: true, RunName: true };
const STOPPING: Conditions = { MaxRuntimeInSeconds: true, MaxWaitTimeInSeconds: true, MaxPendingTimeInSeconds: true };

/** The members that training jobs and training job definitions share. */
const TRAINING: Conditions = {
  RoleArn: true,
  InputDataConfig: {
    DataSource: { S3DataSource: { ModelAccessConfig: { AcceptEula: true } }, FileSystemDataSource: { FileSystemAccessMode: true } },
  },
  ResourceConfig: {
    VolumeSizeInGB: true,
    VolumeKmsKeyId: true,
    KeepAlivePeriodInSeconds: true,
    TrainingPlanArn: true,
    InstancePlacementConfig: { EnableMultipleJobs: true, PlacementSpecifications: { InstanceCount: true, UltraServerId: true } },
    InstancePreferences: { TrainingPlanArns: true },
  },
  VpcConfig: NETWORK,
  EnableNetworkIsolation: true,
  EnableInterContainerTrafficEncryption: true,
  EnableManagedSpotTraining: true,
  RetryStrategy: { MaximumRetryAttempts: true },
};

/** The runtime limit of a definition determines the progress of each training job of the search. */
const DEFINITION: Conditions = {
  ...TRAINING,
  StoppingCondition: { MaxWaitTimeInSeconds: true, MaxPendingTimeInSeconds: true },
  HyperParameterTuningResourceConfig: { VolumeSizeInGB: true, VolumeKmsKeyId: true, InstanceConfigs: { VolumeSizeInGB: true } },
};

/** The versions of the table. Tags of jobs contain the version. Versions are added, never changed. */
export const IDENTITY_VERSIONS: ReadonlyArray<{ readonly [kind in JobKind]: Conditions }> = [{
  trainingJob: {
    ...TRAINING,
    AlgorithmSpecification: {
      EnableSageMakerMetricsTimeSeries: true,
      TrainingImageConfig: { TrainingRepositoryAccessMode: true, TrainingRepositoryAuthConfig: { TrainingRepositoryCredentialsProviderArn: true } },
    },
    StoppingCondition: STOPPING,
    DebugRuleConfigurations: { InstanceType: true, VolumeSizeInGB: true },
    ExperimentConfig: EXPERIMENT,
    ProfilerConfig: { S3OutputPath: true, ProfilingIntervalInMilliseconds: true, ProfilingParameters: true, DisableProfiler: true },
    ProfilerRuleConfigurations: {
      RuleConfigurationName: true,
      LocalPath: true,
      S3OutputPath: true,
      RuleEvaluatorImage: true,
      InstanceType: true,
      VolumeSizeInGB: true,
      RuleParameters: true,
    },
    RemoteDebugConfig: { EnableRemoteDebug: true },
    InfraCheckConfig: { EnableInfraCheck: true },
    SessionChainingConfig: { EnableSessionTagChaining: true },
    ServerlessJobConfig: { AcceptEula: true },
    MlflowConfig: { MlflowResourceArn: true, MlflowExperimentName: true, MlflowRunName: true },
  },
  hyperParameterTuningJob: { TrainingJobDefinition: DEFINITION, TrainingJobDefinitions: DEFINITION },
  compilationJob: { RoleArn: true, StoppingCondition: STOPPING, VpcConfig: NETWORK },
  processingJob: {
    RoleArn: true,
    ProcessingInputs: {
      DatasetDefinition: {
        AthenaDatasetDefinition: { WorkGroup: true, OutputS3Uri: true, KmsKeyId: true },
        RedshiftDatasetDefinition: { ClusterRoleArn: true, OutputS3Uri: true, KmsKeyId: true },
      },
    },
    ProcessingResources: { ClusterConfig: { VolumeSizeInGB: true, VolumeKmsKeyId: true } },
    StoppingCondition: { MaxRuntimeInSeconds: true },
    NetworkConfig: { EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: true, VpcConfig: NETWORK },
    ExperimentConfig: EXPERIMENT,
  },
  transformJob: {
    MaxConcurrentTransforms: true,
    ModelClientConfig: { InvocationsTimeoutInSeconds: true, InvocationsMaxRetries: true },
    TransformResources: { VolumeKmsKeyId: true },
    ExperimentConfig: EXPERIMENT,
  },
  optimizationJob: {
    RoleArn: true,
    ModelSource: { S3: { ModelAccessConfig: { AcceptEula: true } } },
    StoppingCondition: STOPPING,
    VpcConfig: NETWORK,
    TrainingPlanArns: true,
  },
}];

/**
 * Returns the identities of a request as `<version>:<hash>`, with the newest version of the table first. They cover the members
 * that affect the result and the rerun value, but not the stack, the name and the tags.
 */
export function identitiesOf(kind: JobKind, { Request, Rerun }: Pick<JobProperties, 'Request' | 'Rerun'>): string[] {
  return IDENTITY_VERSIONS.map((conditions, index) => {
    const { Tags: _, ...request } = Request;
    return `${index + 1}:${digest([withoutConditions(request, conditions[kind]), Rerun ?? ''], 25)}`;
  }).reverse();
}

const STACK_KEY_LENGTH = 5;

/** The common part of the names of all jobs of a stack. */
export function stackKey(stackId: string): string {
  return digest(stackId, STACK_KEY_LENGTH);
}

/** Returns a number of base 36 characters of a hash of a value. */
export function digest(value: unknown, length: number): string {
  const bytes = createHash('sha256').update(canonical(value)).digest();
  return BigInt(`0x${bytes.toString('hex')}`).toString(36).padStart(50, '0').slice(-length);
}

/**
 * Returns JSON with sorted members and all scalars as strings, because CloudFormation converts scalars to strings and other
 * callers may not.
 */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) => {
    if (Array.isArray(part)) return part;
    if (isStructure(part)) return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    return String(part);
  });
}

/** Removes conditions, and structures that contain nothing else. Returns undefined if nothing is left. */
function withoutConditions(value: unknown, conditions?: Conditions): unknown {
  if (Array.isArray(value)) return value.map((part) => withoutConditions(part, conditions) ?? (conditions ? undefined : choiceOf(part)));
  if (!isStructure(value)) return value;
  return structureOf(Object.entries(value).flatMap(([member, part]): [string, unknown][] => {
    const condition = conditions?.[member];
    return condition === true ? [] : [[member, withoutConditions(part, condition)]];
  }));
}

/** Returns the members of a union that chooses an empty structure, such as `{ ModelQuantizationConfig: {} }`, or undefined. */
function choiceOf(union: unknown): string[] | undefined {
  const members = isStructure(union) ? Object.keys(union).filter((member) => isStructure(union[member])) : [];
  return members.length === 0 ? undefined : members;
}

function structureOf(members: ReadonlyArray<readonly [string, unknown]>): object | undefined {
  const present = members.filter(([, part]) => part !== undefined && part !== null);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
