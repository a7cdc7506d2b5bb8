import { ListTrainingJobsCommand, type ListTrainingJobsCommandInput, paginateListTrainingJobs } from '@aws-sdk/client-sagemaker';
import { Fixture } from './setup';

let cloud: Fixture;
afterAll(async () => cloud.stop());
beforeAll(async () => {
  cloud = await Fixture.start({ behavior: ({ TrainingJobName: name }) => name.startsWith('bad') ? { failure: 'AlgorithmError' } : {} });
  for (let index = 0; index < 12; index++) {
    await cloud.create(`${index % 4 === 0 ? 'bad' : 'good'}-${String.fromCharCode(108 - index)}`);
    await cloud.seconds(30);
  }
});

async function names(input: ListTrainingJobsCommandInput) {
  const { TrainingJobSummaries } = await cloud.client.send(new ListTrainingJobsCommand(input));
  return TrainingJobSummaries!.map(({ TrainingJobName }) => TrainingJobName);
}

test('a page holds ten jobs, the oldest first, and says where to go on', async () => {
  const pages = [];
  for await (const page of paginateListTrainingJobs({ client: cloud.client }, {})) pages.push(page.TrainingJobSummaries!.length);
  expect(pages).toEqual([10, 2]);
  expect((await names({}))[0]).toBe('bad-l');
});

test('jobs are sorted by name, in both orders', async () => {
  expect(await names({ SortBy: 'Name', MaxResults: 2 })).toEqual(['bad-d', 'bad-h']);
  expect(await names({ SortBy: 'Name', SortOrder: 'Descending', MaxResults: 2 })).toEqual(['good-k', 'good-j']);
});

test('jobs are found by a part of the name and by status', async () => {
  expect(await names({ NameContains: 'bad', StatusEquals: 'Failed' })).toEqual(['bad-l', 'bad-h']);
  expect(await names({ StatusEquals: 'InProgress', NameContains: 'bad' })).toEqual(['bad-d']);
});

test('jobs are found by their training plan', async () => {
  const [plan, other] = ['a', 'b'].map((name) => `arn:aws:sagemaker:eu-central-1:111122223333:training-plan/${name}`);
  const own = await Fixture.start();
  await own.create('planned', { ResourceConfig: { InstanceType: 'ml.p5.48xlarge', InstanceCount: 1, VolumeSizeInGB: 10, TrainingPlanArn: plan } });
  await own.create('on-demand');
  const found = async (TrainingPlanArnEquals: string) =>
    (await own.client.send(new ListTrainingJobsCommand({ TrainingPlanArnEquals }))).TrainingJobSummaries!;
  expect((await found(plan)).map(({ TrainingJobName, TrainingPlanArn }) => [TrainingJobName, TrainingPlanArn])).toEqual([['planned', plan]]);
  expect(await found(other)).toEqual([]);
  await own.stop();
});

test('a summary tells the status', async () => {
  const { TrainingJobSummaries } = await cloud.client.send(new ListTrainingJobsCommand({ NameContains: 'bad-l' }));
  expect(TrainingJobSummaries).toEqual([expect.objectContaining({
    TrainingJobStatus: 'Failed', SecondaryStatus: 'Failed', CreationTime: new Date('2026-01-01T00:00:00Z'), TrainingEndTime: expect.any(Date),
  })]);
});

test.each([
  ['more than 100 results', { MaxResults: 101 }],
  ['an unknown order', { SortBy: 'Cost' as never }],
  ['a forged token', { NextToken: 'abc' }],
])('%s is refused', async (_, input) => {
  await expect(names(input)).rejects.toMatchObject({ name: 'ValidationException' });
});
