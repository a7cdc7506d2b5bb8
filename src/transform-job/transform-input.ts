import { Construct } from 'constructs';
import { SplitType } from './transform-options';
import { dataViolations } from '../data/input-channel';
import { CompressionType } from '../data/input-channel-options';
import { S3Location, S3LocationBindOptions } from '../data/s3-location';
import type { RequestStructure } from '../job/request-members';
import type { Check } from '../validation/construct-validation';
import { propertyViolations, typedFactories } from '../validation/property-types';
import { environmentOf } from '../validation/stack-environment';

/**
 * Options for the input of a transform job.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformInput.html
 */
export interface TransformInputOptions {
  /**
   * The MIME type of the data, which each request to the model contains (`ContentType`), at most 256 characters.
   *
   * @default - none
   */
  readonly contentType?: string;

  /**
   * The compression of the data (`CompressionType`), which SageMaker decompresses.
   *
   * @default - decided by SageMaker: no compression
   */
  readonly compressionType?: CompressionType;

  /**
   * The method that splits each object into records (`SplitType`). Required for objects that are larger than `maxPayload` of the job.
   *
   * @default - decided by SageMaker: each object is sent as a whole
   */
  readonly splitType?: SplitType;
}

/**
 * Options for the input of a transform job from a manifest.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformS3DataSource.html
 */
export interface TransformManifestOptions extends TransformInputOptions {
  /**
   * The locations of the objects that the manifest lists. The role of the model is granted permission to read them.
   *
   * @default - the role is granted permission to read only the manifest
   */
  readonly dataLocations?: S3Location[];
}

/** An input as a job uses it. */
interface BoundTransformInput {
  /** The structure of the request. */
  readonly input: RequestStructure;
  /** Checks of values that do not appear in the request. */
  readonly checks: readonly Check[];
}

/**
 * The data that a transform job sends to the model (`TransformInput`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformInput.html
 */
@typedFactories('TransformInput')
export class TransformInput {
  /**
   * Returns all objects with a key prefix (`S3DataType`: `S3Prefix`).
   *
   * @param location the prefix, or an object
   * @param options further options of the input
   */
  public static fromS3(location: S3Location, options?: TransformInputOptions): TransformInput {
    return new TransformInput('S3Prefix', location, options);
  }

  /**
   * Returns the objects that a manifest lists (`S3DataType`: `ManifestFile`).
   *
   * @param manifest the location of the manifest, an object
   * @param options further options of the input
   */
  public static fromManifest(manifest: S3Location, options?: TransformManifestOptions): TransformInput {
    return new TransformInput('ManifestFile', manifest, options);
  }

  private constructor(
    private readonly dataType: string, private readonly location: S3Location, private readonly options: TransformManifestOptions = {},
  ) {}

  /**
   * Grants the permissions to read the data, and returns the input as a job uses it.
   *
   * @internal
   */
  public _bind(scope: Construct, options: S3LocationBindOptions): BoundTransformInput {
    const { compressionType, contentType, dataLocations = [], splitType } = this.options;
    const uriOf = (location: S3Location) => location.bind(scope, options).uri;
    const dataUris = dataLocations.map(uriOf);
    return {
      input: {
        DataSource: { S3DataSource: { S3DataType: this.dataType, S3Uri: uriOf(this.location) } },
        ContentType: contentType,
        CompressionType: compressionType?.value,
        SplitType: splitType?.value,
      },
      checks: [
        () => propertyViolations(this.dataType === 'S3Prefix' ? 'TransformInputOptions' : 'TransformManifestOptions', this.options),
        () => dataViolations(environmentOf(scope), dataUris),
      ],
    };
  }
}
