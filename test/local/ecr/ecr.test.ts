import { LocalCloud } from '../../../local/cloud';
import { json } from '../query/requests';

const REPOSITORY = 'cdk-hnb659fds-container-assets-111122223333-us-east-1';
let cloud: LocalCloud;
beforeAll(async () => { cloud = await LocalCloud.start(); });
afterAll(async () => cloud.stop());

const ecr = async (operation: string, input: object) => json(cloud, 'ecr', `AmazonEC2ContainerRegistry_V20150921.${operation}`, input);

test('the repository of the bootstrap stack and those of stacks are there', async () => {
  await cloud.clock.run(cloud.cloudFormation.createStack({
    stackName: 'Stack', template: { Resources: { Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'images' } } } },
  }));
  const { document } = await ecr('DescribeRepositories', {});
  expect(document.repositories.map(({ repositoryUri }: { repositoryUri: string }) => repositoryUri)).toEqual(
    [REPOSITORY, 'images'].map((name) => `111122223333.dkr.ecr.us-east-1.amazonaws.com/${name}`));
});

test('every image of a repository is said to be there', async () => {
  const { document } = await ecr('DescribeImages', { repositoryName: REPOSITORY, imageIds: [{ imageTag: 'v1' }] });
  expect(document.imageDetails).toEqual([expect.objectContaining({ imageTags: ['v1'], imageDigest: expect.stringMatching(/^sha256:/) })]);
  expect(await ecr('DescribeImages', { repositoryName: 'other', imageIds: [{ imageTag: 'v1' }] }))
    .toMatchObject({ status: 400, document: { __type: 'RepositoryNotFoundException' } });
});

test('a token for the registry is given out', async () => {
  const { document: { authorizationData: [{ authorizationToken, proxyEndpoint }] } } = await ecr('GetAuthorizationToken', {});
  expect(Buffer.from(authorizationToken, 'base64').toString()).toMatch(/^AWS:/);
  expect(proxyEndpoint).toBe('https://111122223333.dkr.ecr.us-east-1.amazonaws.com');
});
