import type { PlainRequest } from '../plain-job/plain-request';

interface InContainer {
  readonly Image?: string;
  readonly OverrideEnvironment?: { readonly [name: string]: string };
}

export interface OptimizationConfig {
  readonly ModelQuantizationConfig?: InContainer;
  readonly ModelCompilationConfig?: InContainer;
  readonly ModelShardingConfig?: InContainer;
  readonly ModelSpeculativeDecodingConfig?: {
    readonly Technique: string;
    readonly TrainingDataSource?: { readonly S3Uri: string; readonly S3DataType: string };
  };
}

/** The members of a request that the emulation reads. The model contains the others. */
export interface CreateOptimizationJobRequest extends PlainRequest {
  readonly OptimizationJobName: string;
  readonly ModelSource: { readonly S3?: { readonly S3Uri?: string }; readonly SageMakerModel?: { readonly ModelName?: string } };
  readonly DeploymentInstanceType: string;
  readonly MaxInstanceCount?: number;
  readonly OptimizationEnvironment?: { readonly [name: string]: string };
  readonly OptimizationConfigs: readonly OptimizationConfig[];
  readonly OutputConfig: { readonly KmsKeyId?: string; readonly S3OutputLocation: string; readonly SageMakerModel?: { readonly ModelName?: string } };
  readonly StoppingCondition: { readonly MaxRuntimeInSeconds?: number };
  readonly VpcConfig?: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] };
  readonly TrainingPlanArns?: readonly string[];
}

/** The names of the techniques, such as `Quantization`. */
export function techniquesOf(configs: readonly OptimizationConfig[]): string[] {
  return configs.flatMap((config) => Object.keys(config).map((member) => member.replace(/^Model|Config$/g, '')));
}

/** The images that run the optimization. */
export function imagesOf({ OptimizationConfigs: configs }: CreateOptimizationJobRequest): string[] {
  return configs.flatMap(({ ModelCompilationConfig, ModelQuantizationConfig, ModelShardingConfig }) => (
    [ModelQuantizationConfig, ModelCompilationConfig, ModelShardingConfig].flatMap((technique) => technique?.Image ?? [])));
}
