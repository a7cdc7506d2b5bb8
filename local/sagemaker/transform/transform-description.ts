import type { CreateTransformJobRequest } from './transform-types';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';
import type { PlainJobState } from '../plain-job/plain-kind';
import type { ListedJob } from '../resource-lists';

type TransformJob = PlainJobState<CreateTransformJobRequest>;

/** The output of DescribeTransformJob. */
export function describeTransformJob(job: TransformJob): JsonObject {
  return defined({
    ...repeated('DescribeTransformJob', job.request),
    TransformJobArn: job.arn,
    TransformJobStatus: job.status,
    FailureReason: job.failureReason || undefined,
    CreationTime: seconds(job.creationTime),
    TransformStartTime: seconds(job.startTime),
    TransformEndTime: seconds(job.endTime),
  });
}

/** An item of ListTransformJobs. */
export function summarizeTransformJob({ job, endedLater, status }: ListedJob<TransformJob>): JsonObject {
  return defined({
    TransformJobName: job.name,
    TransformJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    TransformEndTime: endedLater ? undefined : seconds(job.endTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    TransformJobStatus: status,
    FailureReason: endedLater ? undefined : job.failureReason || undefined,
  });
}
