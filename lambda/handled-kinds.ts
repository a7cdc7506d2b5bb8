import {
  CreateCompilationJobRequest$,
  CreateHyperParameterTuningJobRequest$,
  CreateTrainingJobRequest$,
  UpdateTrainingJobRequest$,
} from '@aws-sdk/client-sagemaker';
import type { SageMakerApi } from './handler-services';
import { type JobProgress, trainingProgress } from './job-progress';
import { type CompleteDescription, completeTuning, hasNoBest } from './tuning-result';
import { JOB_KINDS, type JobKind, RESOURCE_TYPE } from '../src/contract';

/** A member of the create request that can change while the job runs. */
export interface InPlaceMember {
  readonly path: readonly string[];
  /** What says that the member is no longer wanted. Default: nothing can, the member stays as it is. */
  readonly off?: unknown;
}

/** What only the handler knows of a kind of job. */
interface OwnOfKind {
  /** The SDK's schemas of the requests. */
  readonly createSchema: unknown;
  readonly updateSchema?: unknown;
  readonly statuses: { readonly [status: string]: Phase };
  readonly inPlace: readonly InPlaceMember[];
  /** The conditions that a running job depends on, so that they cannot be taken from it. Lists are passed through. */
  readonly fixedWhileRunning: ReadonlyArray<readonly string[]>;
  /** The request to `update` that gives up what a finished job still holds, and the words of the description that say so. */
  readonly retainedCapacity?: { readonly path: readonly string[]; readonly status: string; readonly release: Record<string, unknown> };
  /** Where a job of that name and request has put its artifacts, as attributes; only where the request tells. */
  readonly artifacts?: (name: string, request: any) => Record<string, string>;
  /** How far a running job is, and since when, by its description. Default: nobody knows. */
  readonly progress?: (description: Record<string, any>) => JobProgress;
  /** A job that has completed, and yet has no result. */
  readonly isWithoutResult?: (description: Record<string, any>) => boolean;
  /** Adds to the description of a job that has ended what other operations say of it. */
  readonly complete?: (description: Record<string, any>, sageMaker: SageMakerApi) => Promise<CompleteDescription>;
}

/** Everything in which one kind of job differs from another. */
export interface HandledKind extends OwnOfKind {
  /** How messages begin that are about a job. */
  readonly label: string;
  readonly operations: {
    readonly [verb in 'create' | 'describe' | 'stop' | 'delete' | 'list']: string;
  } & {
    /** Only of kinds with members that change in place. */
    readonly update?: string;
  };
  /** Members of the requests, the description and the lists. */
  readonly nameMember: string;
  readonly arnMember: string;
  readonly statusMember: string;
  readonly summariesMember: string;
  readonly arnResource: string;
  readonly logGroup: string;
  /** The described values that are returned as attributes, most wanted first, as paths (`attributesOf`). */
  readonly attributes: readonly string[];
}

/** The phases of a job that the lifecycle tells apart; `unknown` is a status word that the table does not have. */
export type Phase = 'running' | 'stopping' | 'deleting' | 'completed' | 'failed' | 'stopped' | 'unknown';

const OWN: { readonly [kind in JobKind]: OwnOfKind } = {
  trainingJob: {
    createSchema: CreateTrainingJobRequest$,
    updateSchema: UpdateTrainingJobRequest$,
    statuses: {
      InProgress: 'running',
      Stopping: 'stopping',
      Deleting: 'deleting',
      Completed: 'completed',
      Failed: 'failed',
      Stopped: 'stopped',
    },
    inPlace: [
      { path: ['ProfilerConfig'], off: { DisableProfiler: true } },
      { path: ['ProfilerRuleConfigurations'], off: [] },
      { path: ['ResourceConfig', 'KeepAlivePeriodInSeconds'], off: 0 },
      { path: ['RemoteDebugConfig'], off: { EnableRemoteDebug: false } },
    ],
    fixedWhileRunning: [['RoleArn'], ['VpcConfig', 'Subnets'], ['VpcConfig', 'SecurityGroupIds'], ['ResourceConfig', 'VolumeKmsKeyId']],
    retainedCapacity: {
      path: ['WarmPoolStatus', 'Status'],
      status: 'Available',
      release: { ResourceConfig: { KeepAlivePeriodInSeconds: 0 } },
    },
    progress: trainingProgress,
    artifacts: trainingArtifacts,
  },
  hyperParameterTuningJob: {
    createSchema: CreateHyperParameterTuningJobRequest$,
    statuses: {
      InProgress: 'running',
      Stopping: 'stopping',
      Deleting: 'deleting',
      Completed: 'completed',
      Failed: 'failed',
      DeleteFailed: 'failed',
      Stopped: 'stopped',
    },
    inPlace: [],
    fixedWhileRunning: ['TrainingJobDefinition', 'TrainingJobDefinitions'].flatMap((definition) => [
      [definition, 'RoleArn'],
      [definition, 'VpcConfig', 'Subnets'],
      [definition, 'VpcConfig', 'SecurityGroupIds'],
      [definition, 'ResourceConfig', 'VolumeKmsKeyId'],
      [definition, 'HyperParameterTuningResourceConfig', 'VolumeKmsKeyId'],
    ]),
    isWithoutResult: hasNoBest,
    complete: completeTuning,
  },
  compilationJob: {
    createSchema: CreateCompilationJobRequest$,
    statuses: {
      STARTING: 'running',
      INPROGRESS: 'running',
      STOPPING: 'stopping',
      COMPLETED: 'completed',
      FAILED: 'failed',
      STOPPED: 'stopped',
    },
    inPlace: [],
    fixedWhileRunning: [['RoleArn'], ['VpcConfig', 'Subnets'], ['VpcConfig', 'SecurityGroupIds']],
  },
};

/** The kinds of job, with what follows from their nouns. */
export const HANDLED_KINDS = Object.fromEntries(Object.entries(OWN).map(([kind, own]): [string, HandledKind] => {
  const { label, noun, ...shared } = JOB_KINDS[kind as JobKind];
  return [kind, {
    ...own,
    ...shared,
    label: label[0].toUpperCase() + label.slice(1),
    operations: {
      create: `Create${noun}`,
      describe: `Describe${noun}`,
      stop: `Stop${noun}`,
      delete: `Delete${noun}`,
      list: `List${noun}s`,
      ...own.updateSchema !== undefined && { update: `Update${noun}` },
    },
    nameMember: `${noun}Name`,
    arnMember: `${noun}Arn`,
    statusMember: `${noun}Status`,
    summariesMember: `${noun}Summaries`,
  }];
})) as { readonly [kind in JobKind]: HandledKind };

/** The kind of job that a resource type stands for; undefined: the type is none of a job. */
export function kindOf(resourceType: string): JobKind | undefined {
  return (Object.keys(HANDLED_KINDS) as JobKind[]).find((kind) => RESOURCE_TYPE[kind] === resourceType);
}

/** A training job puts its compressed model below its own name. */
function trainingArtifacts(name: string, { OutputDataConfig: { S3OutputPath, CompressionType } = {} as any }: any): Record<string, string> {
  if (S3OutputPath === undefined || (CompressionType ?? 'GZIP') !== 'GZIP') return {};
  return { 'ModelArtifacts.S3ModelArtifacts': `${S3OutputPath.replace(/\/+$/, '')}/${name}/output/model.tar.gz` };
}
