import { createHash } from 'node:crypto';
import type { JobKind, JobProperties } from './contract';

/*
 * What the result of a job depends on. Constructs and handler both import this file, so it imports nothing of theirs.
 */

/**
 * The members of a create request that are conditions under which a job runs, and do not decide its result. A structure
 * stands for its members; lists and maps are passed through. A member that is not named here decides the result.
 */
export interface Conditions {
  readonly [member: string]: true | Conditions;
}

const NETWORK: Conditions = { SecurityGroupIds: true, Subnets: true };
const STOPPING: Conditions = { MaxRuntimeInSeconds: true, MaxWaitTimeInSeconds: true, MaxPendingTimeInSeconds: true };

/** Of all that training jobs and training job definitions have in common. */
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

/** The runtime limit of a definition decides how far each training job of the search gets. */
const DEFINITION: Conditions = {
  ...TRAINING,
  StoppingCondition: { MaxWaitTimeInSeconds: true, MaxPendingTimeInSeconds: true },
  HyperParameterTuningResourceConfig: { VolumeSizeInGB: true, VolumeKmsKeyId: true, InstanceConfigs: { VolumeSizeInGB: true } },
};

/** Each version of the table; jobs tell by which one they were made. Versions are added, never changed. */
export const IDENTITY_VERSIONS: ReadonlyArray<{ readonly [kind in JobKind]: Conditions }> = [{
  trainingJob: {
    ...TRAINING,
    AlgorithmSpecification: {
      EnableSageMakerMetricsTimeSeries: true,
      TrainingImageConfig: { TrainingRepositoryAccessMode: true, TrainingRepositoryAuthConfig: { TrainingRepositoryCredentialsProviderArn: true } },
    },
    StoppingCondition: STOPPING,
    DebugRuleConfigurations: { InstanceType: true, VolumeSizeInGB: true },
    ExperimentConfig: { ExperimentName: true, TrialName: true, TrialComponentDisplayName: true, RunName: true },
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
}];

/**
 * The identities of a request, by the newest version of the table first, as `<version>:<hash>`. They hold the members that
 * decide the result and the rerun value: no stack, no name, no tags.
 */
export function identitiesOf(kind: JobKind, { Request, Rerun }: Pick<JobProperties, 'Request' | 'Rerun'>): string[] {
  return IDENTITY_VERSIONS.map((conditions, index) => {
    const { Tags: _, ...request } = Request;
    return `${index + 1}:${digest([withoutConditions(request, conditions[kind]), Rerun ?? ''], 25)}`;
  }).reverse();
}

/** The members of a request that are conditions by the newest version of the table, for what can only be compared later. */
export function conditionsOf(kind: JobKind, request: { readonly [member: string]: unknown }): { readonly [member: string]: unknown } {
  return (onlyConditions(request, IDENTITY_VERSIONS.at(-1)![kind]) ?? {}) as { readonly [member: string]: unknown };
}

/** So many base 36 characters of a hash over a value. */
export function digest(value: unknown, length: number): string {
  const bytes = createHash('sha256').update(canonical(value)).digest();
  return BigInt(`0x${bytes.toString('hex')}`).toString(36).padStart(50, '0').slice(-length);
}

/** JSON with sorted members and all scalars as strings, because CloudFormation makes strings of them and other callers may not. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) => {
    if (Array.isArray(part)) return part;
    if (isStructure(part)) return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    return String(part);
  });
}

/** The value without conditions, and without structures that hold nothing else; undefined: nothing is left. */
function withoutConditions(value: unknown, conditions: Conditions = {}): unknown {
  if (Array.isArray(value)) return value.map((part) => withoutConditions(part, conditions));
  if (!isStructure(value)) return value;
  return structureOf(Object.entries(value).flatMap(([member, part]): [string, unknown][] => {
    const condition = conditions[member];
    return condition === true ? [] : [[member, withoutConditions(part, condition)]];
  }));
}

function onlyConditions(value: unknown, conditions: Conditions | true | undefined): unknown {
  if (conditions === undefined) return undefined;
  if (conditions === true) return value;
  if (Array.isArray(value)) return value.map((part) => onlyConditions(part, conditions));
  if (!isStructure(value)) return undefined;
  return structureOf(Object.entries(value).map(([member, part]) => [member, onlyConditions(part, conditions[member])]));
}

function structureOf(members: ReadonlyArray<readonly [string, unknown]>): object | undefined {
  const present = members.filter(([, part]) => part !== undefined && part !== null);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

function isStructure(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
