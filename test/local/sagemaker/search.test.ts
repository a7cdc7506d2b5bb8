import { CreateHyperParameterTuningJobCommand, paginateSearch, type SearchCommandInput, SearchCommand, StopTrainingJobCommand } from '@aws-sdk/client-sagemaker';
import { Fixture } from './setup';
import { tuningRequest } from './tuning-setup';

let cloud: Fixture;
afterAll(async () => cloud.stop());
beforeAll(async () => {
  cloud = await Fixture.start({ behavior: ({ TrainingJobName: name }) => ({ metrics: { loss: { a: 0.1, b: 0.5, c: 0.9 }[name] ?? 0 } }) });
  const channel = (ChannelName: string, uri: string) => ({ ChannelName, DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: uri } } });
  const MetricDefinitions = [{ Name: 'loss', Regex: 'loss=(.*)' }];
  const AlgorithmSpecification = { TrainingImage: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/algorithm:1', TrainingInputMode: 'File', MetricDefinitions };
  for (const [name, rest] of Object.entries({
    a: { HyperParameters: { rate: '0.4', kind: 'big' }, Tags: [{ Key: 'team', Value: 'one' }], InputDataConfig: [channel('train', 's3://bucket/cats'), channel('test', 's3://bucket/dogs')] },
    b: { HyperParameters: { rate: '2.7', kind: 'small' }, Tags: [{ Key: 'team', Value: 'two' }], EnableManagedSpotTraining: true, StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 } },
    c: { ResourceConfig: { InstanceType: 'ml.p3.2xlarge', InstanceCount: 3, VolumeSizeInGB: 10 } },
  })) {
    await cloud.create(name, { AlgorithmSpecification, ...rest });
    await cloud.seconds(60);
  }
  await cloud.seconds(600);
});

async function search(input: Partial<SearchCommandInput>): Promise<Array<string | undefined>> {
  const { Results = [] } = await cloud.client.send(new SearchCommand({ Resource: 'TrainingJob', SortBy: 'TrainingJobName', SortOrder: 'Ascending', ...input }));
  return Results.map(({ TrainingJob }) => TrainingJob!.TrainingJobName);
}
const filter = (Name: string, Operator?: string, Value?: string) => ({ Name, Operator, Value }) as any;
const filtered = async (...Filters: any[]) => (await search({ SearchExpression: { Filters } })).join('');

test('a record has the description of the job and its tags', async () => {
  const { Results } = await cloud.client.send(new SearchCommand({ Resource: 'TrainingJob', SearchExpression: { Filters: [filter('TrainingJobName', 'Equals', 'a')] } }));
  expect(Results).toEqual([{
    TrainingJob: expect.objectContaining({
      TrainingJobName: 'a',
      TrainingJobStatus: 'Completed',
      HyperParameters: { rate: '0.4', kind: 'big' },
      CreationTime: new Date('2026-01-01T00:00:00Z'),
      Tags: [{ Key: 'team', Value: 'one' }],
    }),
  }]);
});

test.each<[string, string | undefined, string | undefined, string]>([
  ['TrainingJobName', undefined, 'b', 'b'],
  ['TrainingJobName', 'NotEquals', 'b', 'ac'],
  ['TrainingJobArn', 'Contains', 'training-job/c', 'c'],
  ['TrainingJobName', 'In', 'a, c', 'ac'],
  ['HyperParameters.kind', 'Equals', 'big', 'a'],
  ['HyperParameters.kind', 'NotEquals', 'big', 'bc'],
  ['HyperParameters.rate', 'LessThan', '0.5', 'a'],
  ['HyperParameters.rate', 'GreaterThan', '2', ''],
  ['HyperParameters.rate', 'GreaterThan', '2.0', 'b'],
  ['HyperParameters.rate', 'GreaterThanOrEqualTo', '2', 'b'],
  ['HyperParameters.rate', 'Exists', undefined, 'ab'],
  ['HyperParameters.rate', 'NotExists', undefined, 'c'],
  ['Metrics.loss', 'GreaterThan', '0.3', 'bc'],
  ['Metrics.other', 'Exists', undefined, ''],
  ['Tags.team', 'Equals', 'two', 'b'],
  ['ResourceConfig.InstanceCount', 'GreaterThanOrEqualTo', '3', 'c'],
  ['ResourceConfig.InstanceCount', 'Equals', '1', 'ab'],
  ['EnableManagedSpotTraining', 'Equals', 'true', 'b'],
  ['CreationTime', 'Equals', '2026-01-01T00:00:00', 'a'],
  ['CreationTime', 'GreaterThan', '2026-01-01T00:00:30', 'bc'],
  ['InputDataConfig.ChannelName', 'Equals', 'test', 'a'],
])('the filter %s %s %s finds "%s"', async (name, operator, value, found) => {
  expect(await filtered(filter(name, operator, value))).toBe(found);
});

test('an expression combines its conditions by And or Or, at any depth', async () => {
  const [rate, team] = [filter('HyperParameters.rate', 'Exists'), filter('Tags.team', 'Equals', 'two')];
  expect(await filtered(rate, team)).toBe('b');
  expect(await search({ SearchExpression: { Filters: [filter('TrainingJobName', 'Equals', 'c'), team], Operator: 'Or' } })).toEqual(['b', 'c']);
  const SubExpressions = [{ Filters: [filter('TrainingJobName', 'Equals', 'c')] }, { SubExpressions: [{ Filters: [rate] }], Filters: [filter('Tags.team', 'Equals', 'one')] }];
  expect(await search({ SearchExpression: { SubExpressions, Operator: 'Or' } })).toEqual(['a', 'c']);
});

