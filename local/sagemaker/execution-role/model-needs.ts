import type { Need } from './execution-roles';
import type { Surroundings, Use } from './job-role';
import { listing, pulling, reading, registryLogin } from './needs';
import type { ModelContainers } from '../hosting/model-containers';

const containers = ({ PrimaryContainer: primary, Containers: several = [] }: ModelContainers) => [...primary ? [primary] : [], ...several];
const prefixes = (model: ModelContainers) => containers(model).flatMap(({ ModelDataSource: source }) => source?.S3DataSource?.S3Uri ?? []);
const urls = (model: ModelContainers) => [...containers(model).flatMap(({ ModelDataUrl: url }) => url ?? []), ...prefixes(model)];

/** Pulls the images of a model. */
export function imageNeeds(model: ModelContainers): Need[] {
  return containers(model).flatMap(({ Image: image }) => [...pulling(image), ...registryLogin(image)]);
}

/** Reads the artifacts of a model. */
export function artifactNeeds(model: ModelContainers, surroundings: Surroundings): Need[] {
  return [...prefixes(model).flatMap((prefix) => listing(prefix, surroundings)), ...urls(model).flatMap((url) => reading(url, surroundings))];
}

/** The uses of a model's role when the model is created: "SageMaker roles", the execution role of CreateModel. */
export const MODEL_USES: readonly Use<ModelContainers>[] = [
  {
    when: 'Starting',
    needs: imageNeeds,
    refused: (request, { roleArn }, denial) => {
      const [, action] = /to perform: ecr:(\w+)/.exec(denial)!;
      return `The role '${roleArn}' does not have ${action} permission for the image: '${containers(request).map(({ Image }) => Image).join(', ')}'.`;
    },
  },
  {
    when: 'Downloading',
    needs: artifactNeeds,
    refused: (request, { roleArn, region }) =>
      `Could not access model data at ${urls(request).join(', ')}. Please ensure that the role "${roleArn}" exists and that its trust relationship policy `
      + 'allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions '
      + `and that the object is located in ${region}.`,
  },
];
