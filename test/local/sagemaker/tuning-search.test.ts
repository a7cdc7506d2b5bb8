import { Fixture } from './setup';
import { definition, TuningJobs } from './tuning-setup';

let cloud: Fixture;
let tuning: TuningJobs;
beforeEach(async () => {
  cloud = await Fixture.start();
  tuning = new TuningJobs(cloud);
});
afterEach(async () => cloud.stop());

/** The combinations that a tuning job tries. */
async function tried(name: string, config: object, changes: object = {}): Promise<Record<string, string>[]> {
  await tuning.create(name, { ResourceLimits: { MaxNumberOfTrainingJobs: 40, MaxParallelTrainingJobs: 40 }, ...config }, changes);
  await cloud.seconds(600);
  expect((await tuning.describe(name)).HyperParameterTuningJobStatus).toBe('Completed');
  return (await tuning.children(name)).map(({ TunedHyperParameters }) => TunedHyperParameters!);
}

const range = (MinValue: string, MaxValue: string, ScalingType?: string) => [{ Name: 'x', MinValue, MaxValue, ScalingType }];
const numbers = async (ParameterRanges: object) => (await tried('tune', { ParameterRanges })).map(({ x }) => Number(x));
const categories = [{ Name: 'kind', Values: ['a', 'b', 'c', 'a'] }, { Name: 'size', Values: ['1', '2'] }];
const distinct = (items: unknown[]) => new Set(items.map((item) => JSON.stringify(item))).size;

test('integers come from the whole range, each once as long as there are others', async () => {
  const values = await numbers({ IntegerParameterRanges: range('-20', '19') });
  expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index - 20));
});

test('numbers come from the whole range', async () => {
  const values = await numbers({ ContinuousParameterRanges: range('0', '10', 'Linear') });
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(10);
  expect(values.filter((value) => value < 5).length).toBeGreaterThan(10);
  expect(values.filter((value) => value < 5).length).toBeLessThan(30);
});

test('a logarithmic scale takes small numbers as often as large ones', async () => {
  const values = await numbers({ ContinuousParameterRanges: range('0.0001', '1', 'Logarithmic') });
  expect(values.filter((value) => value < 0.01).length).toBeGreaterThan(10);
  expect(values.every((value) => value >= 0.0001 && value <= 1)).toBe(true);
});

test('a logarithmic scale has its integers, too', async () => {
  const values = await numbers({ IntegerParameterRanges: range('1', '10000', 'Logarithmic') });
  expect(values.filter((value) => value <= 100).length).toBeGreaterThan(10);
  expect(values.every((value) => Number.isInteger(value) && value >= 1 && value <= 10_000)).toBe(true);
});

test('a reverse logarithmic scale is fine near 1', async () => {
  const values = await numbers({ ContinuousParameterRanges: range('0', '0.9999', 'ReverseLogarithmic') });
  expect(values.filter((value) => value > 0.99).length).toBeGreaterThan(10);
});

test('a grid has each combination of the categories once', async () => {
  const all = await tried('tune', { Strategy: 'Grid', ResourceLimits: { MaxParallelTrainingJobs: 4 }, ParameterRanges: { CategoricalParameterRanges: categories } });
  expect([all.length, distinct(all)]).toEqual([6, 6]);
});

test('the grids of several definitions follow each other', async () => {
  const one = (DefinitionName: string, index: number) => ({
    ...definition, DefinitionName, TuningObjective: { Type: 'Minimize', MetricName: 'loss' }, HyperParameterRanges: { CategoricalParameterRanges: [categories[index]] },
  });
  const all = await tried(
    'tune',
    { Strategy: 'Grid', ResourceLimits: { MaxParallelTrainingJobs: 5 }, ParameterRanges: undefined, HyperParameterTuningJobObjective: undefined },
    { TrainingJobDefinition: undefined, TrainingJobDefinitions: [one('kinds', 0), one('sizes', 1)] },
  );
  expect(all).toEqual([{ kind: 'a' }, { kind: 'b' }, { kind: 'c' }, { size: '1' }, { size: '2' }]);
});

test('a random seed makes tuning jobs try the same', async () => {
  const config = { RandomSeed: 7, ParameterRanges: { ContinuousParameterRanges: range('0', '1') } };
  const one = await tried('one', config);
  expect(await tried('two', config)).toEqual(one);
  expect(await tried('three', { ...config, RandomSeed: 8 })).not.toEqual(one);
  expect(await tried('four', { ...config, RandomSeed: undefined })).not.toEqual(one);
});

test('Autotune searches around the hints', async () => {
  const all = await tried('tune', { ParameterRanges: { AutoParameters: [{ Name: 'depth', ValueHint: '8' }, { Name: 'rate', ValueHint: '0.1' }, { Name: 'kind', ValueHint: 'tree' }] } }, {
    Autotune: { Mode: 'Enabled' },
  });
  expect(all.every(({ depth, rate, kind }) => Number.isInteger(Number(depth)) && Number(depth) <= 16 && Number(rate) >= 0.05 && kind === 'tree')).toBe(true);
  expect(distinct(all)).toBe(40);
});
