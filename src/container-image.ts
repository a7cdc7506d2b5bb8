import { Aws, Stack, Token } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as assets from 'aws-cdk-lib/aws-ecr-assets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { FactName } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { freeId } from './private/free-id';

/** Who pulls an image. */
export interface ContainerImageBindOptions {
  /** Who gets the permissions. */
  readonly grantee: iam.IGrantable;
}

/** An image as a request names it. */
export interface ContainerImageConfig {
  /** `registry/repository:tag` or `registry/repository@digest`. */
  readonly imageUri: string;

  /**
   * Whether the image comes from a private registry that is reached through the job's VPC
   * (`TrainingRepositoryAccessMode`: `Vpc`).
   *
   * @default false - the image is in Amazon ECR
   */
  readonly throughVpc?: boolean;

  /**
   * The ARN of the function that gives the credentials of a private registry
   * (`TrainingRepositoryCredentialsProviderArn`).
   *
   * @default - no credentials
   */
  readonly credentialsProviderArn?: string;
}

/** Where the container image of an algorithm or of a rule comes from. */
export abstract class ContainerImage {
  /**
   * An image in an ECR repository. Whoever uses it may pull from the repository.
   *
   * @param repository the repository
   * @param tagOrDigest a tag, or a digest that begins with `sha256:` (default: `latest`)
   */
  public static fromEcrRepository(repository: ecr.IRepository, tagOrDigest?: string): ContainerImage {
    return new EcrImage(repository, tagOrDigest ?? 'latest');
  }

  /**
   * An image that is built from a local directory and pushed with the app.
   *
   * @param directory the directory with the Dockerfile
   * @param options how the image is built; training instances are `linux/amd64` unless they are Graviton
   */
  public static fromAsset(directory: string, options?: assets.DockerImageAssetOptions): ContainerImage {
    return new AssetImage(directory, options);
  }

  /**
   * One of the AWS Deep Learning Containers.
   *
   * @param repositoryName the repository, such as `pytorch-training`
   * @param tag the tag
   * @param account the account that publishes it (default: the one of the stack's region)
   */
  public static fromDlc(repositoryName: string, tag: string, account?: string): ContainerImage {
    return new DlcImage(repositoryName, tag, account);
  }

  /**
   * An image by its URI. If the URI is one of Amazon ECR and no token, whoever uses the image may pull it; a token tells
   * nothing about the repository, so grant the pull to the job's role then.
   *
   * @param imageUri `registry/repository:tag` or `registry/repository@digest`
   */
  public static fromRegistry(imageUri: string): ContainerImage {
    return new RegistryImage(imageUri);
  }

  /**
   * An image in a private registry that the job reaches through its VPC (`TrainingImageConfig`). The job needs `vpc`.
   *
   * @param imageUri `registry/repository:tag` or `registry/repository@digest`
   * @param credentialsProvider the function that gives the credentials (default: the registry needs none)
   */
  public static fromPrivateRegistry(imageUri: string, credentialsProvider?: lambda.IFunction): ContainerImage {
    return new PrivateImage(imageUri, credentialsProvider);
  }

  /**
   * Called when the image is used: grants the pull, then says how a request names the image.
   *
   * @param scope the construct that uses the image
   * @param options who pulls it
   */
  public abstract bind(scope: Construct, options: ContainerImageBindOptions): ContainerImageConfig;
}

class EcrImage extends ContainerImage {
  constructor(private readonly repository: ecr.IRepository, private readonly tagOrDigest: string) {
    super();
  }

  public bind(_scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    this.repository.grantPull(grantee);
    return { imageUri: this.repository.repositoryUriForTagOrDigest(this.tagOrDigest) };
  }
}

class AssetImage extends ContainerImage {
  /** One for each construct that uses the image, however often it does. */
  private readonly assets = new WeakMap<Construct, assets.DockerImageAsset>();

  constructor(private readonly directory: string, private readonly options?: assets.DockerImageAssetOptions) {
    super();
  }

  public bind(scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const asset = this.assets.get(scope)
      ?? new assets.DockerImageAsset(scope, freeId(scope, `Image:${this.directory.replace(/\//g, '.')}`), { directory: this.directory, ...this.options });
    this.assets.set(scope, asset);
    asset.repository.grantPull(grantee);
    return { imageUri: asset.imageUri };
  }
}

class DlcImage extends ContainerImage {
  constructor(private readonly repositoryName: string, private readonly tag: string, private readonly account?: string) {
    super();
  }

  public bind(scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const stack = Stack.of(scope);
    const account = this.account ?? stack.regionalFact(FactName.DLC_REPOSITORY_ACCOUNT);
    grantPull(grantee, stack.formatArn({ service: 'ecr', account, resource: 'repository', resourceName: this.repositoryName }));
    return { imageUri: `${account}.dkr.ecr.${stack.region}.${stack.urlSuffix}/${this.repositoryName}:${this.tag}` };
  }
}

/** Account, region and repository of an image in Amazon ECR. */
const ECR_URI = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.]+\/([^:@]+)/;

class RegistryImage extends ContainerImage {
  constructor(private readonly imageUri: string) {
    super();
  }

  public bind(_scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const [, account, region, repository] = (Token.isUnresolved(this.imageUri) ? null : ECR_URI.exec(this.imageUri)) ?? [];
    if (repository) grantPull(grantee, `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`);
    return { imageUri: this.imageUri };
  }
}

class PrivateImage extends ContainerImage {
  constructor(private readonly imageUri: string, private readonly credentialsProvider?: lambda.IFunction) {
    super();
  }

  public bind(_scope: Construct, { grantee }: ContainerImageBindOptions): ContainerImageConfig {
    const provider = this.credentialsProvider;
    // Not by grantInvoke: it refuses an imported function, because it would have to change that function's own policy.
    if (provider) iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: provider.resourceArnsForGrantInvoke });
    return { imageUri: this.imageUri, throughVpc: true, credentialsProviderArn: provider?.functionArn };
  }
}

function grantPull(grantee: iam.IGrantable, repositoryArn: string): void {
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
    resourceArns: [repositoryArn],
  });
  ecr.AuthorizationToken.grantRead(grantee);
}
