import { Annotations, Aws, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as assets from 'aws-cdk-lib/aws-ecr-assets';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BuiltInAlgorithm, type BuiltInAlgorithmImageOptions } from './built-in-algorithm';
import { CLARIFY, DEBUGGER_RULES, DLC, MODEL_MONITOR } from './image-registries';
import { imageIn, locateImage, type NoImage, type ServiceImage } from './service-image';
import { FrameworkImageOptions, SparkImageOptions, sparkImage, TrainingFramework } from './training-framework';
import { allow } from '../execution-role/grantee';
import { grantAnywhere, NO_RESOURCES } from '../execution-role/job-permissions';
import { acknowledgeWildcards } from '../execution-role/wildcards';
import { AssetByScope } from '../job/asset-by-scope';
import { isPath, partsOf } from '../job/state-value';
import { typedFactories } from '../validation/property-types';
import { rememberRegion } from '../validation/stack-environment';
import type { Violation } from '../validation/violation';

/** The use of an image. */
export interface ContainerImageBindOptions {
  /** The grantee of the permissions: the execution role of the job. */
  readonly grantee: iam.IGrantable;

  /**
   * The platform of the instances that run the image. An image that is built from a directory is built for it.
   *
   * @default - the platform of the machine that builds the image
   */
  readonly platform?: assets.Platform;
}

/**
 * The access to the registry of a training image (`TrainingRepositoryAccessMode`).
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrainingImageConfig.html
 */
export class TrainingRepositoryAccessMode {
  /** Amazon ECR. */
  public static readonly PLATFORM = new TrainingRepositoryAccessMode('Platform');
  /** A private Docker registry that the job accesses through its VPC. */
  public static readonly VPC = new TrainingRepositoryAccessMode('Vpc');

  /**
   * Returns the mode for a value of the API, including values that are newer than this release.
   *
   * @param value the value, or a token
   */
  public static of(value: string): TrainingRepositoryAccessMode {
    return new TrainingRepositoryAccessMode(value);
  }

  /** @param value The value of the API. */
  private constructor(public readonly value: string) {}

  /** Returns the value of the API. */
  public toString(): string {
    return this.value;
  }
}

/** Options for an image in a private Docker registry. */
export interface PrivateRegistryImageOptions {
  /**
   * The Lambda function that returns the credentials of the registry
   * (`TrainingImageConfig.TrainingRepositoryAuthConfig.TrainingRepositoryCredentialsProviderArn`). The job is granted permission to
   * invoke it.
   *
   * @default - the registry requires no credentials
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrainingRepositoryAuthConfig.html
   */
  readonly credentialsProvider?: lambda.IFunction;
}

/** An image as a request contains it. */
export interface ContainerImageConfig {
  /** The image (`TrainingImage`, `ImageUri`): `registry/repository:tag` or `registry/repository@digest`, at most 255 characters. */
  readonly imageUri: string;

  /**
   * The access to the registry (`TrainingImageConfig.TrainingRepositoryAccessMode`).
   *
   * @default - Amazon ECR
   */
  readonly trainingRepositoryAccessMode?: TrainingRepositoryAccessMode;

  /**
   * The ARN of the Lambda function that returns the credentials of a private registry
   * (`TrainingImageConfig.TrainingRepositoryAuthConfig.TrainingRepositoryCredentialsProviderArn`).
   *
   * The ARN has at most 2048 characters. Requires `trainingRepositoryAccessMode`.
   *
   * @default - the registry requires no credentials
   */
  readonly trainingRepositoryCredentialsProviderArn?: string;

  /**
   * The rule that the image violates, for the property that contains it. It is reported at synthesis.
   *
   * @internal
   */
  readonly _problem?: string;
}

/**
 * The container image of an algorithm or a rule.
 *
 * Extend the class for images of your own, such as images that another tool builds: `bind()` returns the URI and grants permission
 * to pull the image.
 */
@typedFactories('ContainerImage')
export abstract class ContainerImage {
  /**
   * Returns an image in an Amazon ECR repository. The job is granted permission to pull it.
   *
   * @param repository the repository
   * @param tagOrDigest a tag, or a digest that begins with `sha256:` (default: `latest`)
   */
  public static fromEcrRepository(repository: ecr.IRepository, tagOrDigest?: string): ContainerImage {
    return new EcrImage(repository, tagOrDigest ?? 'latest');
  }

  /**
   * Returns an image that is built from a local directory and published with the app.
   *
   * @param directory the directory with the Dockerfile
   * @param options the build options. Training instances are `linux/amd64`, except Graviton instances
   */
  public static fromAsset(directory: string, options?: assets.DockerImageAssetOptions): ContainerImage {
    return new AssetImage(directory, options);
  }

  /**
   * Returns the image of a built-in algorithm in the Region of the stack. The synthesis fails if the version or the Region does
   * not have the image.
   *
   * @param algorithm the algorithm
   * @param options the version of the image (default: the only one)
   *
   * @example
   * import { ContainerImage, BuiltInAlgorithm } from 'cdk-sagemaker-jobs';
   *
   * const image = ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version: '1.7-1' });
   */
  public static fromBuiltInAlgorithm(algorithm: BuiltInAlgorithm, options?: BuiltInAlgorithmImageOptions): ContainerImage {
    return new PublishedImage(algorithm.toString(), algorithm._image(options?.version), algorithm);
  }

