import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import type { CreateCompilationJobRequest } from './compilation-types';
import type { JsonObject } from '../../json';
import { defined, repeated, seconds } from '../description';
import type { PlainJobState } from '../plain-job/plain-kind';
import type { ListedJob } from '../resource-lists';

type CompilationJob = PlainJobState<CreateCompilationJobRequest>;

/** The input shapes of models that contain them, by framework. */
const DERIVED: { readonly [framework: string]: string } = { PYTORCH: '{"input0":[1,3,224,224]}' };

/** The output of DescribeCompilationJob. */
export function describeCompilationJob(job: CompilationJob): JsonObject {
  const { request: { InputConfig: input, ...request }, status } = job;
  const completed = status === 'COMPLETED';
  const derived = input !== undefined && input.DataInputConfig === undefined ? DERIVED[input.Framework] : undefined;
  return defined({
    ...repeated('DescribeCompilationJob', { ...request, InputConfig: input }),
    CompilationJobArn: job.arn,
    CompilationJobStatus: status,
    CompilationStartTime: seconds(job.startTime),
    CompilationEndTime: seconds(job.endTime),
    CreationTime: seconds(job.creationTime),
    LastModifiedTime: seconds(job.lastModifiedTime),
    FailureReason: job.failureReason,
    InferenceImage: completed ? inferenceImage(job) : undefined,
    ModelArtifacts: completed ? { S3ModelArtifacts: artifacts(job) } : undefined,
    ModelDigests: completed ? { ArtifactDigest: createHash('blake2b512').update(artifacts(job)).digest('hex') } : undefined,
    DerivedInformation: completed && derived ? { DerivedDataInputConfig: derived } : undefined,
  });
}

/** An item of ListCompilationJobs. */
export function summarizeCompilationJob({ job, endedLater, status }: ListedJob<CompilationJob>): JsonObject {
  const { TargetDevice, TargetPlatform } = job.request.OutputConfig;
  return defined({
    CompilationJobName: job.name,
    CompilationJobArn: job.arn,
    CreationTime: seconds(job.creationTime),
    CompilationStartTime: seconds(job.startTime),
    CompilationEndTime: endedLater ? undefined : seconds(job.endTime),
    CompilationTargetDevice: TargetDevice,
    CompilationTargetPlatformOs: TargetPlatform?.Os,
    CompilationTargetPlatformArch: TargetPlatform?.Arch,
    CompilationTargetPlatformAccelerator: TargetPlatform?.Accelerator,
    LastModifiedTime: seconds(job.lastModifiedTime),
    CompilationJobStatus: status,
  });
}

function artifacts({ request: { InputConfig: input, OutputConfig: output, ModelPackageVersionArn: modelPackage } }: CompilationJob): string {
  const { TargetDevice: device, TargetPlatform: platform } = output;
  const target = device ?? [platform!.Os, platform!.Arch, platform!.Accelerator].filter(Boolean).join('_');
  const model = input ? basename(input.S3Uri, '.tar.gz') : modelPackage!.split('/').at(-2)!;
  return `${output.S3OutputLocation.replace(/\/+$/, '')}/${model}-${target}.tar.gz`;
}

/** Models for cloud instances are served by an image of their framework. */
function inferenceImage({ arn, request: { InputConfig: input, OutputConfig: { TargetDevice: device } } }: CompilationJob): string | undefined {
  if (!device?.startsWith('ml_')) return undefined;
  const framework = input?.Framework.toLowerCase() ?? 'tensorflow';
  const processor = /^ml_(p|g)/.test(device) ? 'gpu' : 'cpu';
  return `301217895009.dkr.ecr.${arn.split(':')[3]}.amazonaws.com/sagemaker-inference-${framework}:${input?.FrameworkVersion ?? 'latest'}-${processor}-py3`;
}
