import type { Tag } from '../resource-tags';

/** The members of a request that the emulation reads. The model contains the others. */
export interface CreateCompilationJobRequest {
  readonly CompilationJobName: string;
  readonly RoleArn: string;
  readonly ModelPackageVersionArn?: string;
  readonly InputConfig?: {
    readonly S3Uri: string;
    readonly DataInputConfig?: string;
    readonly Framework: string;
    readonly FrameworkVersion?: string;
  };
  readonly OutputConfig: {
    readonly S3OutputLocation: string;
    readonly TargetDevice?: string;
    readonly TargetPlatform?: { readonly Os: string; readonly Arch: string; readonly Accelerator?: string };
    readonly CompilerOptions?: string;
    readonly KmsKeyId?: string;
  };
  readonly VpcConfig?: { readonly Subnets: readonly string[]; readonly SecurityGroupIds: readonly string[] };
  readonly StoppingCondition: { readonly MaxRuntimeInSeconds?: number };
  readonly Tags?: readonly Tag[];
  readonly [member: string]: unknown;
}
