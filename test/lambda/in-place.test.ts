import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import { inPlaceChanges } from '../../lambda/in-place';

const changes = (from: object, to: object, description: object = from) =>
  inPlaceChanges(HANDLED_KINDS.trainingJob, { Request: from } as any, to, description);
const warmPool = (seconds?: string | number) => {
  return { ResourceConfig: { InstanceCount: '1', ...seconds === undefined ? {} : { KeepAlivePeriodInSeconds: seconds } } };
};

test('what has not changed is not asked for', () => {
  const before = { ProfilerConfig: { DisableProfiler: 'true' }, ...warmPool('60') };
  expect(changes(before, { ...before }, {})).toBeUndefined();
});

test('what cannot change in place is not asked for', () => {
  expect(changes({ RoleArn: 'a', ...warmPool('60') }, { RoleArn: 'b', ...warmPool('60') }, {})).toBeUndefined();
});

test('what has changed is asked for with the types of the service, and nothing beside it', () => {
  expect(changes(warmPool('60'), warmPool('120'))).toEqual({ ResourceConfig: { KeepAlivePeriodInSeconds: 120 } });
});

test('several changes make one request', () => {
  expect(changes({}, {
    ...warmPool('60'), ProfilerConfig: { ProfilingIntervalInMilliseconds: '500' }, RemoteDebugConfig: { EnableRemoteDebug: 'true' },
  })).toEqual({
    ResourceConfig: { KeepAlivePeriodInSeconds: 60 },
    ProfilerConfig: { ProfilingIntervalInMilliseconds: 500 },
    RemoteDebugConfig: { EnableRemoteDebug: true },
  });
});

test('what is wanted no longer is switched off', () => {
  const from = {
    ...warmPool('60'),
    ProfilerConfig: { S3OutputPath: 's3://b' },
    ProfilerRuleConfigurations: [{ RuleConfigurationName: 'r', RuleEvaluatorImage: 'i' }],
    RemoteDebugConfig: { EnableRemoteDebug: true },
  };
  expect(changes(from, warmPool(), { ...from, ...warmPool(60) })).toEqual({
    ResourceConfig: { KeepAlivePeriodInSeconds: 0 },
    ProfilerConfig: { DisableProfiler: true },
    ProfilerRuleConfigurations: [],
    RemoteDebugConfig: { EnableRemoteDebug: false },
  });
});

test('what the service does not tell of a job counts as switched off', () => {
  expect(changes(warmPool('60'), warmPool(), {})).toBeUndefined();
  expect(changes({ RemoteDebugConfig: { EnableRemoteDebug: 'true' } }, {}, {})).toBeUndefined();
});

describe('what the job is described with already is not asked for again', () => {
  test.each([
    ['a number', warmPool('60'), warmPool('120'), warmPool(120)],
    ['a structure that tells more', {}, { ProfilerConfig: { S3OutputPath: 's3://b' } }, { ProfilerConfig: { S3OutputPath: 's3://b', ProfilingIntervalInMilliseconds: 500 } }],
    ['a list', {}, { ProfilerRuleConfigurations: [{ RuleConfigurationName: 'r' }] }, { ProfilerRuleConfigurations: [{ RuleConfigurationName: 'r', VolumeSizeInGB: 0 }] }],
  ])('%s', (_what, from, to, description) => {
    expect(changes(from, to, description)).toBeUndefined();
  });
});

describe('what the job is described with in another way is asked for', () => {
  const rules = (...names: string[]) => ({ ProfilerRuleConfigurations: names.map((RuleConfigurationName) => ({ RuleConfigurationName })) });

  test.each([
    ['a value', { ProfilerConfig: { S3OutputPath: 's3://a' } }, { ProfilerConfig: { S3OutputPath: 's3://b' } }, { ProfilerConfig: { S3OutputPath: 's3://a' } }],
    ['a member that is missing', {}, { ProfilerConfig: { S3OutputPath: 's3://b' } }, { ProfilerConfig: { DisableProfiler: true } }],
    ['a structure in the place of nothing', {}, { ProfilerConfig: { S3OutputPath: 's3://b' } }, { ProfilerConfig: null }],
    ['a map in the place of nothing', {}, { ProfilerConfig: { ProfilingParameters: { a: '1' } } }, { ProfilerConfig: {} }],
    ['one of several members', {}, { ProfilerConfig: { S3OutputPath: 's3://b', DisableProfiler: false } }, { ProfilerConfig: { S3OutputPath: 's3://b', DisableProfiler: true } }],
    ['a list that was longer', rules('a', 'b'), rules('a'), rules('a', 'b')],
    ['a list of others', rules('a'), rules('b'), rules('a')],
  ])('%s', (_what, from, to, description) => {
    expect(changes(from, to, description)).toEqual(to);
  });
});

test('a value that the service would not understand is told with its property', () => {
  expect(() => changes(warmPool('60'), warmPool('long'))).toThrow(
    "ResourceConfig.KeepAlivePeriodInSeconds: must be a number; got 'long'. Property: keepAlivePeriod. "
    + 'Request reference: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateTrainingJob.html');
});

test('a kind whose jobs cannot change in place has nothing to change', () => {
  expect(inPlaceChanges(HANDLED_KINDS.compilationJob, { Request: { RoleArn: 'a' } } as any, { RoleArn: 'b' }, {})).toBeUndefined();
});
