import type { AccountRegion } from './account-region';
import type { Bootstrap } from '../bootstrap';
import type { CloudFormation } from '../cloudformation';
import type { GivenResources } from '../given-resources';
import type { ObjectStore } from '../s3';
import type { SageMaker } from '../sagemaker';
import type { NamedPlaces } from '../sagemaker/local-place-rules';

export interface NamedPlacesOptions extends AccountRegion {
  readonly cloudFormation: () => CloudFormation;
  readonly sagemaker: () => SageMaker;
  readonly objects: ObjectStore;
  readonly bootstrap: Bootstrap;
  /** Resources that no stack creates. */
  readonly given: GivenResources;
}

/** The resources of stacks, and those that no stack creates. */
export function namedPlaces(options: NamedPlacesOptions): NamedPlaces & { repositories(): readonly string[] } {
  const { bootstrap, cloudFormation, given, objects, sagemaker } = options;
  const has = (type: string, physicalId: string) => cloudFormation().propertiesOf(type, physicalId) !== undefined;
  const isGiven = (kind: keyof GivenResources, id: string) => given[kind]?.includes(id) ?? false;
  const idsOf = (type: string) => cloudFormation().resourcesOf(type).map(({ physicalId }) => physicalId);
  const nameOf = (image: string) => image.split(':')[0];
  return {
    regionOfBucket: (bucket) => objects.bucket(bucket)?.region,
    hasImage: (repository, tag) => {
      if (repository === bootstrap.repositoryName || has('AWS::ECR::Repository', repository)) return true;
      const images = given.repositories?.filter((image) => nameOf(image) === repository) ?? [];
      return images.includes(repository) || images.includes(`${repository}:${tag ?? 'latest'}`);
    },
    hasKey: (key) => key.startsWith('alias/')
      ? key.startsWith('alias/aws/') || isGiven('aliases', key) || has('AWS::KMS::Alias', key)
      : isGiven('keys', key) || has('AWS::KMS::Key', key),
    hasSubnet: (id) => isGiven('subnets', id) || has('AWS::EC2::Subnet', id),
    hasSecurityGroup: (id) => isGiven('securityGroups', id) || has('AWS::EC2::SecurityGroup', id) || has('AWS::EC2::VPC', id.replace('sg-', 'vpc-')),
    hasCodeRepository: (name) => sagemaker().notebooks.codeRepositories.has(name),
    repositories: () => [bootstrap.repositoryName, ...(given.repositories ?? []).map(nameOf), ...idsOf('AWS::ECR::Repository')],
  };
}