  /**
   * Returns the training image of a framework in the Region of the stack. It can also run the script of a processing job. The
   * synthesis fails if the version or the Region does not have the image. For newer versions, use `fromDlc()`.
   *
   * @param framework the framework
   * @param version one of the `versions` of the framework
   * @param options the variant of the image (default: the only one)
   *
   * @example
   * import { ContainerImage, ProcessorType, TrainingFramework } from 'cdk-sagemaker-jobs';
   *
   * const image = ContainerImage.fromFramework(TrainingFramework.PYTORCH, '2.6.0', { processor: ProcessorType.GPU });
   */
  public static fromFramework(framework: TrainingFramework, version: string, options?: FrameworkImageOptions): ContainerImage {
    return new PublishedImage(framework.toString(), framework._image(version, options));
  }

  /**
   * Returns the image that evaluates the built-in rules of Debugger and the profiler in the Region of the stack, for
   * `ruleEvaluatorImage`.
   */
  public static fromDebuggerRules(): ContainerImage {
    const repositoryName = 'sagemaker-debugger-rules';
    return new PublishedImage(repositoryName, { registry: DEBUGGER_RULES, repositoryName, tag: 'latest' });
  }

  /**
   * Returns the Spark image for processing jobs in the Region of the stack. The synthesis fails if the version or the Region does
   * not have the image. Run a script with the command `smspark-submit`.
   *
   * @param version the version of Spark: `2.4`, `3.0`, `3.1`, `3.2`, `3.3` or `3.5`
   * @param options the exact image (default: the latest one of the version)
   */
  public static fromSpark(version: string, options?: SparkImageOptions): ContainerImage {
    return new PublishedImage('sagemaker-spark-processing', sparkImage(version, options));
  }

  /**
   * Returns the image of Amazon SageMaker Clarify for processing jobs in the Region of the stack. Since 2026-07-30, Clarify is not
   * available for new customers.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-availability-change.html
   */
  public static fromClarify(): ContainerImage {
    const repositoryName = 'sagemaker-clarify-processing';
    return new PublishedImage(repositoryName, { registry: CLARIFY, repositoryName, tag: '1.0' });
  }

  /**
   * Returns the image that analyzes data for Amazon SageMaker Model Monitor, for processing jobs in the Region of the stack. Since
   * 2026-07-30, Model Monitor is not available for new customers.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-availability-change.html
   */
  public static fromModelMonitor(): ContainerImage {
    const repositoryName = 'sagemaker-model-monitor-analyzer';
    return new PublishedImage(repositoryName, { registry: MODEL_MONITOR, repositoryName, tag: 'latest' });
  }

  /**
   * Returns an image of the AWS Deep Learning Containers (DLC). The method has the same name in `@aws-cdk/aws-sagemaker-alpha`.
   *
   * @param repositoryName the repository, such as `pytorch-training`
   * @param tag the tag
   * @param accountId the account that publishes the image (default: the account for the Region of the stack)
   */
  public static fromDlc(repositoryName: string, tag: string, accountId?: string): ContainerImage {
    return new PublishedImage(repositoryName, { registry: DLC, repositoryName, tag }, undefined, accountId);
  }

  /**
   * Returns an image by its URI. If the URI is an Amazon ECR URI, the job is granted permission to pull the image. Parts of the URI can be
   * tokens, such as `Aws.ACCOUNT_ID`. If the URI is one token or in another registry, grant the role of the job this permission yourself.
   *
   * @param imageUri `registry/repository:tag` or `registry/repository@digest`
   */
  public static fromUri(imageUri: string): ContainerImage {
    return new RegistryImage(imageUri);
  }

  /**
   * Returns an image in a private Docker registry that the job accesses through its VPC (`TrainingImageConfig`). The job requires
   * `vpc`.
   *
   * @param imageUri `registry/repository:tag` or `registry/repository@digest`
   * @param options the access to the registry
   */
  public static fromPrivateRegistry(imageUri: string, options?: PrivateRegistryImageOptions): ContainerImage {
    return new PrivateImage(imageUri, options?.credentialsProvider);
  }

  /**
   * The built-in algorithm of the image.
   *
   * @internal
   */
  public readonly _algorithm?: BuiltInAlgorithm;

  /**
   * Grants permission to pull the image, and returns the image as a request contains it.
   *
   * @param scope the construct that uses the image
   * @param options the use of the image
   */
  public abstract bind(scope: Construct, options: ContainerImageBindOptions): ContainerImageConfig;
}

class EcrImage extends ContainerImage {
  constructor(private readonly repository: ecr.IRepository, private readonly tagOrDigest: string) {
    super();
  }

