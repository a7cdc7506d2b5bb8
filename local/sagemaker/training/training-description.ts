import type { LocalTrainingJob } from './local-training-job';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';

/** The output of DescribeTrainingJob. */
export function describeTrainingJob(job: LocalTrainingJob): JsonObject {
  const { request } = job;
  return defined({
    EnableNetworkIsolation: false,
    EnableInterContainerTrafficEncryption: false,
    EnableManagedSpotTraining: false,
    ...repeated('DescribeTrainingJob', request),
    ...job.updates,
    TrainingJobArn: job.arn,
    TuningJobArn: job.tuningJobArn,
    TrainingJobStatus: job.status,
    SecondaryStatus: job.secondaryStatus,
    SecondaryStatusTransitions: job.transitions.map((transition) => defined({
      ...transition, StartTime: seconds(transition.StartTime), EndTime: seconds(transition.EndTime),
    })),
    ModelArtifacts: job.hasArtifacts ? { S3ModelArtifacts: artifacts(job) } : undefined,
    FailureReason: job.failureReason,
    WarmPoolStatus: job.warmPool?.describe(),
    CreationTime: seconds(job.creationTime),
    TrainingStartTime: seconds(job.trainingStartTime),
    TrainingEndTime: seconds(job.trainingEndTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    FinalMetricDataList: job.finalMetrics.length > 0
      ? job.finalMetrics.map((metric) => ({ ...metric, Timestamp: seconds(metric.Timestamp) }))
      : undefined,
    TrainingTimeInSeconds: job.trainingSeconds,
    BillableTimeInSeconds: job.billableSeconds,
  });
}

/**
 * An item of ListTrainingJobs.
 *
 * @param endedLater Whether the list does not show the end of the job yet
 */
export function summarizeTrainingJob(job: LocalTrainingJob, endedLater = false): JsonObject {
  return defined({
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    TrainingEndTime: endedLater ? undefined : seconds(job.trainingEndTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    TrainingJobStatus: endedLater ? 'InProgress' : job.status,
    SecondaryStatus: endedLater ? 'Training' : job.secondaryStatus,
    WarmPoolStatus: job.warmPool?.describe(),
    TrainingPlanArn: job.request.ResourceConfig?.TrainingPlanArn,
  });
}

function artifacts({ name, request: { OutputDataConfig: { S3OutputPath: path, CompressionType: compression } } }: LocalTrainingJob): string {
  const output = `${path.replace(/\/+$/, '')}/${name}/output`;
  return compression === 'NONE' ? `${output}/model/` : `${output}/model.tar.gz`;
}
