import { createHash } from 'node:crypto';
import { type Model, structure } from '../api/api-model';
import type { Service } from '../api/service';
import { ServiceError } from '../api/service-error';
import type { Clock } from '../clock';

export interface EcrOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** Returns the names of all existing repositories. */
  readonly repositories: () => readonly string[];
}

interface ImageId {
  readonly imageTag?: string;
  readonly imageDigest?: string;
}

const MODEL: Model = {
  operations: {
    DescribeImages: { input: 'DescribeImagesRequest' },
    DescribeRepositories: { input: 'DescribeRepositoriesRequest' },
    GetAuthorizationToken: {},
  },
  shapes: {
    String: { type: 'string' },
    Name: {
      type: 'string', min: 2, max: 256, pattern: '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*',
    },
    Names: { type: 'list', member: 'Name', min: 1, max: 100 },
    Tag: { type: 'string', min: 1, max: 300 },
    ImageId: structure([], { imageTag: 'Tag', imageDigest: 'String' }),
    ImageIds: { type: 'list', member: 'ImageId', min: 1, max: 100 },
    DescribeImagesRequest: structure(['repositoryName'], { repositoryName: 'Name', imageIds: 'ImageIds' }),
    DescribeRepositoriesRequest: structure([], { repositoryNames: 'Names' }),
  },
};

/** ECR. Nothing runs an image, so every image exists as soon as a caller describes it, and none must be built. */
export class Ecr implements Service {
  readonly name = 'ecr';
  readonly targetPrefix = 'AmazonEC2ContainerRegistry_V20150921';
  readonly contentType = 'application/x-amz-json-1.1';
  readonly model = MODEL;
  readonly invalidInput = 'InvalidParameterException';
  readonly operations: Service['operations'] = {
    DescribeImages: ({ repositoryName, imageIds = [] }: { repositoryName: string; imageIds?: ImageId[] }) => {
      this.existing(repositoryName);
      return {
        imageDetails: imageIds.map(({ imageTag, imageDigest }) => ({
          registryId: this.options.account,
          repositoryName,
          imageDigest: imageDigest ?? `sha256:${createHash('sha256').update(`${repositoryName}:${imageTag}`).digest('hex')}`,
          ...imageTag !== undefined && { imageTags: [imageTag] },
        })),
      };
    },
    DescribeRepositories: ({ repositoryNames }: { repositoryNames?: string[] }) => ({
      repositories: (repositoryNames ?? [...this.options.repositories()]).map((name) => this.describe(this.existing(name))),
    }),
    GetAuthorizationToken: () => ({
      authorizationData: [{
        authorizationToken: Buffer.from('AWS:local').toString('base64'),
        expiresAt: this.options.clock.now() / 1000 + 12 * 3600,
        proxyEndpoint: `https://${this.host}`,
      }],
    }),
  };

  constructor(private readonly options: EcrOptions) {}

  private get host(): string {
    return `${this.options.account}.dkr.ecr.${this.options.region}.amazonaws.com`;
  }

  private existing(name: string): string {
    if (!this.options.repositories().includes(name)) {
      throw new ServiceError('RepositoryNotFoundException', `The repository with name '${name}' does not exist in the registry with id '${this.options.account}'`);
    }
    return name;
  }

  private describe(name: string) {
    const { account, region } = this.options;
    return {
      registryId: account,
      repositoryName: name,
      repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
      repositoryUri: `${this.host}/${name}`,
    };
  }
}
