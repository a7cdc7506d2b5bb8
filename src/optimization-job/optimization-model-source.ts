import { Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { S3Location } from '../data/s3-location';
import { allow } from '../execution-role/grantee';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { JobOutputLocation } from '../job/job-output-location';
import type { RequestStructure } from '../job/request-members';
import { OutputCompressionType } from '../training-job/training-options';
import type { Check } from '../validation/construct-validation';
import { typedFactories } from '../validation/property-types';
import type { Violation } from '../validation/violation';

/**
 * Options for a source model in Amazon S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationJobModelSourceS3.html
 */
export interface OptimizationS3ModelOptions {
  /**
   * Whether to accept the end-user license agreement of the model (`ModelAccessConfig.AcceptEula`). Gated models require `true`. You
   * are responsible for complying with the license terms.
   *
   * @default - not specified, for models without such an agreement
   */
  readonly acceptEula?: boolean;
}

/** Options for a source model of Amazon SageMaker. */
export interface OptimizationSageMakerModelOptions {
  /**
   * The locations of the data of the model. The job is granted permission to read them.
   *
   * @default - the job is granted permission only to describe the model
   */
  readonly dataLocations?: S3Location[];
}

/** A model as an optimization job uses it. */
export interface BoundModelSource {
  /** The model as a request contains it. */
  readonly model: RequestStructure;
  /** Checks of values that do not appear in the request. */
  readonly checks: readonly Check[];
}

/** Grants the permissions to read a model, and returns the model. */
type Source = (scope: Construct, grantee: iam.IGrantable) => BoundModelSource;

/**
 * The model that an optimization job optimizes (`ModelSource`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OptimizationJobModelSource.html
 */
@typedFactories('OptimizationModelSource')
export class OptimizationModelSource {
  /**
   * Returns a model in Amazon S3 (`ModelSource.S3`), such as the uncompressed files of a Hugging Face model.
   *
   * @param location the key prefix of the uncompressed files of the model
   * @param options the options
   */
  public static fromS3(location: S3Location, options: OptimizationS3ModelOptions = {}): OptimizationModelSource {
    const { acceptEula } = options;
    return new OptimizationModelSource((scope, grantee) => {
      const { uri } = location.bind(scope, { grantee, forReading: true });
      return {
        model: { S3: { S3Uri: uri, ModelAccessConfig: acceptEula === undefined ? undefined : { AcceptEula: acceptEula } } },
        checks: [() => compressionViolations(location, uri)],
      };
    });
  }

  /**
   * Returns a model of Amazon SageMaker by its name (`ModelSource.SageMakerModel`), such as `CfnModel.attrModelName`. A model that is
   * replaced has another name, and then the job runs again.
   *
   * @param modelName the name of the model, at most 63 letters, digits and hyphens
   * @param options the options
   */
  public static fromModelName(modelName: string, options: OptimizationSageMakerModelOptions = {}): OptimizationModelSource {
    return new OptimizationModelSource((scope, grantee) => {
      grantModel(scope, grantee, ['sagemaker:DescribeModel'], modelName);
      options.dataLocations?.forEach((location) => location.bind(scope, { grantee, forReading: true }));
      return { model: { SageMakerModel: { ModelName: modelName } }, checks: [] };
    });
  }

  private constructor(private readonly source: Source) {}

  /**
   * Grants the permissions to read the model, and returns the model.
   *
   * @internal
   */
  public _bind(scope: Construct, grantee: iam.IGrantable): BoundModelSource {
    return this.source(scope, grantee);
  }
}

/** AWS documents uncompressed files for some techniques. A job that cannot read an archive fails only after its start. */
function compressionViolations(location: S3Location, uri: string): Violation[] {
  const violation = { property: 'location', rule: 'should be the key prefix of uncompressed files', warning: 'optimization-model-is-uncompressed' };
  const gzip = OutputCompressionType.GZIP.value;
  if (location instanceof JobOutputLocation && location.compressionTypes.includes(gzip)) {
    return [{ ...violation, value: `an archive (${gzip})`, advice: 'set `outputCompressionType` of the training job to `OutputCompressionType.NONE`' }];
  }
  return uri.endsWith('.tar.gz') ? [{ ...violation, value: uri }] : [];
}

/** Grants permission for actions on a model. ARNs contain names in lowercase, which a token cannot be converted to. */
export function grantModel(scope: Construct, grantee: iam.IGrantable, actions: string[], modelName: string): void {
  const resourceName = Token.isUnresolved(modelName) ? '*' : modelName.toLowerCase();
  const resourceArns = [Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'model', resourceName })];
  allow(grantee, { actions, resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'The ARN of a model contains its name in lowercase, and the name is known only during the deployment');
}
