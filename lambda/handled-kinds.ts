import { type Attributes, attributesOf } from './attributes';
import type { Api } from './handler-services';
import { endingSince } from './job-ending';
import { modelLocation } from './output-locations';
import { REQUEST_SHAPES } from './request-shapes.generated';
import { type CompleteDescription, completeTuning, hasNoBest } from './tuning-result';
import { JOB_KINDS, type JobKind, type KindOfJob, RESOURCE_TYPE } from '../src/contract';

/** A member of the create request that can change while the job runs. */
export interface InPlaceMember {
  readonly path: readonly string[];
  /** The value that removes the member. Default: the member cannot be removed and stays unchanged. */
  readonly off?: unknown;
}

/** The properties of a kind of job that only the handler uses. */
interface OwnOfKind {
  /** Default: none. */
  readonly inPlace?: readonly InPlaceMember[];
  /** The conditions that a running job depends on, so they cannot be removed. Lists are traversed. */
  readonly fixedWhileRunning: ReadonlyArray<readonly string[]>;
  /** The `update` request that releases the capacity of a finished job, and the status in the description that shows it. */
  readonly retainedCapacity?: { readonly path: readonly string[]; readonly status: string; readonly release: Record<string, unknown> };
  /** The advice for described members that not every job has. */
  readonly optional?: { readonly [member: string]: string };
  /** Returns the location of a job's model, if its request determines it. Default: it does not. */
  readonly modelLocation?: (name: string, request: any) => string | undefined;
  /** Returns the locations of a job's outputs as attributes, from its request with its own outputs. Default: the request has none. */
  readonly outputLocations?: (request: any) => Attributes;
  /** Returns the time when a running job began to end, from its description. Default: unknown. */
  readonly endingSince?: (description: Record<string, any>) => number | undefined;
  /** Returns the information about a failure that the description contains in addition to `FailureReason`. */
  readonly furtherReason?: (description: Record<string, any>) => string | undefined;
  /** Whether a completed job has no result. */
  readonly isWithoutResult?: (description: Record<string, any>) => boolean;
  /** Adds information from other operations to the description of an ended job. */
  readonly complete?: (description: Record<string, any>, sageMaker: Api) => Promise<CompleteDescription>;
}

/** The phases of a job that the lifecycle distinguishes. `unknown` is a status that is not in the table. */
export type Phase = 'running' | 'stopping' | 'deleting' | 'completed' | 'failed' | 'stopped' | 'unknown';

/** The phases of the statuses. Kinds write them in different ways, such as `InProgress` and `INPROGRESS`. */
const PHASES: { readonly [status: string]: Phase } = {
  starting: 'running',
  inprogress: 'running',
  stopping: 'stopping',
  deleting: 'deleting',
  completed: 'completed',
  failed: 'failed',
  deletefailed: 'failed',
  stopped: 'stopped',
};

/** Returns the phase of a job with a status. */
export function phaseOf(status: string): Phase {
  return PHASES[status.toLowerCase()] ?? 'unknown';
}

