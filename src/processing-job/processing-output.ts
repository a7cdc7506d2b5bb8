import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { S3Location } from '../data/s3-location';
import { allow } from '../execution-role/grantee';
import type { RequestStructure } from '../job/request-members';
import type { Check } from '../validation/construct-validation';
import { propertyViolations, typedFactories } from '../validation/property-types';

/**
 * The time when an output is uploaded (`S3UploadMode`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html
 */
export class ProcessingS3UploadMode {
  /** SageMaker uploads the files when the job has ended. */
  public static readonly END_OF_JOB = new ProcessingS3UploadMode('EndOfJob');
  /** SageMaker uploads files while the job runs. */
  public static readonly CONTINUOUS = new ProcessingS3UploadMode('Continuous');

  /**
   * Returns the mode for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): ProcessingS3UploadMode {
    return new ProcessingS3UploadMode(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/**
 * Options for an output to Amazon S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingS3Output.html
 */
export interface S3OutputOptions {
  /**
   * The path in the container whose files are uploaded (`LocalPath`), at most 256 characters. It begins with
   * `/opt/ml/processing/`.
   *
   * @default - `/opt/ml/processing/output/<name of the output>`; none for an output that the application manages
   */
  readonly localPath?: string;

  /**
   * The time when the files are uploaded (`S3UploadMode`).
   *
   * @default ProcessingS3UploadMode.END_OF_JOB
   */
  readonly s3UploadMode?: ProcessingS3UploadMode;

  /**
   * Whether each job writes to its own prefix, `<location>/<job name>/`. Without separate outputs, jobs share the location: a job
   * overwrites the files of the previous job, and a return to an earlier request runs the job again. The URI stays the same, so a
   * job that reads the output does not run again, unless its `rerunTrigger` is the name of this job.
   *
   * @default - true, except for an output that the application manages, for which it cannot be true
   */
  readonly separateOutput?: boolean;

  /**
   * Whether the application in the container uploads the files itself (`AppManaged`). Jobs share the location then.
   *
   * @default false
   */
  readonly enableAppManagement?: boolean;
}

/** An output as a job uses it. */
export interface BoundOutput {
  /** The structure of the request. */
  readonly output: RequestStructure;
  /** The location in S3. Undefined for a feature group. */
  readonly location?: S3Location;
  /** Whether each job writes to its own prefix. */
  readonly isSeparate: boolean;
  /** Checks of values that do not appear in the request. */
  readonly checks: readonly Check[];
}

/** Grants the permissions to write the output, and returns it without its name. */
type Destination = (scope: Construct, grantee: iam.IGrantable) => BoundOutput;

/**
 * A named output of a processing job (`ProcessingOutput`). The container writes it to `/opt/ml/processing/output/<name>`, unless
 * `localPath` is specified.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProcessingOutput.html
 */
@typedFactories('ProcessingOutput')
export class ProcessingOutput {
  /**
   * Returns an output to a key prefix in Amazon S3 (`S3Output`). Each job writes to its own prefix, `<location>/<job name>/`,
   * unless `separateOutput` is false.
   *
   * @param outputName the name of the output, unique in the job
   * @param location the prefix
   * @param options further options of the output
   */
  public static toS3(outputName: string, location: S3Location, options: S3OutputOptions = {}): ProcessingOutput {
    const { enableAppManagement, localPath, s3UploadMode, separateOutput } = options;
    return new ProcessingOutput(outputName, (scope, grantee) => ({
      output: {
        AppManaged: enableAppManagement,
        S3Output: {
          S3Uri: location.bind(scope, { grantee, forWriting: true }).uri,
          LocalPath: localPath ?? (enableAppManagement ? undefined : `/opt/ml/processing/output/${outputName}`),
          S3UploadMode: (s3UploadMode ?? ProcessingS3UploadMode.END_OF_JOB).value,
        },
      },
      location,
      isSeparate: separateOutput ?? !enableAppManagement,
      checks: [
        () => propertyViolations('S3OutputOptions', options),
        () => (enableAppManagement && separateOutput ? [{ property: 'separateOutput', rule: 'cannot be true together with `enableAppManagement`' }] : []),
      ],
    }));
  }

  /**
   * Returns an output to a feature group of Amazon SageMaker Feature Store (`FeatureStoreOutput`). The application in the
   * container writes the records itself. The job is granted permission to put records. Jobs share the feature group.
   *
   * @param outputName the name of the output, unique in the job
   * @param featureGroupName the name of the feature group, at most 64 letters, digits, hyphens and underscores
   */
  public static toFeatureGroup(outputName: string, featureGroupName: string): ProcessingOutput {
    return new ProcessingOutput(outputName, (scope, grantee) => {
      const arn = Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'feature-group', resourceName: featureGroupName });
      allow(grantee, { actions: ['sagemaker:PutRecord'], resourceArns: [arn] });
      return { output: { FeatureStoreOutput: { FeatureGroupName: featureGroupName }, AppManaged: true }, isSeparate: false, checks: [] };
    });
  }

  /** @param outputName The name of the output (`OutputName`). */
  private constructor(public readonly outputName: string, private readonly destination: Destination) {}

  /**
   * Grants the permissions to write the output, and returns the output as a job uses it.
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): BoundOutput {
    const { output, ...bound } = this.destination(scope, grantee);
    return { ...bound, output: { OutputName: this.outputName, ...output } };
  }
}
