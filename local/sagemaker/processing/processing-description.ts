import type { CreateProcessingJobRequest } from './processing-types';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';
import type { PlainJobState } from '../plain-job/plain-kind';
import type { ListedJob } from '../resource-lists';

type ProcessingJob = PlainJobState<CreateProcessingJobRequest>;

/** The output of DescribeProcessingJob. */
export function describeProcessingJob(job: ProcessingJob): JsonObject {
  const { request } = job;
  const { ProcessingResources: { ClusterConfig: cluster } } = request;
  return defined({
    ...repeated('DescribeProcessingJob', request),
    ProcessingResources: { ClusterConfig: { ...cluster, ...job.startTime === undefined ? {} : job.scenario.details } },
    ProcessingJobArn: job.arn,
    ProcessingJobStatus: job.status,
    ExitMessage: exitMessage(job),
    FailureReason: job.failureReason || undefined,
    ProcessingStartTime: seconds(job.startTime),
    ProcessingEndTime: seconds(job.endTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    CreationTime: seconds(job.creationTime),
  });
}

/** An item of ListProcessingJobs. */
export function summarizeProcessingJob({ job, endedLater, status }: ListedJob<ProcessingJob>): JsonObject {
  return defined({
    ProcessingJobName: job.name,
    ProcessingJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    ProcessingEndTime: endedLater ? undefined : seconds(job.endTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    ProcessingJobStatus: status,
    FailureReason: endedLater ? undefined : job.failureReason || undefined,
    ExitMessage: endedLater ? undefined : exitMessage(job),
  });
}

/** The first KiB of what the container has written, in every status at the end. */
function exitMessage({ scenario: { exitMessage: message }, running, startTime }: ProcessingJob): string | undefined {
  if (running || startTime === undefined || message === undefined) return undefined;
  return Buffer.from(message).subarray(0, 1024).toString();
}
