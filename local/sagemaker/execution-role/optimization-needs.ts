import type { Use } from './job-role';
import { listing, logging, measuring, networkInterfaces, pulling, reading, registryLogin, writing } from './needs';
import { type CreateOptimizationJobRequest as Request, imagesOf } from '../optimization/optimization-types';

const trainingData = ({ OptimizationConfigs: configs }: Request) => (
  configs.flatMap(({ ModelSpeculativeDecodingConfig: config }) => config?.TrainingDataSource?.S3Uri ?? []));

const sources = (request: Request) => [...[request.ModelSource.S3?.S3Uri ?? []].flat(), ...trainingData(request)];

/**
 * The uses of an optimization job's role: CreateOptimizationJob, RoleArn. The actions in a VPC are the ones of hosting: "SageMaker
 * roles", the execution role of CreateModel.
 */
export const OPTIMIZATION_USES: readonly Use<Request>[] = [
  { when: 'Starting', needs: ({ VpcConfig: vpc }, surroundings) => networkInterfaces(vpc, surroundings) },
  { when: 'Starting', needs: (request) => imagesOf(request).flatMap((image) => pulling(image)) },
  { when: 'Starting', needs: (request) => imagesOf(request).flatMap((image) => registryLogin(image)) },
  {
    when: 'Downloading',
    needs: ({ ModelSource: { SageMakerModel: model } }, { region, account }) => (model?.ModelName === undefined ? [] : [
      { action: 'sagemaker:DescribeModel', resource: `arn:aws:sagemaker:${region}:${account}:model/${model.ModelName.toLowerCase()}` },
    ]),
    failure: 'Failed to describe the model',
  },
  { when: 'Downloading', needs: (request, surroundings) => sources(request).flatMap((uri) => listing(uri, surroundings)), failure: 'Failed to download the model' },
  { when: 'Downloading', needs: (request, surroundings) => sources(request).flatMap((uri) => reading(uri, surroundings)), failure: 'Failed to download the model' },
  {
    when: 'Uploading',
    needs: ({ OutputConfig: output }, surroundings) => writing(output.S3OutputLocation, surroundings, output.KmsKeyId || undefined),
    failure: 'Failed to upload the optimized model',
  },
  {
    when: 'Uploading',
    needs: ({ OutputConfig: { SageMakerModel: model } }, { region, account }) => (model?.ModelName === undefined ? [] : ['CreateModel', 'DescribeModel'].map((action) => ({
      action: `sagemaker:${action}`, resource: `arn:aws:sagemaker:${region}:${account}:model/${model.ModelName!.toLowerCase()}`,
    }))),
    failure: 'Failed to create the model',
  },
  { when: 'aside', needs: (_, surroundings) => logging('OptimizationJobs', surroundings) },
  { when: 'aside', needs: () => measuring('OptimizationJobs') },
];
