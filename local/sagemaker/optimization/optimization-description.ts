import { type CreateOptimizationJobRequest, imagesOf, techniquesOf } from './optimization-types';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';
import type { PlainJobState } from '../plain-job/plain-kind';
import type { ListedJob } from '../resource-lists';

type OptimizationJob = PlainJobState<CreateOptimizationJobRequest>;

/** The output of DescribeOptimizationJob. */
export function describeOptimizationJob(job: OptimizationJob): JsonObject {
  const image = job.scenario.details?.RecommendedInferenceImage ?? recommendedImage(job);
  return defined({
    ...repeated('DescribeOptimizationJob', job.request),
    OptimizationJobArn: job.arn,
    OptimizationJobStatus: job.status,
    OptimizationStartTime: seconds(job.startTime),
    OptimizationEndTime: seconds(job.endTime),
    CreationTime: seconds(job.creationTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    FailureReason: job.failureReason || undefined,
    OptimizationOutput: job.status === 'COMPLETED' && image !== false ? { RecommendedInferenceImage: image } : undefined,
  });
}

/** An item of ListOptimizationJobs. */
export function summarizeOptimizationJob({ job, endedLater, status }: ListedJob<OptimizationJob>): JsonObject {
  const { DeploymentInstanceType, MaxInstanceCount, OptimizationConfigs: configs } = job.request;
  return defined({
    OptimizationJobName: job.name,
    OptimizationJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    OptimizationJobStatus: status,
    OptimizationStartTime: seconds(job.startTime),
    OptimizationEndTime: endedLater ? undefined : seconds(job.endTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    DeploymentInstanceType,
    MaxInstanceCount,
    OptimizationTypes: techniquesOf(configs),
  });
}

function recommendedImage({ arn, request }: OptimizationJob): string {
  return imagesOf(request).at(-1) ?? `763104351884.dkr.ecr.${arn.split(':')[3]}.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130`;
}
