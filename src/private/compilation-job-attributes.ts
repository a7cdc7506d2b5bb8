import { CompilationJobBase } from './compilation-job-base';

/**
 * What a job is described with: strings, because that is what CloudFormation makes of all attributes.
 *
 * They are read on demand, because a value that is known only in the end cannot be read from a job that is not waited for.
 *
 * @internal
 */
export abstract class CompilationJobAttributes extends CompilationJobBase {
  public get compilationJobName(): string {
    return this._name;
  }

  public get compilationJobArn(): string {
    return this._arn;
  }

  /**
   * When the job was created (`CreationTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get creationTime(): string {
    return this._described('CreationTime');
  }

  /**
   * The S3 URI of the compiled model (`ModelArtifacts.S3ModelArtifacts`).
   *
   * @attribute
   */
  public get s3ModelArtifacts(): string {
    return this._described('ModelArtifacts.S3ModelArtifacts', 's3ModelArtifacts');
  }

  /**
   * The SHA-256 digest of the compiled model (`ModelDigests.ArtifactDigest`).
   *
   * @attribute
   */
  public get artifactDigest(): string {
    return this._described('ModelDigests.ArtifactDigest', 'artifactDigest');
  }

  /**
   * The image that runs the compiled model (`InferenceImage`), for targets that are instances.
   *
   * @attribute
   */
  public get inferenceImage(): string {
    return this._described('InferenceImage', 'inferenceImage');
  }

  /**
   * The status that the job ended with (`CompilationJobStatus`): `COMPLETED`, or `STOPPED` with `acceptStopped`.
   *
   * @attribute
   */
  public get compilationJobStatus(): string {
    return this._described('CompilationJobStatus', 'compilationJobStatus');
  }

  /**
   * The ARN of the model package version that was compiled (`ModelPackageVersionArn`), if it was one.
   *
   * @attribute
   */
  public get modelPackageVersionArn(): string {
    return this._described('ModelPackageVersionArn', 'modelPackageVersionArn');
  }

  /**
   * What the service found out about the inputs of a model for which nothing is said of them
   * (`DerivedInformation.DerivedDataInputConfig`), in JSON. The deployment fails if it is too long for an attribute.
   *
   * @attribute
   */
  public get derivedDataInputConfig(): string {
    return this._described('DerivedInformation.DerivedDataInputConfig', 'derivedDataInputConfig');
  }

  /**
   * When the compilation began (`CompilationStartTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get compilationStartTime(): string {
    return this._described('CompilationStartTime', 'compilationStartTime');
  }

  /**
   * When the compilation ended (`CompilationEndTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get compilationEndTime(): string {
    return this._described('CompilationEndTime', 'compilationEndTime');
  }

  /**
   * When the status of the job changed for the last time (`LastModifiedTime`), an ISO 8601 date.
   *
   * @attribute
   */
  public get lastModifiedTime(): string {
    return this._described('LastModifiedTime', 'lastModifiedTime');
  }
}
