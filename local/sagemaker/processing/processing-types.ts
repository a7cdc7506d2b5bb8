import type { PlainRequest } from '../plain-job/plain-request';

export interface QueryResult {
  readonly OutputS3Uri: string;
  readonly KmsKeyId?: string;
}

export interface ProcessingInput {
  readonly InputName: string;
  readonly AppManaged?: boolean;
  readonly S3Input?: {
    readonly S3Uri: string;
    readonly LocalPath?: string;
    readonly S3InputMode?: string;
    readonly S3CompressionType?: string;
  };
  readonly DatasetDefinition?: {
    readonly AthenaDatasetDefinition?: QueryResult & { readonly Catalog: string; readonly Database: string; readonly WorkGroup?: string };
    readonly RedshiftDatasetDefinition?: QueryResult & {
      readonly ClusterId: string; readonly Database: string; readonly DbUser: string; readonly ClusterRoleArn: string;
    };
    readonly LocalPath?: string;
  };
}

export interface ProcessingOutput {
  readonly OutputName: string;
  readonly S3Output?: { readonly S3Uri: string; readonly LocalPath?: string; readonly S3UploadMode: string };
  readonly FeatureStoreOutput?: { readonly FeatureGroupName: string };
  readonly AppManaged?: boolean;
}

export interface ProcessingClusterConfig {
  readonly InstanceType?: string;
  readonly InstanceCount?: number;
  readonly InstancePreferences?: ReadonlyArray<{ readonly InstanceType: string; readonly InstanceCount?: number }>;
  readonly VolumeKmsKeyId?: string;
}

/** The members of a request that the emulation reads. The model contains the others. */
export interface CreateProcessingJobRequest extends PlainRequest {
  readonly ProcessingJobName: string;
  readonly ProcessingInputs?: readonly ProcessingInput[];
  readonly ProcessingOutputConfig?: { readonly Outputs: readonly ProcessingOutput[]; readonly KmsKeyId?: string };
  readonly ProcessingResources: { readonly ClusterConfig: ProcessingClusterConfig };
  readonly StoppingCondition?: { readonly MaxRuntimeInSeconds: number };
  readonly AppSpecification: { readonly ImageUri: string };
  readonly NetworkConfig?: { readonly VpcConfig?: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] } };
}
