import { JOB_KINDS, type JobKind } from '../../src/contract';

/** A phase of a job, with the time when it began. */
interface JobPhase {
  readonly name: string;
  readonly since: Date;
  readonly message?: string;
}

/** A job as a user sees it. */
export interface JobState {
  readonly kind: JobKind;
  readonly jobName: string;
  /** The phases until now, the current one last. */
  readonly phases: readonly JobPhase[];
  /** Undefined while the job runs. */
  readonly end?: 'succeeded' | 'failed' | 'stopped';
  readonly failureReason?: string;
  /** The time when the job began to work, not counting the wait for instances. */
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** The maximum runtime, in seconds. */
  readonly limit?: number;
  /** The ended training jobs of a tuning job, and their maximum number. */
  readonly trials?: { readonly ended: number; readonly maximum: number };
  /** The last values of metrics, or the best objective of a tuning job. */
  readonly metrics: ReadonlyArray<{ readonly name: string; readonly value: number }>;
}

const ENDS: { readonly [status: string]: JobState['end'] } = {
  COMPLETED: 'succeeded', FAILED: 'failed', DELETEFAILED: 'failed', STOPPED: 'stopped',
};

/** Returns the state in the description of a job. The members of all kinds follow the noun of the kind. */
export function stateOf(kind: JobKind, description: Record<string, any>): JobState {
  const { noun } = JOB_KINDS[kind];
  const status: string = description[`${noun}Status`];
  const time = (suffix: string): Date | undefined => description[`${noun.replace(/Job$/, '')}${suffix}`];
  const tuning = description.HyperParameterTuningJobConfig;
  return {
    kind,
    jobName: description[`${noun}Name`],
    phases: phasesOf(status, description),
    end: ENDS[status.toUpperCase()],
    failureReason: description.FailureReason,
    startedAt: tuning ? description.CreationTime : time('StartTime'),
    endedAt: time('EndTime'),
    limit: (tuning?.ResourceLimits ?? description.StoppingCondition)?.MaxRuntimeInSeconds,
    trials: tuning && { ended: endedTrials(description.TrainingJobStatusCounters ?? {}), maximum: tuning.ResourceLimits.MaxNumberOfTrainingJobs },
    metrics: metricsOf(description),
  };
}

function phasesOf(status: string, { SecondaryStatusTransitions = [], LastModifiedTime }: Record<string, any>): JobPhase[] {
  if (SecondaryStatusTransitions.length === 0) return [{ name: status, since: LastModifiedTime }];
  return SecondaryStatusTransitions.map(({ Status, StartTime, StatusMessage }: Record<string, any>) => ({
    name: Status, since: StartTime, message: StatusMessage,
  }));
}

function endedTrials({ Completed = 0, NonRetryableError = 0, Stopped = 0 }: Record<string, number>): number {
  return Completed + NonRetryableError + Stopped;
}

function metricsOf({ FinalMetricDataList = [], BestTrainingJob }: Record<string, any>): JobState['metrics'] {
  const best = BestTrainingJob?.FinalHyperParameterTuningJobObjectiveMetric;
  return [
    ...best ? [{ name: `best ${best.MetricName}`, value: best.Value }] : [],
    ...FinalMetricDataList.map(({ MetricName, Value }: Record<string, any>) => ({ name: MetricName, value: Value })),
  ];
}
