import { LONGEST_EVENT as event } from './longest-event';
import { attributesOf, fitting, unreadable } from '../../lambda/attributes';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import { responseBody, spaceForAttributes } from '../../lambda/respond';

test('attributes are the described scalars by their paths, times as ISO strings, metrics by name', () => {
  const description = {
    TrainingJobName: 'job',
    ModelArtifacts: { S3ModelArtifacts: 's3://b/k' },
    CreationTime: new Date(0),
    BillableTimeInSeconds: 0,
    FinalMetricDataList: [{ MetricName: 'validation:auc', Value: 0.5, Timestamp: new Date(0) }],
    Environment: { SECRET: 'x' },
  };
  expect(attributesOf(description, HANDLED_KINDS.trainingJob.attributes)).toEqual({
    'TrainingJobName': 'job',
    'ModelArtifacts.S3ModelArtifacts': 's3://b/k',
    'CreationTime': '1970-01-01T00:00:00.000Z',
    'BillableTimeInSeconds': 0,
    'FinalMetricDataList.validation:auc': 0.5,
  });
});

test('attributes of maps and lists have a name for each entry', () => {
  const description = {
    BestTrainingJob: { TunedHyperParameters: { depth: '5', eta: '0.1' } },
    Reports: { Metrics: [{ MetricName: 'auc', Value: 0.5 }, { MetricName: 'loss', Value: 2 }] },
    Outputs: [{ Name: 'train', Place: { Uri: 's3://b/train' } }, { Name: 'features' }],
  };
  expect(attributesOf(description, ['BestTrainingJob.TunedHyperParameters{}', 'Reports.Metrics[MetricName=Value]', 'Outputs[Name=Place.Uri]'])).toEqual({
    'BestTrainingJob.TunedHyperParameters.depth': '5',
    'BestTrainingJob.TunedHyperParameters.eta': '0.1',
    'Reports.Metrics.auc': 0.5,
    'Reports.Metrics.loss': 2,
    'Outputs.train': 's3://b/train',
  });
});

test('attributes are only what the service tells, and of that only single values', () => {
  const description = { Flag: false, Structure: { Member: {} }, List: ['a'], Nothing: null };
  expect(attributesOf(description, ['Flag', 'Structure', 'Structure.Member', 'List', 'Nothing', 'Missing', 'Missing.Member', 'Missing[Name=Value]', 'Missing{}'])).toEqual({ Flag: false });
});

test('attributes that the template reads come first, and an attribute without space leaves it to a shorter one', () => {
  const attributes = { First: 'a'.repeat(1000), Second: 'b'.repeat(2000), Third: 'c' };
  expect(Object.keys(fitting(attributes, [], 1100))).toEqual(['First', 'Third']);
  expect(Object.keys(fitting(attributes, ['Second', 'Unknown'], 2100))).toEqual(['Second', 'Third']);
});

test('the attributes that the template reads may fill a response to its last byte', () => {
  const physicalId = 'n'.repeat(63);
  const space = spaceForAttributes(event, physicalId);
  const of = (length: number) => ({ Ümlaut: 'ü'.repeat(10), Second: 'x'.repeat(length) });
  const rest = space - Buffer.byteLength(JSON.stringify(of(0)));

  const attributes = of(rest);
  expect(unreadable('job', attributes, Object.keys(attributes), space)).toBeUndefined();
  expect(fitting(attributes, Object.keys(attributes), space)).toEqual(attributes);
  const body = responseBody(event, { status: 'SUCCESS', physicalId, attributes });
  expect(Buffer.byteLength(body)).toBe(4096);
  expect(JSON.parse(body).Data).toEqual(attributes);

  expect(Object.keys(fitting(of(rest + 1), Object.keys(attributes), space))).toEqual(['Ümlaut']);
  expect(unreadable('training job \'job\'', of(rest + 1), Object.keys(attributes), space)).toBe(
    `The values of training job 'job' that the template reads have ${space + 1} bytes with their names; a response to CloudFormation has space for ${space}. `
    + `Read fewer of them: Second (${rest + 1 + '"Second":"",'.length} bytes), Ümlaut (${Buffer.byteLength(`"Ümlaut":"${'ü'.repeat(10)}",`)} bytes).`);
});

test.each([
  ['a metric', 'FinalMetricDataList.auc', 'FinalMetricDataList.loss, FinalMetricDataList.f1'],
  ['another value', 'SecondaryStatus', 'TrainingJobName, FinalMetricDataList.loss, FinalMetricDataList.f1'],
])('%s that a job lacks is reported with the values that it has', (_what, attribute, available) => {
  const attributes = { 'TrainingJobName': 'job', 'FinalMetricDataList.loss': 1, 'FinalMetricDataList.f1': 2 };
  expect(unreadable('training job \'job\'', attributes, ['TrainingJobName', attribute], 1000))
    .toBe(`The template reads ${attribute}, but training job 'job' has no such value. Available: ${available}.`);
});
