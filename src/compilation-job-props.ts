import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { CompilationModel } from './compilation-model';
import { CompilationTarget } from './compilation-target';
import { CompilerOptions } from './compiler-options';
import { JobNetworkOptions } from './job-network-options';
import { JobOptions } from './job-options';
import { S3Location } from './s3-location';

/** What a compilation job is made of. */
export interface CompilationJobProps extends JobOptions, JobNetworkOptions {
  /**
   * The exact name of the job (`CompilationJobName`), 1 to 63 letters, digits and hyphens. A job cannot be changed, and two
   * jobs cannot have the same name: with an exact name, a change that needs a new job needs a new name, too.
   *
   * @default - `compilationJobNamePrefix` and a hash of what the job is
   */
  readonly compilationJobName?: string;

  /**
   * What the name of the job begins with, 1 to 52 letters, digits and hyphens. A hyphen and a hash of ten characters follow.
   *
   * @default - made of the names of the stack and of the construct
   */
  readonly compilationJobNamePrefix?: string;

  /**
   * The role that the job runs with (`RoleArn`). A role of this app is given what the job needs, as the default role is.
   * A role that is imported, and one from `withoutPolicyUpdates()`, gets nothing attached: it must be able to do
   * all that the job does.
   *
   * @default - a role that may do what this job needs, and no more
   */
  readonly role?: iam.IRole;

  /** The model that is compiled (`InputConfig` or `ModelPackageVersionArn`). */
  readonly model: CompilationModel;

  /**
   * Where the compiled model is stored: a prefix (`OutputConfig.S3OutputLocation`), whose URI has at most 1024 characters.
   * Unless `separateOutput` says otherwise, the name of the job is appended to it.
   */
  readonly outputLocation: S3Location;

  /**
   * Each job writes to a prefix of its own, `<outputLocation>/<name of the job>/`, as training jobs do by themselves. The
   * service names a compiled model after the model and the target only, so otherwise a job overwrites what the one
   * before it has written: an endpoint does not notice that there is a new model, and a rollback finds the new one in
   * the place of the old.
   *
   * @default true
   */
  readonly separateOutput?: boolean;

  /** What the model is compiled for (`OutputConfig.TargetDevice` or `OutputConfig.TargetPlatform`). */
  readonly target: CompilationTarget;

  /**
   * What the compiler is told besides the target (`OutputConfig.CompilerOptions`).
   *
   * @default - nothing
   */
  readonly compilerOptions?: CompilerOptions;

  /**
   * The key that encrypts the compiled model (`OutputConfig.KmsKeyId`).
   *
   * @default - as the bucket says
   */
  readonly outputEncryptionKey?: kms.IKey;

  /**
   * How long the job may run (`StoppingCondition.MaxRuntimeInSeconds`), in whole seconds up to 28 days. A job that reaches it
   * fails.
   *
   * @default Duration.hours(1)
   */
  readonly maxRuntime?: Duration;

  /**
   * How long the job may wait and run together (`StoppingCondition.MaxWaitTimeInSeconds`), in whole seconds, at least 1. The
   * API has it for all jobs; it means something to training on spot capacity only.
   *
   * @default - as the service decides
   */
  readonly maxWaitTime?: Duration;

  /**
   * How long the job may be pending before it is stopped (`StoppingCondition.MaxPendingTimeInSeconds`), from 2 hours to 28 days.
   *
   * @default - as the service decides
   */
  readonly maxPendingTime?: Duration;
}
