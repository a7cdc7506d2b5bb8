import type { Use } from './job-role';
import { listing, pulling, reading, registryLogin } from './needs';

interface Container {
  readonly Image?: string;
  readonly ModelDataUrl?: string;
  readonly ModelDataSource?: { readonly S3DataSource?: { readonly S3Uri: string } };
}

interface Request {
  readonly PrimaryContainer?: Container;
  readonly Containers?: readonly Container[];
}

const containers = ({ PrimaryContainer: primary, Containers: several = [] }: Request) => [...primary ? [primary] : [], ...several];
const prefixes = (request: Request) => containers(request).flatMap(({ ModelDataSource: source }) => source?.S3DataSource?.S3Uri ?? []);
const urls = (request: Request) => [...containers(request).flatMap(({ ModelDataUrl: url }) => url ?? []), ...prefixes(request)];

/** The uses of a model's role when the model is created: "SageMaker roles", the execution role of CreateModel. */
export const MODEL_USES: readonly Use<Request>[] = [
  {
    when: 'Starting',
    needs: (request) => containers(request).flatMap(({ Image: image }) => [...pulling(image), ...registryLogin(image)]),
    refused: (request, { roleArn }, denial) => {
      const [, action] = /to perform: ecr:(\w+)/.exec(denial)!;
      return `The role '${roleArn}' does not have ${action} permission for the image: '${containers(request).map(({ Image }) => Image).join(', ')}'.`;
    },
  },
  {
    when: 'Downloading',
    needs: (request, surroundings) => [
      ...prefixes(request).flatMap((prefix) => listing(prefix, surroundings)), ...urls(request).flatMap((url) => reading(url, surroundings)),
    ],
    refused: (request, { roleArn, region }) =>
      `Could not access model data at ${urls(request).join(', ')}. Please ensure that the role "${roleArn}" exists and that its trust relationship policy `
      + 'allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions '
      + `and that the object is located in ${region}.`,
  },
];
