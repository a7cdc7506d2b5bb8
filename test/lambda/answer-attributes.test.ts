import { LONGEST_EVENT as event } from './longest-event';
import { attributesOf } from '../../lambda/attributes';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import { responseBody } from '../../lambda/respond';

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

test('an attribute for which there is no more room leaves its place to a shorter one', () => {
  const description = { First: 'a'.repeat(1000), Second: 'b'.repeat(2000), Third: 'c' };
  expect(Object.keys(attributesOf(description, ['First', 'Second', 'Third']))).toEqual(['First', 'Third']);
});

test('attributes are left out from 2600 bytes on, counted as JSON', () => {
  const value = 'x'.repeat(2600 - Buffer.byteLength('{"First":""}'));
  expect(attributesOf({ First: value }, ['First'])).toEqual({ First: value });
  expect(attributesOf({ First: `${value}x` }, ['First'])).toEqual({});
});

test('the most wanted attributes fit into a response whatever the job is described by', () => {
  const TrainingJobName = 'n'.repeat(63);
  const description = {
    TrainingJobName,
    ModelArtifacts: { S3ModelArtifacts: `s3://${'ü'.repeat(510)}` },
    FinalMetricDataList: Array.from({ length: 40 }, (_, index) => ({ MetricName: `${index}`.padEnd(255, 'ü'), Value: Math.PI })),
  };
  const attributes = attributesOf(description, HANDLED_KINDS.trainingJob.attributes);
  const body = responseBody(event, { status: 'SUCCESS', physicalId: TrainingJobName, attributes });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  expect(JSON.parse(body).Data).toMatchObject({ TrainingJobName, 'ModelArtifacts.S3ModelArtifacts': description.ModelArtifacts.S3ModelArtifacts });
});
