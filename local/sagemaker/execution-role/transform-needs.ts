import type { Use } from './job-role';
import { artifactNeeds, imageNeeds } from './model-needs';
import { listing, logging, measuring, networkInterfaces, reading, volumeKey, writing } from './needs';
import type { CreateTransformJobRequest as Request } from '../transform/transform-types';

const inputOf = ({ TransformInput: { DataSource: { S3DataSource: source } } }: Request) => source.S3Uri;

/**
 * The uses of a model's role by a transform job, in order: "SageMaker roles", the execution role of CreateModel, and the locations
 * and keys in the reference of CreateTransformJob. The reference of BatchDataCaptureConfig describes its key as the one of the
 * volume, and the SageMaker Python SDK as the one of the captured objects.
 */
export const TRANSFORM_USES: readonly Use<Request>[] = [
  { when: 'Starting', needs: ({ model = {} }) => imageNeeds(model) },
  { when: 'Starting', needs: ({ model }, surroundings) => networkInterfaces(model?.VpcConfig, surroundings) },
  {
    when: 'Starting',
    needs: ({ DataCaptureConfig: capture, TransformResources: { VolumeKmsKeyId: key } }, surroundings) =>
      [...volumeKey(key, surroundings), ...volumeKey(capture?.KmsKeyId, surroundings)],
  },
  {
    when: 'Downloading',
    needs: ({ model = {} }, surroundings) => artifactNeeds(model, surroundings),
    failure: 'Model data download failed',
  },
  { when: 'Downloading', needs: (request, surroundings) => listing(inputOf(request), surroundings), failure: 'Failed to list the input' },
  { when: 'Downloading', needs: (request, surroundings) => reading(inputOf(request), surroundings), failure: 'Failed to download the input' },
  {
    when: 'Uploading',
    needs: ({ TransformOutput: output }, surroundings) => writing(output.S3OutputPath, surroundings, output.KmsKeyId || undefined),
    failure: 'Failed to upload the output',
  },
  {
    when: 'Uploading',
    needs: ({ DataCaptureConfig: capture }, surroundings) => (
      capture ? writing(capture.DestinationS3Uri, surroundings, capture.KmsKeyId || undefined) : []),
    failure: 'Failed to upload the captured data',
  },
  { when: 'aside', needs: (_, surroundings) => logging('TransformJobs', surroundings) },
  { when: 'aside', needs: () => measuring('TransformJobs') },
];
