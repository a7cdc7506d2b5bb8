import type { JsonObject } from '../api/validate';
import type { Json } from '../services';
import { SAGEMAKER_MODEL } from './model';
import type { TrainingJob } from './training-job';

const DESCRIBED = Object.keys(SAGEMAKER_MODEL.shapes[SAGEMAKER_MODEL.operations.DescribeTrainingJob.output!].members!);

/** The output of DescribeTrainingJob. */
export function describeTrainingJob(job: TrainingJob): JsonObject {
  const { request } = job;
  return defined({
    EnableNetworkIsolation: false,
    EnableInterContainerTrafficEncryption: false,
    EnableManagedSpotTraining: false,
    ...Object.fromEntries(Object.entries(request).filter(([member]) => DESCRIBED.includes(member))),
    ...job.updates,
    TrainingJobArn: job.arn,
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

/** An item of ListTrainingJobs. */
export function summarizeTrainingJob(job: TrainingJob): JsonObject {
  return defined({
    TrainingJobName: job.name,
    TrainingJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    TrainingEndTime: seconds(job.trainingEndTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    TrainingJobStatus: job.status,
    SecondaryStatus: job.secondaryStatus,
    WarmPoolStatus: job.warmPool?.describe(),
  });
}

function artifacts({ name, request: { OutputDataConfig: { S3OutputPath: path, CompressionType: compression } } }: TrainingJob): string {
  const output = `${path.replace(/\/+$/, '')}/${name}/output`;
  return compression === 'NONE' ? `${output}/model/` : `${output}/model.tar.gz`;
}

/** The protocol's timestamps are seconds since the epoch. */
function seconds(time: number | undefined): number | undefined {
  return time === undefined ? undefined : time / 1000;
}

function defined(members: { readonly [member: string]: unknown }): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [member: string]: Json };
}
