import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CompilationDataInput } from './compilation-data-input';
import { S3Location } from '../data/s3-location';
import { allow } from '../execution-role/grantee';
import type { ITrainingJob } from '../training-job/training-job-props';
import type { IHyperParameterTuningJob } from '../tuning-job/hyper-parameter-tuning-job-props';
import { typedFactories } from '../validation/property-types';

/**
 * The framework that a model was trained with (`Framework`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
export class CompilationFramework {
  /** TensorFlow. */
  public static readonly TENSORFLOW = new CompilationFramework('TENSORFLOW');
  /** Keras. */
  public static readonly KERAS = new CompilationFramework('KERAS');
  /** Apache MXNet. */
  public static readonly MXNET = new CompilationFramework('MXNET');
  /** ONNX. */
  public static readonly ONNX = new CompilationFramework('ONNX');
  /** PyTorch. */
  public static readonly PYTORCH = new CompilationFramework('PYTORCH');
  /** XGBoost. Does not use `dataInputConfig`. */
  public static readonly XGBOOST = new CompilationFramework('XGBOOST');
  /** TensorFlow Lite. */
  public static readonly TFLITE = new CompilationFramework('TFLITE');
  /** Darknet. */
  public static readonly DARKNET = new CompilationFramework('DARKNET');
  /** scikit-learn. */
  public static readonly SKLEARN = new CompilationFramework('SKLEARN');

  /**
   * Returns the framework for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): CompilationFramework {
    return new CompilationFramework(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * The framework and the inputs of a model to compile.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
export interface CompilationModelOptions {
  /** The framework that the model was trained with (`InputConfig.Framework`). */
  readonly framework: CompilationFramework;

  /**
   * The version of the framework (`InputConfig.FrameworkVersion`), 3 to 10 characters, such as `1.13`. Only for MXNet, PyTorch,
   * TensorFlow and TensorFlow Lite.
   *
   * @default - decided by SageMaker
   */
  readonly frameworkVersion?: string;

  /**
   * The names and shapes of the inputs of the model (`InputConfig.DataInputConfig`).
   *
   * @default - none for XGBoost; otherwise SageMaker Neo derives the inputs from the model
   */
  readonly dataInputConfig?: CompilationDataInput;
}

/** The use of a model. */
export interface CompilationModelBindOptions {
  /** The grantee of the permissions: the execution role of the job. */
  readonly grantee: iam.IGrantable;
}

/** A model as a request contains it: one of the two members. */
export interface CompilationModelConfig {
  /**
   * The `InputConfig` structure of the API.
   *
   * @default - the model is a model package version
   */
  readonly inputConfig?: { [member: string]: any };

  /**
   * The ARN of the model package version (`ModelPackageVersionArn`), at most 2048 characters.
   *
   * @default - the model is in S3
   */
  readonly modelPackageVersionArn?: string;
}

/**
 * A model to compile.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InputConfig.html
 */
@typedFactories('CompilationModel')
export class CompilationModel {
  /**
   * Returns the model of a training job. A job of this app must wait for completion. An imported job must have `modelArtifacts`.
   *
   * @param trainingJob the training job
   * @param options the framework and the inputs of the model
   */
  public static fromTrainingJob(trainingJob: ITrainingJob, options: CompilationModelOptions): CompilationModel {
    return CompilationModel.fromS3(trainingJob.modelArtifacts, options);
  }

  /**
   * Returns the model of the best training job of a tuning job. A job of this app must wait for completion. An imported job must
   * have `modelArtifacts`.
   *
   * @param tuningJob the tuning job
   * @param options the framework and the inputs of the model
   */
  public static fromHyperParameterTuningJob(tuningJob: IHyperParameterTuningJob, options: CompilationModelOptions): CompilationModel {
    return CompilationModel.fromS3(tuningJob.bestTrainingJob.modelArtifacts, options);
  }

  /**
   * Returns a model in S3 (`InputConfig.S3Uri`).
   *
   * @param location the model, a gzip-compressed tar archive
   * @param options the framework and the inputs of the model
   */
  public static fromS3(location: S3Location, options: CompilationModelOptions): CompilationModel {
    const { dataInputConfig, framework, frameworkVersion } = options;
    return new CompilationModel((scope, { grantee }) => ({
      inputConfig: {
        S3Uri: location.bind(scope, { grantee, forReading: true }).uri,
        DataInputConfig: dataInputConfig?._bind(scope),
        Framework: framework.value,
        FrameworkVersion: frameworkVersion,
      },
    }));
  }

  /**
   * Returns a version of a model package by its ARN (`ModelPackageVersionArn`). The job is granted permission to describe the
   * package. Grant it permission to read the data of the package yourself.
   *
   * @param modelPackageArn the ARN of the model package, with its version
   */
  public static fromModelPackageArn(modelPackageArn: string): CompilationModel {
    return new CompilationModel((_scope, { grantee }) => {
      allow(grantee, { actions: ['sagemaker:DescribeModelPackage'], resourceArns: [modelPackageArn] });
      return { modelPackageVersionArn: modelPackageArn };
    });
  }

  private constructor(private readonly render: (scope: Construct, options: CompilationModelBindOptions) => CompilationModelConfig) {}

  /**
   * Grants the permissions to compile the model, and returns the model as a request contains it.
   *
   * @internal
   */
  public _bind(scope: Construct, options: CompilationModelBindOptions): CompilationModelConfig {
    return this.render(scope, options);
  }
}