  public bind(scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    grantPullFrom(this.repository, grantee);
    const imageUri = this.repository.repositoryUriForTagOrDigest(this.tagOrDigest);
    rememberRegion(scope, imageUri, this.repository);
    return { imageUri };
  }
}

class AssetImage extends ContainerImage {
  private readonly assets = new Map<string | undefined, AssetByScope<assets.DockerImageAsset>>();

  constructor(private readonly directory: string, private readonly options: assets.DockerImageAssetOptions = {}) {
    super();
  }

  public bind(scope: Construct, { grantee, platform }: ContainerImageBindOptions): ContainerImageConfig {
    const { platform: given } = this.options;
    if (platform && given && given.platform !== platform.platform) {
      Annotations.of(scope).addWarningV2(
        'cdk-sagemaker-jobs:image-platform', `${this.directory}: the image must be built for ${platform.platform}, the platform of the instances; got ${given.platform}`,
      );
    }
    const { imageUri, repository } = this.builtFor(given ? undefined : platform).in(scope);
    grantPullFrom(repository, grantee);
    return { imageUri };
  }

  private builtFor(platform: assets.Platform | undefined): AssetByScope<assets.DockerImageAsset> {
    const { directory, options } = this;
    // The platform of the instances does not affect the hash of the image, because another hash would run existing jobs again.
    const forPlatform = platform && { platform, invalidation: { ...options.invalidation, platform: false } };
    const asset = this.assets.get(platform?.platform) ?? new AssetByScope(
      'Image', directory, (scope, id) => new assets.DockerImageAsset(scope, id, { directory, ...options, ...forPlatform }),
    );
    this.assets.set(platform?.platform, asset);
    return asset;
  }
}

class PublishedImage extends ContainerImage {
  constructor(
    private readonly name: string, private readonly image: ServiceImage | NoImage, public readonly _algorithm?: BuiltInAlgorithm,
    private readonly account?: string,
  ) {
    super();
  }

  public bind(scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const located = this.locate(scope);
    // The name is a token, so that only the problem is reported.
    if ('problem' in located) return { imageUri: Lazy.string({ produce: () => this.name }), _problem: located.problem };
    grantPull(grantee, located.repositoryArn);
    return { imageUri: located.imageUri };
  }

  private locate(scope: Construct) {
    if ('problem' in this.image) return this.image;
    return this.account === undefined ? locateImage(scope, this.image) : imageIn(Stack.of(scope), this.account, this.image);
  }
}

/** The account, Region and repository of an image in Amazon ECR. `<0>` is the first part of the URI if it is a token. */
const ECR_URI = /^(\d{12}|<\d+>)\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+|<\d+>)\.(?:[a-z0-9.]+|<\d+>)\/([^:@{\s]+)(?:[:@]|$)/;

class RegistryImage extends ContainerImage {
  constructor(private readonly imageUri: string) {
    super();
  }

  public bind(_scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const repositoryArn = repositoryArnOf(this.imageUri);
    if (repositoryArn) grantPull(grantee, repositoryArn);
    return { imageUri: this.imageUri };
  }
}

class PrivateImage extends ContainerImage {
  constructor(private readonly imageUri: string, private readonly credentialsProvider?: lambda.IFunction) {
    super();
  }

  public bind(_scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const provider = this.credentialsProvider;
    // Not `grantInvoke`, which fails for an imported function whose resource policy it cannot change.
    if (provider) allow(grantee, { actions: ['lambda:InvokeFunction'], resourceArns: [provider.functionArn] });
    return {
      imageUri: this.imageUri,
      trainingRepositoryAccessMode: TrainingRepositoryAccessMode.VPC,
      trainingRepositoryCredentialsProviderArn: provider?.functionArn,
    };
  }
}

/** Returns the ARN of the repository in Amazon ECR. Only the tag or digest can be a value of a state. */
function repositoryArnOf(imageUri: string): string | undefined {
  const parts = Token.isUnresolved(imageUri) ? partsOf(imageUri) : [imageUri];
  const placeholderOf = (token: string, index: number) => (isPath(token) ? ' ' : `<${index}>`);
  const uri = parts.map((part, index) => (Token.isUnresolved(part) ? placeholderOf(part, index) : part)).join('');
  const [, account, region, repository] = ECR_URI.exec(uri) ?? [];
  if (!repository) return undefined;
  return `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`.replace(/<(\d+)>/g, (_placeholder, index) => parts[index]);
}

function grantPullFrom(repository: ecr.IRepository, grantee: iam.IGrantable): void {
  // This includes the authorization token of the registry, which is not specific to a repository.
  repository.grantPull(grantee);
  acknowledgeWildcards(grantee, ['*'], NO_RESOURCES);
}

function grantPull(grantee: iam.IGrantable, repositoryArn: string): void {
  allow(grantee, {
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
    resourceArns: [repositoryArn],
  });
  grantAnywhere(grantee, ['ecr:GetAuthorizationToken']);
}

/** Reports the problem of an image. */
export function problemOf(property: string, image: ContainerImageConfig | undefined): Violation[] {
  return image?._problem === undefined ? [] : [{ property, rule: image._problem }];
}
