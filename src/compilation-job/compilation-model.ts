import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DataInput } from './data-input';
import { S3Location } from '../data/s3-location';
import { allow } from '../execution-role/grantee';
import type { ITrainingJob } from '../training-job/training-job';
import type { IHyperParameterTuningJob } from '../tuning-job/hyper-parameter-tuning-job';

/** The framework that a model was trained with (`Framework` of the API). */
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
  /** XGBoost, of whose inputs nothing is said. */
  public static readonly XGBOOST = new CompilationFramework('XGBOOST');
  /** TensorFlow Lite. */
  public static readonly TFLITE = new CompilationFramework('TFLITE');
  /** Darknet. */
  public static readonly DARKNET = new CompilationFramework('DARKNET');
  /** scikit-learn. */
  public static readonly SKLEARN = new CompilationFramework('SKLEARN');

  /**
   * Returns the framework with a value of the API, also one that is newer than this release.
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

/** What there is to say about a model that is compiled. */
export interface CompilationModelOptions {
  /** The framework that the model was trained with (`InputConfig.Framework`). */
  readonly framework: CompilationFramework;

  /**
   * The version of the framework (`InputConfig.FrameworkVersion`), 3 to 10 characters, such as `1.13`; for MXNet, PyTorch,
   * TensorFlow and TensorFlow Lite.
   *
   * @default - as the service decides
   */
  readonly frameworkVersion?: string;

  /**
   * The inputs that the model expects (`InputConfig.DataInputConfig`).
   *
   * @default - none, as for XGBoost, or what the service finds in the model
   */
  readonly dataInputConfig?: DataInput;
}

/** Who compiles a model. */
export interface CompilationModelBindOptions {
  /** Who gets the permissions: the role that the job or the instance runs with. */
  readonly grantee: iam.IGrantable;
}

/** A model as a request names it: one of the two. */
export interface CompilationModelConfig {
  /**
   * The structure of the API (`InputConfig`).
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

/** A model that is compiled. */
export abstract class CompilationModel {
  /**
   * The model of a training job. A job of this app must be waited for; an import must have its `modelArtifacts`.
   *
   * @param trainingJob the training job
   * @param options what there is to say about the model
   */
  public static fromTrainingJob(trainingJob: ITrainingJob, options: CompilationModelOptions): CompilationModel {
    return new S3Model((_scope, grantee) => {
      trainingJob.grantReadOutput(grantee);
      return trainingJob.s3ModelArtifacts;
    }, options);
  }

  /**
   * The model of the best training job of a tuning job. A job of this app must be waited for; an import must have its
   * `modelArtifacts`.
   *
   * @param tuningJob the tuning job
   * @param options what there is to say about the model
   */
  public static fromHyperParameterTuningJob(tuningJob: IHyperParameterTuningJob, options: CompilationModelOptions): CompilationModel {
    return new S3Model((_scope, grantee) => {
      tuningJob.grantReadOutput(grantee);
      return tuningJob.bestTrainingJob.s3ModelArtifacts;
    }, options);
  }

  /**
   * A model in S3 (`InputConfig.S3Uri`).
   *
   * @param location the model, one gzip-compressed tar archive
   * @param options what there is to say about it
   */
  public static fromS3(location: S3Location, options: CompilationModelOptions): CompilationModel {
    return new S3Model((scope, grantee) => location.bind(scope, { grantee, grantRead: true }).s3Uri, options);
  }

  /**
   * A version of a model package (`ModelPackageVersionArn`). The job may look at the package; reading its data has to be
   * granted to the job.
   *
   * @param modelPackageVersionArn the ARN of the version
   */
  public static fromModelPackageVersion(modelPackageVersionArn: string): CompilationModel {
    return new ModelPackageVersion(modelPackageVersionArn);
  }

  /**
   * Grants the permissions to compile the model, and returns the model as a request contains it.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, options: CompilationModelBindOptions): CompilationModelConfig;
}

/** Grants reading of a model and gives its URI. */
type FindModel = (scope: Construct, grantee: iam.IGrantable) => string;

class S3Model extends CompilationModel {
  constructor(private readonly find: FindModel, private readonly options: CompilationModelOptions) {
    super();
  }

  public _bind(scope: Construct, { grantee }: CompilationModelBindOptions): CompilationModelConfig {
    const { dataInputConfig, framework, frameworkVersion } = this.options;
    return {
      inputConfig: {
        S3Uri: this.find(scope, grantee),
        DataInputConfig: dataInputConfig?._bind(scope),
        Framework: framework.value,
        FrameworkVersion: frameworkVersion,
      },
    };
  }
}

class ModelPackageVersion extends CompilationModel {
  constructor(private readonly arn: string) {
    super();
  }

  public _bind(_scope: Construct, { grantee }: CompilationModelBindOptions): CompilationModelConfig {
    allow(grantee, { actions: ['sagemaker:DescribeModelPackage'], resourceArns: [this.arn] });
    return { modelPackageVersionArn: this.arn };
  }
}
