import type { Use } from './job-role';
import { logging, measuring, networkInterfaces, PULL, pulling, reading, registryLogin, repositoryOf, listing, volumeKey, writing } from './needs';
import { channelsOf } from '../training/channels';
import type { CreateTrainingJobRequest as Request } from '../training/training-types';

const imageOf = ({ AlgorithmSpecification: algorithm }: Request) => algorithm?.TrainingImage;

/**
 * The S3 URIs of the channels with an input mode: File channels are downloaded before the algorithm starts, the others are read
 * while it runs.
 */
function inputs(request: Request, isFile: boolean): string[] {
  return channelsOf(request)
    .filter(({ mode }) => (mode === 'File') === isFile)
    .flatMap(({ DataSource: { S3DataSource: source } }) => source?.S3Uri ?? []);
}

/** The S3 URIs that are written while the algorithm runs. */
function watched({ DebugHookConfig: hook, TensorBoardOutputConfig: board, ProfilerConfig: profiler }: Request): string[] {
  return [hook?.S3OutputPath, board?.S3OutputPath, profiler?.DisableProfiler ? undefined : profiler?.S3OutputPath].filter((uri) => uri !== undefined);
}

/** The uses of a training job's role, in order: "SageMaker roles", the execution role of CreateTrainingJob. */
export const TRAINING_USES: readonly Use<Request>[] = [
  {
    when: 'Starting',
    needs: (request) => pulling(imageOf(request)),
    refused: (request, { roleArn }) => {
      const { name, registry } = repositoryOf(imageOf(request)!)!;
      return `Access denied for repository: ${name} in registry ID: ${registry}. Please check if your ECR repository and image exist and role ${roleArn} `
        + `has proper pull permissions for SageMaker: ${PULL.join(', ')}`;
    },
  },
  { when: 'Starting', needs: (request) => registryLogin(imageOf(request)) },
  {
    when: 'Starting',
    needs: ({ AlgorithmSpecification: algorithm }) => {
      const provider = algorithm?.TrainingImageConfig?.TrainingRepositoryAuthConfig?.TrainingRepositoryCredentialsProviderArn;
      return provider === undefined ? [] : [{ action: 'lambda:InvokeFunction', resource: provider }];
    },
  },
  { when: 'Starting', needs: ({ VpcConfig: vpc }, surroundings) => networkInterfaces(vpc, surroundings) },
  { when: 'Starting', needs: ({ ResourceConfig: resources }, surroundings) => volumeKey(resources?.VolumeKmsKeyId, surroundings) },
  {
    when: 'Downloading',
    needs: (request, surroundings) => [...inputs(request, true), ...inputs(request, false)].flatMap((uri) => listing(uri, surroundings)),
    refused: (request, _, denial) =>
      `Unauthorized to List objects under S3 URL '${[...inputs(request, true), ...inputs(request, false)].find((uri) => denial.includes(`:::${uri.split('/')[2]} `))}' `
      + `given in input data source. Error message from S3: ${denial}`,
    failure: 'Data download failed',
  },
  { when: 'Downloading', needs: (request, surroundings) => inputs(request, true).flatMap((uri) => reading(uri, surroundings)), failure: 'Data download failed' },
  { when: 'Training', needs: (request, surroundings) => inputs(request, false).flatMap((uri) => reading(uri, surroundings)), failure: 'Data download failed' },
  {
    when: 'Training',
    needs: ({ CheckpointConfig: checkpoints }, surroundings) => checkpoints === undefined ? [] : [
      ...listing(checkpoints.S3Uri, surroundings), ...reading(checkpoints.S3Uri, surroundings), ...writing(checkpoints.S3Uri, surroundings),
    ],
    failure: 'Checkpoint synchronization failed',
  },
  {
    when: 'Training',
    needs: (request, surroundings) => watched(request).flatMap((uri) => writing(uri, surroundings)),
    failure: 'Artifact upload failed',
  },
  {
    when: 'Uploading',
    needs: ({ OutputDataConfig: output }, surroundings) => writing(output.S3OutputPath, surroundings, output.KmsKeyId || undefined),
    refused: ({ OutputDataConfig: output }, _, denial) => `Access denied to OutputDataConfig S3 bucket '${output.S3OutputPath}'. ${denial}`,
    failure: 'Artifact upload failed',
  },
  { when: 'aside', needs: (_, surroundings) => logging('TrainingJobs', surroundings) },
  { when: 'aside', needs: () => measuring('TrainingJobs') },
];
