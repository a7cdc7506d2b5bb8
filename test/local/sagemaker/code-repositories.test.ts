import {
  CreateCodeRepositoryCommand, CreateNotebookInstanceCommand,
  DeleteCodeRepositoryCommand, DescribeCodeRepositoryCommand, ListTagsCommand, paginateListCodeRepositories,
  UpdateCodeRepositoryCommand, type ListCodeRepositoriesCommandInput, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';
import { LocalCloud } from '../../../local/cloud';

const ARN = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:code-repository/`;
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:git-AbCdEf`;
const GitConfig = { RepositoryUrl: 'https://git.example/r.git', Branch: 'main' };

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start(); });
afterEach(() => cloud.stop());

const create = (CodeRepositoryName: string, rest: object = {}) =>
  cloud.client.send(new CreateCodeRepositoryCommand({ CodeRepositoryName, GitConfig, ...rest }));
const describe_ = (CodeRepositoryName: string) => cloud.client.send(new DescribeCodeRepositoryCommand({ CodeRepositoryName }));

test('a code repository is created with tags, described, updated and deleted', async () => {
  expect(await create('Repo', { Tags: [{ Key: 'a', Value: '1' }] })).toMatchObject({ CodeRepositoryArn: `${ARN}repo` });
  const CreationTime = new Date('2026-01-01T00:00:00Z');
  expect(await describe_('Repo')).toMatchObject({ CodeRepositoryName: 'Repo', CodeRepositoryArn: `${ARN}repo`, GitConfig, CreationTime, LastModifiedTime: CreationTime });
  expect((await cloud.client.send(new ListTagsCommand({ ResourceArn: `${ARN}repo` }))).Tags).toEqual([{ Key: 'a', Value: '1' }]);
  await cloud.clock.advance(1000);
  await cloud.client.send(new UpdateCodeRepositoryCommand({ CodeRepositoryName: 'Repo', GitConfig: { SecretArn: SECRET } }));
  expect(await describe_('Repo')).toMatchObject({ GitConfig: { ...GitConfig, SecretArn: SECRET }, CreationTime, LastModifiedTime: new Date('2026-01-01T00:00:01Z') });
  await cloud.client.send(new DeleteCodeRepositoryCommand({ CodeRepositoryName: 'Repo' }));
  await expect(describe_('Repo')).rejects.toMatchObject({ name: 'ValidationException', message: `Could not find code repository '${ARN}repo'.` });
});

test('a name in use, and a URL that is not HTTPS, are refused', async () => {
  await create('repo');
  await expect(create('REPO')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('already existing code repository') });
  await expect(create('other', { GitConfig: { RepositoryUrl: 'git@git.example:r.git' } })).rejects.toMatchObject({ message: expect.stringContaining('at \'gitConfig.repositoryUrl\'') });
});

test('code repositories are listed by name, with filters, other orders and pages', async () => {
  for (const name of ['b', 'c', 'a']) {
    await create(name);
    await cloud.clock.advance(60_000);
  }
  await cloud.client.send(new UpdateCodeRepositoryCommand({ CodeRepositoryName: 'b', GitConfig: { SecretArn: SECRET } }));
  const names = async (input: ListCodeRepositoriesCommandInput, pageSize = 2) => {
    const found = [];
    for await (const { CodeRepositorySummaryList = [] } of paginateListCodeRepositories({ client: cloud.client, pageSize }, input)) {
      found.push(CodeRepositorySummaryList.map(({ CodeRepositoryName }) => CodeRepositoryName).join(''));
    }
    return found;
  };
  expect(await names({})).toEqual(['ab', 'c']);
  expect(await names({ SortBy: 'CreationTime', SortOrder: 'Descending' }, 10)).toEqual(['acb']);
  expect(await names({ SortBy: 'LastModifiedTime' }, 10)).toEqual(['cab']);
  expect(await names({ NameContains: 'c' })).toEqual(['c']);
  expect(await names({ CreationTimeAfter: new Date('2026-01-01T00:00:30Z') })).toEqual(['ac']);
  expect(await names({ LastModifiedTimeAfter: new Date('2026-01-01T00:02:30Z') })).toEqual(['b']);
});

describe('in a cloud', () => {
  const template = (git: object, tags?: object[]) => ({ Resources: { Repo: { Type: 'AWS::SageMaker::CodeRepository', Properties: { CodeRepositoryName: 'repo', GitConfig: git, ...tags && { Tags: tags } } } } });

  test('a code repository of a stack exists, changes its secret and its tags, and goes with the stack', async () => {
    const { clock, cloudFormation, sagemaker } = whole;
    await clock.run(cloudFormation.createStack({ stackName: 'Stack', template: template(GitConfig, [{ Key: 'a', Value: '1' }]) }));
    expect(sagemaker.call('DescribeCodeRepository', { CodeRepositoryName: 'repo' })).toMatchObject({ GitConfig });
    await clock.run(cloudFormation.updateStack({ stackName: 'Stack', template: template({ ...GitConfig, SecretArn: SECRET }, [{ Key: 'b', Value: '2' }]) }));
    const { CodeRepositoryArn } = sagemaker.call('DescribeCodeRepository', { CodeRepositoryName: 'repo' });
    expect([...sagemaker.tagsOf(String(CodeRepositoryArn))]).toEqual([['b', '2']]);
    const { events, status } = await clock.run(cloudFormation.updateStack({ stackName: 'Stack', template: template({ RepositoryUrl: 'https://git.example/other.git' }) }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(events.find(({ resourceStatus }) => resourceStatus === 'UPDATE_FAILED')?.resourceStatusReason).toContain('Only the SecretArn of a code repository can be updated.');
    await clock.run(cloudFormation.deleteStack('Stack'));
    expect(sagemaker.call('ListCodeRepositories', {})).toEqual({ CodeRepositorySummaryList: [] });
  });

  test('a notebook instance can name a code repository that the API has created', async () => {
    const client = new SageMakerClient({ endpoint: whole.endpoint.url, region: REGION, credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 's' }, maxAttempts: 1 });
    const book = () => client.send(new CreateNotebookInstanceCommand({
      NotebookInstanceName: 'book', InstanceType: 'ml.t3.medium', RoleArn: `arn:aws:iam::${ACCOUNT}:role/notebook`, DefaultCodeRepository: 'repo',
    }));
    await expect(book()).rejects.toMatchObject({ name: 'ValidationException' });
    await client.send(new CreateCodeRepositoryCommand({ CodeRepositoryName: 'repo', GitConfig }));
    expect(await book()).toMatchObject({ NotebookInstanceArn: expect.any(String) });
    client.destroy();
  });

  let whole: LocalCloud;
  beforeEach(async () => {
    whole = await LocalCloud.start({ quotas: false, region: REGION, roles: [{ roleArn: `arn:aws:iam::${ACCOUNT}:role/notebook` }] });
  });
  afterEach(() => whole.stop());
});
