import { type Child, objectiveValue, OBJECTIVE_HYPERPARAMETER } from './child';
import { trialsOf } from './search-space';
import type { TuningJob } from './tuning-job';
import { notImproving } from './tuning-progress';
import type { Objective, TrainingJobDefinition } from './tuning-types';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';
import type { ListedJob } from '../resource-lists';

/** The output of DescribeHyperParameterTuningJob. */
export function describeTuningJob(job: TuningJob): JsonObject {
  const { request, best, overallBest, endTime } = job;
  const { HyperParameterTuningJobConfig: config, TrainingJobDefinition: single, TrainingJobDefinitions: several } = request;
  return defined({
    ...repeated('DescribeHyperParameterTuningJob', { ...request }),
    HyperParameterTuningJobConfig: { TrainingJobEarlyStoppingType: 'Off', ...config },
    TrainingJobDefinition: single && describeDefinition(single, trialsOf(request)[0].objective),
    TrainingJobDefinitions: several?.map((definition) => describeDefinition(definition, definition.TuningObjective!)),
    HyperParameterTuningJobArn: job.arn,
    HyperParameterTuningJobStatus: job.status,
    CreationTime: seconds(job.creationTime),
    HyperParameterTuningEndTime: seconds(endTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    TrainingJobStatusCounters: statusCounters(job.children),
    ObjectiveStatusCounters: objectiveCounters(job.children),
    BestTrainingJob: best && summarizeChild(best),
    OverallBestTrainingJob: overallBest && { ...summarizeChild(overallBest), TuningJobName: overallBest.tuningJobName },
    FailureReason: job.failureReason,
    TuningJobCompletionDetails: endTime === undefined ? undefined : { NumberOfTrainingJobsObjectiveNotImproving: notImproving(job.ended) },
    ConsumedResources: endTime === undefined ? undefined : { RuntimeInSeconds: Math.round((endTime - job.creationTime) / 1000) },
  });
}

/** An item of ListHyperParameterTuningJobs. */
export function summarizeTuningJob({ job, endedLater, status }: ListedJob<TuningJob>): JsonObject {
  const { Strategy, ResourceLimits } = job.request.HyperParameterTuningJobConfig;
  return defined({
    HyperParameterTuningJobName: job.name,
    HyperParameterTuningJobArn: job.arn,
    HyperParameterTuningJobStatus: status,
    Strategy,
    CreationTime: seconds(job.creationTime),
    HyperParameterTuningEndTime: endedLater ? undefined : seconds(job.endTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    TrainingJobStatusCounters: statusCounters(job.children),
    ObjectiveStatusCounters: objectiveCounters(job.children),
    ResourceLimits: { ...ResourceLimits },
  });
}

/** An item of ListTrainingJobsForHyperParameterTuningJob. */
export function summarizeChild(child: Child): JsonObject {
  const { job, trial: { definition, objective }, tuned } = child;
  const value = objectiveValue(child);
  return defined({
    TrainingJobDefinitionName: definition.DefinitionName,
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    TrainingStartTime: seconds(job.trainingStartTime),
    TrainingEndTime: seconds(job.trainingEndTime),
    TrainingJobStatus: job.status,
    TunedHyperParameters: tuned,
    FailureReason: job.failureReason,
    FinalHyperParameterTuningJobObjectiveMetric: value === undefined ? undefined : { ...objective, Value: value },
    ObjectiveStatus: objectiveStatus(child),
  });
}

function describeDefinition(definition: TrainingJobDefinition, objective: Objective) {
  return { ...definition, StaticHyperParameters: { ...definition.StaticHyperParameters, [OBJECTIVE_HYPERPARAMETER]: objective.MetricName } };
}

function objectiveStatus(child: Child): 'Pending' | 'Succeeded' | 'Failed' {
  if (child.job.running) return 'Pending';
  return objectiveValue(child) === undefined ? 'Failed' : 'Succeeded';
}

function objectiveCounters(children: readonly Child[]) {
  const count = (status: string) => children.filter((child) => objectiveStatus(child) === status).length;
  return { Succeeded: count('Succeeded'), Pending: count('Pending'), Failed: count('Failed') };
}

function statusCounters(children: readonly Child[]) {
  const count = (is: (child: Child) => boolean) => children.filter(is).length;
  const retryable = ({ job }: Child) => job.failureReason?.startsWith('InternalServerError') ?? false;
  return {
    Completed: count(({ job }) => job.status === 'Completed'),
    InProgress: count(({ job }) => job.running),
    RetryableError: count(retryable),
    NonRetryableError: count((child) => child.job.status === 'Failed' && !retryable(child)),
    Stopped: count(({ job }) => job.status === 'Stopped'),
  };
}
