import {
  CreateCompilationJobRequest$,
  CreateHyperParameterTuningJobRequest$,
  CreateTrainingJobRequest$,
  UpdateTrainingJobRequest$,
} from '@aws-sdk/client-sagemaker';
import type { SageMakerApi } from './handler-services';
import { type JobProgress, trainingProgress } from './job-progress';
import type { NotFoundRule } from './service-errors';
import { type CompleteDescription, completeTuning, hasNoBest } from './tuning-result';
import { JOB_KINDS, type JobKind, RESOURCE_TYPE } from '../src/contract';

/** A member of the create request that can change while the job runs. */
export interface InPlaceMember {
  readonly path: readonly string[];
  /** What says that the member is no longer wanted. Default: nothing can, the member stays as it is. */
  readonly off?: unknown;
}

/** Everything in which one kind of job differs from another. */
export interface HandledKind {
  /** How messages call it. */
  readonly label: string;
  readonly operations: {
    readonly create: string;
    readonly describe: string;
    readonly stop: string;
    readonly delete: string;
    /** Only of kinds with members that change in place. */
    readonly update?: string;
  };
  /** The SDK's schemas of the requests. */
  readonly createSchema: unknown;
  readonly updateSchema?: unknown;
  /** Members of the requests and of the description. */
  readonly nameMember: string;
  readonly arnMember: string;
  readonly statusMember: string;
  readonly statuses: { readonly [status: string]: Phase };
  /** How the service says that there is no such job, as `code` or `code: part of the message`. */
  readonly notFound: readonly NotFoundRule[];
  readonly inPlace: readonly InPlaceMember[];
  /** The request to `update` that gives up what a finished job still holds, and the words of the description that say so. */
  readonly retainedCapacity?: { readonly path: readonly string[]; readonly status: string; readonly release: Record<string, unknown> };
  readonly logGroup: string;
  /** The described values that are returned as attributes, most wanted first, as paths (`attributesOf`). */
  readonly attributes: readonly string[];
  /** How far a running job is, and since when, by its description. Default: nobody knows. */
  readonly progress?: (description: Record<string, any>) => JobProgress;
  /** A job that has completed, and yet has no result. */
  readonly isWithoutResult?: (description: Record<string, any>) => boolean;
  /** Adds to the description of a job that has ended what other operations say of it. */
  readonly complete?: (description: Record<string, any>, sageMaker: SageMakerApi) => Promise<CompleteDescription>;
}

/** The phases of a job that the lifecycle tells apart; `unknown` is a status word that the table does not have. */
export type Phase = 'running' | 'stopping' | 'deleting' | 'completed' | 'failed' | 'stopped' | 'unknown';

export const HANDLED_KINDS: { readonly [kind in JobKind]: HandledKind } = {
  trainingJob: {
    ...factsOf('trainingJob'),
    operations: { ...factsOf('trainingJob').operations, update: 'UpdateTrainingJob' },
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
    notFound: ['ResourceNotFound', { code: 'ValidationException', message: /requested resource not found/i }],
    inPlace: [
      { path: ['ProfilerConfig'], off: { DisableProfiler: true } },
      { path: ['ProfilerRuleConfigurations'], off: [] },
      { path: ['ResourceConfig', 'KeepAlivePeriodInSeconds'], off: 0 },
      { path: ['RemoteDebugConfig'], off: { EnableRemoteDebug: false } },
    ],
    retainedCapacity: {
      path: ['WarmPoolStatus', 'Status'],
      status: 'Available',
      release: { ResourceConfig: { KeepAlivePeriodInSeconds: 0 } },
    },
    progress: trainingProgress,
  },
  hyperParameterTuningJob: {
    ...factsOf('hyperParameterTuningJob'),
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
    notFound: ['ResourceNotFound'],
    inPlace: [],
    isWithoutResult: hasNoBest,
    complete: completeTuning,
  },
  compilationJob: {
    ...factsOf('compilationJob'),
    createSchema: CreateCompilationJobRequest$,
    statuses: {
      STARTING: 'running',
      INPROGRESS: 'running',
      STOPPING: 'stopping',
      COMPLETED: 'completed',
      FAILED: 'failed',
      STOPPED: 'stopped',
    },
    notFound: ['ResourceNotFound'],
    inPlace: [],
  },
};

/** The kind of job that a resource type stands for; undefined: the type is none of a job. */
export function kindOf(resourceType: string): JobKind | undefined {
  return (Object.keys(HANDLED_KINDS) as JobKind[]).find((kind) => RESOURCE_TYPE[kind] === resourceType);
}

/** The facts of the contract about a kind, and the names that follow from its noun. */
function factsOf(kind: JobKind) {
  const { attributes, label, logGroup, noun } = JOB_KINDS[kind];
  return {
    label: `${label[0].toUpperCase()}${label.slice(1)}`,
    operations: { create: `Create${noun}`, describe: `Describe${noun}`, stop: `Stop${noun}`, delete: `Delete${noun}` },
    nameMember: `${noun}Name`,
    arnMember: `${noun}Arn`,
    statusMember: `${noun}Status`,
    logGroup,
    attributes,
  };
}