test('a nested filter is satisfied by one item of a list that satisfies all of its filters', async () => {
  const nested = (channel: string, uri: string) => search({
    SearchExpression: {
      NestedFilters: [{
        NestedPropertyName: 'InputDataConfig',
        Filters: [filter('InputDataConfig.ChannelName', 'Equals', channel), filter('InputDataConfig.DataSource.S3DataSource.S3Uri', 'Contains', uri)],
      }],
    },
  });
  expect(await nested('train', 'cats')).toEqual(['a']);
  expect(await nested('test', 'cats')).toEqual([]);
  expect(await nested('train', 'bucket/train')).toEqual(['b', 'c']);
});

test('records are sorted by any property, and by the last change otherwise, newest first', async () => {
  expect(await search({ SortBy: 'Metrics.loss', SortOrder: 'Descending' })).toEqual(['c', 'b', 'a']);
  expect(await search({ SortBy: 'HyperParameters.kind' })).toEqual(['a', 'b', 'c']);
  expect(await search({ SortBy: undefined, SortOrder: undefined })).toEqual(['c', 'b', 'a']);
  await cloud.create('d');
  await cloud.client.send(new StopTrainingJobCommand({ TrainingJobName: 'd' }));
  expect((await search({ SortBy: undefined, SortOrder: undefined }))[0]).toBe('d');
  expect(await search({ SortBy: 'TrainingEndTime', SearchExpression: { Filters: [filter('TrainingJobName', 'In', 'a,d')] } })).toEqual(['a', 'd']);
});

test('the paginator of the SDK follows the pages', async () => {
  const found = [];
  for await (const { Results } of paginateSearch({ client: cloud.client, pageSize: 2 }, { Resource: 'TrainingJob', SearchExpression: { Filters: [filter('TrainingJobName', 'In', 'a,b,c')] } })) {
    found.push(Results!.length);
  }
  expect(found).toEqual([2, 1]);
});

test('tuning jobs are found, and nothing of other accounts', async () => {
  await cloud.client.send(new CreateHyperParameterTuningJobCommand(tuningRequest('tuning')));
  const tuning = (rest: Partial<SearchCommandInput> = {}) => cloud.client.send(new SearchCommand({
    Resource: 'HyperParameterTuningJob', SearchExpression: { Filters: [filter('HyperParameterTuningJobConfig.Strategy', 'Exists')] }, ...rest,
  }));
  expect((await tuning()).Results).toMatchObject([{ HyperParameterTuningJob: { HyperParameterTuningJobName: 'tuning', HyperParameterTuningJobStatus: 'InProgress' } }]);
  expect((await tuning({ CrossAccountFilterOption: 'CrossAccount' })).Results).toEqual([]);
});

test.each<[string, Partial<SearchCommandInput>, string]>([
  ['an unknown property', { SearchExpression: { Filters: [filter('Nothing', 'Equals', 'a')] } }, 'Unknown property Nothing.'],
  ['an unknown property to sort by', { SortBy: 'ResourceConfig.Nothing' }, 'Unknown property ResourceConfig.Nothing.'],
  ['an order of texts', { SearchExpression: { Filters: [filter('TrainingJobName', 'LessThan', 'a')] } }, 'LessThan is not supported for the property TrainingJobName'],
  ['a part of a number', { SearchExpression: { Filters: [filter('TrainingTimeInSeconds', 'Contains', '1')] } }, 'Contains is not supported'],
  ['a number that is none', { SearchExpression: { Filters: [filter('TrainingTimeInSeconds', 'Equals', 'many')] } }, 'must be a number; got \'many\''],
  ['a time of another form', { SearchExpression: { Filters: [filter('CreationTime', 'Equals', '2026')] } }, 'must have the form YYYY-mm-dd\'T\'HH:MM:SS'],
  ['a filter without a value', { SearchExpression: { Filters: [filter('TrainingJobName')] } }, 'needs a Value'],
  ['two Contains', { SearchExpression: { Filters: [filter('TrainingJobName', 'Contains', 'a'), filter('TrainingJobArn', 'Contains', 'b')] } }, '\'CONTAINS\' operator usage limit of 1 exceeded.'],
  ['an empty expression', { SearchExpression: {} }, 'at least one subexpression, filter, or nested filter'],
  ['more than 50 conditions', { SearchExpression: { SubExpressions: [1, 2, 3].map(() => ({ Filters: Array.from({ length: 17 }, () => filter('TrainingJobName', 'Exists')) })) } }, 'at most 50'],
  ['more than 20 filters', { SearchExpression: { Filters: Array.from({ length: 21 }, () => filter('TrainingJobName', 'Exists')) } }, 'length less than or equal to 20'],
  ['a nested property that is no list', { SearchExpression: { NestedFilters: [{ NestedPropertyName: 'ResourceConfig', Filters: [filter('ResourceConfig.InstanceType', 'Exists')] }] } }, 'is no list'],
  ['a nested filter of another list', { SearchExpression: { NestedFilters: [{ NestedPropertyName: 'InputDataConfig', Filters: [filter('TrainingJobName', 'Exists')] }] } }, 'is not in the list InputDataConfig'],
  ['more than 100 results', { MaxResults: 101 }, 'less than or equal to 100'],
])('%s is refused', async (_, input, message) => {
  await expect(search(input)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

test('resources that are not emulated are named', async () => {
  await expect(search({ Resource: 'Pipeline' })).rejects.toMatchObject({ name: 'UnknownOperationException', message: 'The local cloud does not emulate sagemaker:Search of Pipeline.' });
  await expect(search({ VisibilityConditions: [{ Key: 'a', Value: 'b' }] })).rejects.toMatchObject({ message: 'The local cloud does not emulate sagemaker:Search with VisibilityConditions.' });
});