const OWN: { readonly [kind in JobKind]: OwnOfKind } = {
  trainingJob: {
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
    optional: {
      FinalMetricDataList: 'specify a `fallback` for a metric that the job may not report',
      MlflowDetails: 'available only for jobs that ran with `mlflowConfig`. Change `rerunTrigger` to run a new job',
      WarmPoolStatus: 'available only for jobs that ran with `keepAlivePeriod`. Change `rerunTrigger` to run a new job',
    },
    endingSince,
    modelLocation,
  },
  hyperParameterTuningJob: {
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
    fixedWhileRunning: [['RoleArn'], ['VpcConfig', 'Subnets'], ['VpcConfig', 'SecurityGroupIds']],
  },
  processingJob: {
    fixedWhileRunning: [
      ['RoleArn'],
      ['NetworkConfig', 'VpcConfig', 'Subnets'],
      ['NetworkConfig', 'VpcConfig', 'SecurityGroupIds'],
      ['ProcessingResources', 'ClusterConfig', 'VolumeKmsKeyId'],
      ['ProcessingInputs', 'DatasetDefinition', 'AthenaDatasetDefinition', 'KmsKeyId'],
      ['ProcessingInputs', 'DatasetDefinition', 'RedshiftDatasetDefinition', 'KmsKeyId'],
      ['ProcessingInputs', 'DatasetDefinition', 'RedshiftDatasetDefinition', 'ClusterRoleArn'],
    ],
    furtherReason: processingReason,
    optional: {
      ExitMessage: 'available only for jobs whose container has written `/opt/ml/output/message`. `exitMessageWithFallback()` returns a value for other jobs',
      ProcessingResources: 'available only for jobs that ran with `instancePreferences`. Change `rerunTrigger` to run a new job',
    },
    outputLocations: (request) => attributesOf(request, ['ProcessingOutputConfig.Outputs[OutputName=S3Output.S3Uri]']),
  },
  transformJob: {
    fixedWhileRunning: [['TransformResources', 'VolumeKmsKeyId']],
    outputLocations: (request) => attributesOf(request, ['TransformOutput.S3OutputPath']),
  },
  optimizationJob: {
    fixedWhileRunning: [['RoleArn'], ['VpcConfig', 'Subnets'], ['VpcConfig', 'SecurityGroupIds']],
    furtherReason: ({ OptimizationEndTime, OptimizationStartTime, StoppingCondition }) => (
      limitReason(OptimizationStartTime, OptimizationEndTime, StoppingCondition)
    ),
    optional: { OptimizationOutput: 'available only for jobs for which SageMaker recommends an image' },
    outputLocations: (request) => attributesOf(request, ['OutputConfig.S3OutputLocation']),
  },
};

/** All differences between kinds of jobs, with the names of operations and members, which follow from the noun. */
export type HandledKind = ReturnType<typeof handledKind>;

function handledKind(kind: JobKind) {
  const { keepsRecords, label, noun, ...shared }: KindOfJob = JOB_KINDS[kind];
  const requestShapes = REQUEST_SHAPES[kind];
  return {
    ...OWN[kind],
    ...shared,
    /** The beginning of messages about a job. */
    label: label[0].toUpperCase() + label.slice(1),
    operations: {
      create: `Create${noun}`,
      describe: `Describe${noun}`,
      stop: `Stop${noun}`,
      list: `List${noun}s`,
      ...!keepsRecords && { delete: `Delete${noun}` },
      ...requestShapes.update !== undefined && { update: `Update${noun}` },
    },
    requestShapes,
    nameMember: `${noun}Name`,
    arnMember: `${noun}Arn`,
    statusMember: `${noun}Status`,
    summariesMember: `${noun}Summaries`,
  };
}

const KINDS = Object.keys(OWN) as JobKind[];

export const HANDLED_KINDS = Object.fromEntries(KINDS.map((kind) => [kind, handledKind(kind)])) as { readonly [kind in JobKind]: HandledKind };

/** Returns the kind of job of a resource type, or undefined if the type is not a job. */
export function kindOf(resourceType: string): JobKind | undefined {
  return KINDS.find((kind) => RESOURCE_TYPE[kind] === resourceType);
}

/** The exit message of a container is often more specific than the failure reason. */
function processingReason(description: Record<string, any>): string | undefined {
  const { ExitMessage, ProcessingEndTime, ProcessingStartTime, StoppingCondition } = description;
  if (description.ProcessingJobStatus === 'Failed') return ExitMessage && `Exit message: ${ExitMessage}`;
  return limitReason(ProcessingStartTime, ProcessingEndTime, StoppingCondition);
}

/** A job that reached its runtime limit has no failure reason. */
function limitReason(startTime: Date, endTime: Date, stoppingCondition: { readonly MaxRuntimeInSeconds?: number } | undefined): string | undefined {
  const seconds = (Number(new Date(endTime)) - Number(new Date(startTime))) / 1000;
  const limit = stoppingCondition?.MaxRuntimeInSeconds ?? Infinity;
  return seconds >= limit ? `The job reached its maximum runtime of ${limit} seconds (maxRuntime)` : undefined;
}
