import type { ModelContainers } from '../hosting/model-containers';
import type { PlainRequest } from '../plain-job/plain-request';

/** The members of the model's request that a transform job uses. */
export interface TransformedModel extends ModelContainers {
  readonly ExecutionRoleArn?: string;
  readonly VpcConfig?: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] };
}

/** The members of a request that the emulation reads. The model contains the others. */
export interface CreateTransformJobRequest extends PlainRequest {
  readonly TransformJobName: string;
  readonly ModelName: string;
  readonly MaxConcurrentTransforms?: number;
  readonly MaxPayloadInMB?: number;
  readonly BatchStrategy?: string;
  readonly TransformInput: {
    readonly DataSource: { readonly S3DataSource: { readonly S3DataType: string; readonly S3Uri: string } };
    readonly SplitType?: string;
  };
  readonly TransformOutput: { readonly S3OutputPath: string; readonly KmsKeyId?: string };
  readonly DataCaptureConfig?: { readonly DestinationS3Uri: string; readonly KmsKeyId?: string };
  readonly TransformResources: { readonly InstanceType: string; readonly InstanceCount: number; readonly VolumeKmsKeyId?: string };
  readonly DataProcessing?: { readonly InputFilter?: string; readonly OutputFilter?: string };
  /** The model, which SageMaker looks up when it accepts the request. */
  readonly model?: TransformedModel;
}
