import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { S3Location } from '../data/s3-location';
import { ContainerImage, problemOf } from '../images/container-image';
import { type RequestStructure, stringMap } from '../job/request-members';
import type { Check } from '../validation/construct-validation';
import { typedFactories } from '../validation/property-types';

/**
 * Options for quantization, compilation and sharding.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelQuantizationConfig.html
 */
export interface OptimizationTechniqueOptions {
  /**
   * The container image that runs the optimization (`Image`), an AWS Deep Learning Container for large model inference (LMI) in Amazon
   * ECR, at most 255 characters: `ContainerImage.fromDlc('djl-inference', '<tag>')`.
   *
   * @default - decided by SageMaker
   */
  readonly image?: ContainerImage;

  /**
   * The environment variables that override the ones of the model container (`OverrideEnvironment`), at most 25. Values are strings,
   * numbers or booleans, with up to 256 characters. Do not specify secrets: every principal that is allowed to describe the job can
   * read them.
   *
   * @default - none
   */
  readonly overrideEnvironment?: { [name: string]: any };
}

/**
 * The technique of speculative decoding (`Technique`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelSpeculativeDecodingConfig.html
 */
export class ModelSpeculativeDecodingTechnique {
  /** Extrapolation Algorithm for Greater Language-model Efficiency. */
  public static readonly EAGLE = new ModelSpeculativeDecodingTechnique('EAGLE');

  /**
   * Returns the technique for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): ModelSpeculativeDecodingTechnique {
    return new ModelSpeculativeDecodingTechnique(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** Options for training data that a manifest lists. */
export interface SpeculativeDecodingManifestOptions {
  /**
   * The locations of the objects that the manifest lists. The job is granted permission to read them.
   *
   * @default - the job is granted permission to read only the manifest
   */
  readonly dataLocations?: S3Location[];
}

/**
 * The training data for speculative decoding (`TrainingDataSource`), in the format of ShareGPT, OpenAI Completions or OpenAI Chat
 * Completions. Data that was captured from an endpoint must use one of these formats, and must not be encrypted.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelSpeculativeDecodingTrainingDataSource.html
 */
@typedFactories('SpeculativeDecodingTrainingData')
export class SpeculativeDecodingTrainingData {
  /**
   * Returns all objects with a key prefix (`S3DataType`: `S3Prefix`).
   *
   * @param location the prefix
   */
  public static fromS3(location: S3Location): SpeculativeDecodingTrainingData {
    return new SpeculativeDecodingTrainingData('S3Prefix', location, []);
  }

  /**
   * Returns the objects that a manifest lists (`S3DataType`: `ManifestFile`).
   *
   * @param manifest the location of the manifest, an object
   * @param options the options
   */
  public static fromManifest(manifest: S3Location, options: SpeculativeDecodingManifestOptions = {}): SpeculativeDecodingTrainingData {
    return new SpeculativeDecodingTrainingData('ManifestFile', manifest, options.dataLocations ?? []);
  }

  private constructor(
    private readonly dataType: string,
    private readonly location: S3Location,
    private readonly dataLocations: readonly S3Location[],
  ) {}

  /**
   * Grants permission to read the data, and returns the data as a request contains it.
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): RequestStructure {
    for (const location of this.dataLocations) location.bind(scope, { grantee, forReading: true });
    return { S3Uri: this.location.bind(scope, { grantee, forReading: true }).uri, S3DataType: this.dataType };
  }
}

/**
 * Options for speculative decoding.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelSpeculativeDecodingConfig.html
 */
export interface SpeculativeDecodingOptions {
  /**
   * The training data (`TrainingDataSource`).
   *
   * @default - data of SageMaker
   */
  readonly trainingDataSource?: SpeculativeDecodingTrainingData;
}

/** A technique as a job uses it. */
export interface BoundTechnique {
  readonly config: RequestStructure;
  /** The environment variables that it adds to the model container. */
  readonly environment?: { readonly [name: string]: string };
  readonly checks: readonly Check[];
}

type Technique = (scope: Construct, grantee: iam.IGrantable) => BoundTechnique;

/**
 * A technique that an optimization job applies to a model (`OptimizationConfig`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationConfig.html
 */
@typedFactories('OptimizationTechnique')
export class OptimizationTechnique {
  /**
   * Returns quantization (`ModelQuantizationConfig`), which represents the weights and activations of a model by smaller data types.
   *
   * @param options the image and the environment, such as `{ OPTION_QUANTIZE: 'awq' }`
   */
  public static quantization(options: OptimizationTechniqueOptions = {}): OptimizationTechnique {
    return OptimizationTechnique.inContainer('ModelQuantizationConfig', options);
  }

  /**
   * Returns compilation (`ModelCompilationConfig`), which optimizes a model for the hardware of the instance type.
   *
   * @param options the image and the environment
   */
  public static compilation(options: OptimizationTechniqueOptions = {}): OptimizationTechnique {
    return OptimizationTechnique.inContainer('ModelCompilationConfig', options);
  }

  /**
   * Returns sharding (`ModelShardingConfig`), which divides a model for loading it on several accelerators.
   *
   * @param options the image and the environment, such as `{ OPTION_TENSOR_PARALLEL_DEGREE: 4 }`
   */
  public static sharding(options: OptimizationTechniqueOptions = {}): OptimizationTechnique {
    return OptimizationTechnique.inContainer('ModelShardingConfig', options);
  }

  /**
   * Returns speculative decoding (`ModelSpeculativeDecodingConfig`), which trains a model to predict several tokens at once.
   *
   * @param technique the technique
   * @param options the training data
   */
  public static speculativeDecoding(technique: ModelSpeculativeDecodingTechnique, options: SpeculativeDecodingOptions = {}): OptimizationTechnique {
    return new OptimizationTechnique((scope, grantee) => ({
      config: {
        ModelSpeculativeDecodingConfig: { Technique: technique.value, TrainingDataSource: options.trainingDataSource?._bind(scope, grantee) },
      },
      checks: [],
    }));
  }

  private static inContainer(member: string, { image, overrideEnvironment }: OptimizationTechniqueOptions): OptimizationTechnique {
    return new OptimizationTechnique((scope, grantee) => {
      const bound = image?.bind(scope, { grantee });
      const environment = stringMap(overrideEnvironment);
      return {
        config: { [member]: { Image: bound?.imageUri, OverrideEnvironment: environment } },
        environment,
        checks: [
          () => problemOf('image', bound),
          () => (bound?.trainingRepositoryAccessMode ? [{ property: 'image', rule: 'cannot be an image of a private registry in a VPC for an optimization job' }] : []),
        ],
      };
    });
  }

  private constructor(private readonly technique: Technique) {}

  /**
   * Grants the permissions for the technique, and returns the technique as a job uses it.
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): BoundTechnique {
    return this.technique(scope, grantee);
  }
}
