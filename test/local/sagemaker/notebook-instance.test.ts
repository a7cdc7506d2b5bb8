import { ListTagsCommand } from '@aws-sdk/client-sagemaker';
import { Notebooks, script } from './notebook-setup';
import { ACCOUNT, Fixture, REGION } from './setup';
import { testWithScripts } from '../../with-scripts';

let cloud: Fixture;
let notebooks: Notebooks;
beforeEach(async () => {
  cloud = await Fixture.start();
  notebooks = new Notebooks(cloud);
});
afterEach(async () => cloud.stop());

const ARN = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/book`;
const validation = (message: string) => expect.objectContaining({ name: 'ValidationException', message: expect.stringContaining(message) });
const stopped = async (changes?: object) => {
  await notebooks.inService('book', changes);
  await notebooks.stop('book');
  await cloud.seconds(30);
};

test('an instance starts, stops, starts again and is deleted', async () => {
  // given
  const seen: string[] = [];
  cloud.sagemaker.on('transition', ({ kind, jobName, status }) => seen.push(`${kind} ${jobName} ${status}`));
  // when
  const { NotebookInstanceArn } = await notebooks.create('Book', { Tags: [{ Key: 'team', Value: 'ml' }] });
  const created = await notebooks.describe('book');
  const { Tags } = await cloud.client.send(new ListTagsCommand({ ResourceArn: NotebookInstanceArn }));
  await cloud.seconds(120);
  await notebooks.stop('Book');
  await cloud.seconds(30);
  await notebooks.start('Book');
  await cloud.seconds(120);
  await notebooks.stop('Book');
  await cloud.seconds(30);
  await notebooks.delete('Book');
  await cloud.seconds(20);
  // then
  expect(NotebookInstanceArn).toBe(ARN);
  expect(created).toMatchObject({
    NotebookInstanceName: 'Book',
    NotebookInstanceArn: ARN,
    NotebookInstanceStatus: 'Pending',
    Url: 'book.notebook.eu-central-1.sagemaker.aws',
    InstanceType: 'ml.t3.medium',
    VolumeSizeInGB: 5,
    DirectInternetAccess: 'Enabled',
    RootAccess: 'Enabled',
    CreationTime: new Date('2026-01-01T00:00:00Z'),
  });
  expect(Tags).toEqual([{ Key: 'team', Value: 'ml' }]);
  expect(seen.map((line) => line.replace('NotebookInstance Book ', ''))).toEqual([
    'Pending', 'InService', 'Stopping', 'Stopped', 'Pending', 'InService', 'Stopping', 'Stopped', 'Deleting',
  ]);
  await expect(notebooks.describe('Book')).rejects.toEqual(validation('RecordNotFound'));
  expect(cloud.sagemaker.running()).toEqual([]);
});

test('an instance in a subnet has a network interface there', async () => {
  await notebooks.create('book', { SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'], DirectInternetAccess: 'Disabled' });
  expect(await notebooks.describe('book')).toMatchObject({
    SubnetId: 'subnet-1', SecurityGroups: ['sg-1'], DirectInternetAccess: 'Disabled', NetworkInterfaceId: expect.stringMatching(/^eni-/),
  });
});

test('an instance that does not start is Failed, and can be started again or deleted', async () => {
  cloud.sagemaker.notebook = () => ({ failure: 'InsufficientInstanceCapacity' });
  await notebooks.inService('book');
  expect(await notebooks.describe('book')).toMatchObject({ NotebookInstanceStatus: 'Failed', FailureReason: 'InsufficientInstanceCapacity' });
  cloud.sagemaker.notebook = () => ({ startingSeconds: 5 });
  await notebooks.start('book');
  await cloud.seconds(5);
  const started = await notebooks.describe('book');
  expect(started.NotebookInstanceStatus).toBe('InService');
  expect(started).not.toHaveProperty('FailureReason');
});

describe('an operation in the wrong status', () => {
  test.each<['start' | 'stop' | 'update' | 'delete', string]>([
    ['start', 'Status (InService) not in ([Stopped, Failed]). Unable to transition to (Pending)'],
    ['update', 'Status (InService) not in ([Stopped, Failed]). Unable to transition to (Updating)'],
    ['delete', 'Status (InService) not in ([Stopped, Failed]). Unable to transition to (Deleting)'],
  ])('%s is refused while the instance is in service', async (operation, message) => {
    await notebooks.inService('book');
    await expect(notebooks[operation]('book')).rejects.toEqual(validation(`${message} for Notebook Instance (${ARN}).`));
  });

  test('stop is refused unless the instance is in service', async () => {
    await notebooks.create('book');
    await expect(notebooks.stop('book')).rejects.toEqual(validation('Status (Pending) not in ([InService]). Unable to transition to (Stopping)'));
  });

  test('a URL is given in service only', async () => {
    await notebooks.create('book');
    await expect(notebooks.url('book')).rejects.toEqual(validation('must be InService'));
    await cloud.seconds(120);
    expect((await notebooks.url('book')).AuthorizedUrl).toMatch(/^https:\/\/book\.notebook\.eu-central-1\.sagemaker\.aws\?authToken=/);
  });
});

describe('an update', () => {
  test('changes what it names, and leaves the instance stopped', async () => {
    await stopped({ VolumeSizeInGB: 10 });
    await notebooks.update('book', { InstanceType: 'ml.t3.large', VolumeSizeInGB: 20 });
    expect(await notebooks.status('book')).toBe('Updating');
    await cloud.seconds(5);
    expect(await notebooks.describe('book')).toMatchObject({ NotebookInstanceStatus: 'Stopped', InstanceType: 'ml.t3.large', VolumeSizeInGB: 20, RootAccess: 'Enabled' });
  });

  test('cannot make the volume smaller', async () => {
    await stopped({ VolumeSizeInGB: 10 });
    await expect(notebooks.update('book', { VolumeSizeInGB: 9 })).rejects.toEqual(validation('can only grow: it has 10 GB, 9 GB were requested'));
    expect(await notebooks.status('book')).toBe('Stopped');
  });

  testWithScripts('takes away what it disassociates', async () => {
    await notebooks.createConfig('config', { OnStart: script('true') });
    await stopped({ LifecycleConfigName: 'config', DefaultCodeRepository: 'https://host/repository', AdditionalCodeRepositories: ['other'] });
    await notebooks.update('book', { DisassociateLifecycleConfig: true, DisassociateDefaultCodeRepository: true, DisassociateAdditionalCodeRepositories: true });
    const described = await notebooks.describe('book');
    expect(['NotebookInstanceLifecycleConfigName', 'DefaultCodeRepository', 'AdditionalCodeRepositories'].filter((member) => member in described)).toEqual([]);
  });

  test('cannot associate and disassociate at once', async () => {
    await stopped();
    await expect(notebooks.update('book', { DefaultCodeRepository: 'other', DisassociateDefaultCodeRepository: true })).rejects.toEqual(validation('both'));
  });

  test('needs a lifecycle configuration that is there', async () => {
    await stopped();
    await expect(notebooks.update('book', { LifecycleConfigName: 'nothing' })).rejects.toEqual(validation('Unable to describe Notebook Instance Lifecycle Config'));
  });
});

test.each<[string, object, string]>([
  ['a subnet where it has no direct internet access', { DirectInternetAccess: 'Disabled' }, 'where SubnetId is specified'],
  ['a subnet for its security groups', { SecurityGroupIds: ['sg-1'] }, 'together with SubnetId'],
  ['a lifecycle configuration that is there', { LifecycleConfigName: 'nothing' }, 'Unable to describe Notebook Instance Lifecycle Config'],
  ['a volume of at least 5 GB', { VolumeSizeInGB: 4 }, 'greater than or equal to 5'],
])('an instance needs %s', async (_, changes, message) => {
  await expect(notebooks.create('book', changes)).rejects.toEqual(validation(message));
});

test('an instance needs a name of its own, whatever its case', async () => {
  await notebooks.create('book');
  await expect(notebooks.create('BOOK')).rejects.toEqual(validation(`Cannot create a duplicate Notebook Instance (${ARN})`));
});

test.each(['describe', 'start', 'stop', 'update', 'delete', 'url'] as const)('%s of an instance that is not there finds nothing', async (operation) => {
  await expect(notebooks[operation]('nothing')).rejects.toEqual(validation('RecordNotFound'));
});
