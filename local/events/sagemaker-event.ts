import type { SentEvent } from './event-bridge';
import { isObject, type JsonObject } from '../json';
import type { JobKind, JobTransition, LifecycleConfigChange } from '../sagemaker';
import type { Json } from '../services';

interface EventKind {
  readonly detailType: string;
  /** The members of the description in the detail, as in the schema that AWS publishes for the event. */
  readonly members: readonly string[];
}

/**
 * Kinds whose status changes send events: Amazon EventBridge Events Reference, Amazon SageMaker AI events. Compilation and
 * optimization jobs send none.
 */
const KINDS: { readonly [kind in JobKind]?: EventKind } = {
  TrainingJob: {
    detailType: 'SageMaker Training Job State Change',
    members: [
      'TrainingJobName', 'TrainingJobArn', 'TrainingJobStatus', 'SecondaryStatus', 'FailureReason', 'HyperParameters', 'AlgorithmSpecification', 'RoleArn',
      'InputDataConfig', 'OutputDataConfig', 'ResourceConfig', 'StoppingCondition', 'ModelArtifacts', 'CreationTime', 'TrainingStartTime', 'TrainingEndTime',
      'LastModifiedTime', 'SecondaryStatusTransitions',
    ],
  },
  HyperParameterTuningJob: {
    detailType: 'SageMaker HyperParameter Tuning Job State Change',
    members: [
      'HyperParameterTuningJobName', 'HyperParameterTuningJobArn', 'HyperParameterTuningJobStatus', 'TrainingJobDefinition', 'CreationTime',
      'LastModifiedTime', 'TrainingJobStatusCounters', 'ObjectiveStatusCounters',
    ],
  },
  ProcessingJob: {
    detailType: 'SageMaker Processing Job State Change',
    // Real events also contain members of the request, with other spellings of enumerations.
    members: [
      'ProcessingJobName', 'ProcessingJobArn', 'ProcessingJobStatus', 'ExitMessage', 'FailureReason', 'RoleArn', 'CreationTime', 'ProcessingStartTime',
      'ProcessingEndTime', 'LastModifiedTime',
    ],
  },
  TransformJob: {
    detailType: 'SageMaker Transform Job State Change',
    members: [
      'TransformJobName', 'TransformJobArn', 'TransformJobStatus', 'FailureReason', 'ModelName', 'MaxConcurrentTransforms', 'MaxPayloadInMB', 'BatchStrategy',
      'Environment', 'TransformInput', 'TransformOutput', 'TransformResources', 'CreationTime', 'TransformStartTime', 'TransformEndTime',
    ],
  },
  NotebookInstance: {
    detailType: 'SageMaker Notebook Instance State Change',
    members: [
      'NotebookInstanceName', 'NotebookInstanceArn', 'NotebookInstanceStatus', 'InstanceType', 'RoleArn', 'NotebookInstanceLifecycleConfigName',
      'CreationTime', 'LastModifiedTime',
    ],
  },
};
const TIMES = /Time$/;

/** Returns the event for a status change of a job or a notebook instance, or nothing for kinds without events. */
export function sageMakerEvent({ kind, jobArn, time, describe }: JobTransition, tags: ReadonlyMap<string, string>): SentEvent | undefined {
  const { detailType, members } = KINDS[kind] ?? {};
  return detailType === undefined ? undefined : event(detailType, jobArn, time, picked(describe(), members!), tags);
}

export function lifecycleConfigEvent({ arn, time, description }: LifecycleConfigChange, tags: ReadonlyMap<string, string>): SentEvent {
  const members = ['NotebookInstanceLifecycleConfigName', 'NotebookInstanceLifecycleConfigArn', 'CreationTime', 'LastModifiedTime'];
  return event('SageMaker Notebook Lifecycle Config State Change', arn, time, picked(description, members), tags);
}

function event(detailType: string, arn: string, time: Date, detail: JsonObject, tags: ReadonlyMap<string, string>): SentEvent {
  return { source: 'aws.sagemaker', detailType, resources: [arn], time, detail: { ...detail, Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) } };
}

function picked(description: JsonObject, members: readonly string[]): JsonObject {
  const inMilliseconds = (name: string, value: Json): Json => {
    if (TIMES.test(name) && typeof value === 'number') return Math.round(value * 1000);
    if (Array.isArray(value)) return value.map((item) => inMilliseconds('', item));
    return isObject(value) ? Object.fromEntries(Object.entries(value).map(([member, item]) => [member, inMilliseconds(member, item)])) : value;
  };
  return Object.fromEntries(members.filter((name) => description[name] !== undefined).map((name) => [name, inMilliseconds(name, description[name])]));
}
