import { Fixture } from './setup';
import { definition, objective, ranges, TuningJobs } from './tuning-setup';

let cloud: Fixture;
let tuning: TuningJobs;
beforeEach(async () => {
  cloud = await Fixture.start();
  tuning = new TuningJobs(cloud);
});
afterEach(async () => cloud.stop());

const limits = (MaxNumberOfTrainingJobs?: number, MaxParallelTrainingJobs = 1) => ({
  ResourceLimits: { MaxNumberOfTrainingJobs, MaxParallelTrainingJobs },
});
const range = (MinValue: string, MaxValue: string, ScalingType?: string) => ({ Name: 'rate', MinValue, MaxValue, ScalingType });
const real = (...args: Parameters<typeof range>) => ({ ParameterRanges: { ContinuousParameterRanges: [range(...args)] } });
const integer = (...args: Parameters<typeof range>) => ({ ...limits(1), ParameterRanges: { IntegerParameterRanges: [range(...args)] } });
const categories = (...Values: string[]) => ({ CategoricalParameterRanges: [{ Name: 'kind', Values }] });
const single = (changes: object) => ({ TrainingJobDefinition: { ...definition, ...changes } });
const algorithm = (changes: object) => single({ AlgorithmSpecification: { ...definition.AlgorithmSpecification, ...changes } });
const tuningResources = (changes: object) => single({ ResourceConfig: undefined, HyperParameterTuningResourceConfig: changes });
const named = (DefinitionName?: string, changes: object = {}) => ({
  ...definition, DefinitionName, TuningObjective: objective, HyperParameterRanges: ranges, ...changes,
});
const several = (...definitions: object[]) => ({ TrainingJobDefinition: undefined, TrainingJobDefinitions: definitions });
const noSearch = { HyperParameterTuningJobObjective: undefined, ParameterRanges: undefined };
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, '1']));
const instances = { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10 };
const BUILT_IN = '492215442770.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-xgboost:1.7-1';

test.each<[string, object, object, string]>([
  ['a definition', {}, { TrainingJobDefinition: undefined }, 'Exactly one of TrainingJobDefinition and TrainingJobDefinitions'],
  ['one way of definition', {}, { TrainingJobDefinitions: [named('a')] }, 'Exactly one of TrainingJobDefinition and TrainingJobDefinitions'],
  ['an objective', { HyperParameterTuningJobObjective: undefined }, {}, 'the objective must be specified'],
  ['an objective of Autotune, too', { HyperParameterTuningJobObjective: undefined }, { Autotune: { Mode: 'Enabled' } }, 'the objective must be specified'],
  ['the objective of a single definition once', {}, single({ TuningObjective: objective }), 'the objective must be specified'],
  ['the ranges of a single definition once', {}, single({ HyperParameterRanges: ranges }), 'the ranges must be specified either'],
  ['at most 48 environment variables', noSearch, several(named('a', { Environment: many(24) }), named('b', { Environment: many(25) })), '48 environment variables'],
  ['the objectives of several definitions in these', { ParameterRanges: undefined }, several(named('a'), named('b')), 'each definition must specify'],
  ['an objective in each of several definitions', noSearch, several(named('a', { TuningObjective: undefined })), 'each definition must specify'],
  ['names of several definitions', noSearch, several(named('a'), named()), 'different values of DefinitionName'],
  ['different names of definitions', noSearch, several(named('a'), named('a')), 'different values of DefinitionName'],
  ['no more parallel jobs than jobs', limits(1, 2), {}, 'less than or equal to MaxNumberOfTrainingJobs'],
  ['the configuration of Hyperband with Hyperband only', { StrategyConfig: { HyperbandStrategyConfig: { MaxResource: 9 } } }, {}, 'with the Hyperband strategy'],
  ['no early stopping with Hyperband', { Strategy: 'Hyperband', TrainingJobEarlyStoppingType: 'Auto' }, {}, 'must be Off'],
  ['resources of Hyperband in order', { Strategy: 'Hyperband', StrategyConfig: { HyperbandStrategyConfig: { MinResource: 9, MaxResource: 3 } } }, {}, 'from MinResource to 20000'],
  ['at most 20000 resources of Hyperband', { Strategy: 'Hyperband', StrategyConfig: { HyperbandStrategyConfig: { MaxResource: 20_001 } } }, {}, 'from MinResource to 20000'],
  ['the resource of Hyperband', { Strategy: 'Hyperband' }, single({ StaticHyperParameters: {} }), 'MaxResource cannot be inferred'],
  ['a grid of categories', { ...limits(), Strategy: 'Grid', ParameterRanges: ranges }, {}, 'Only categorical parameters'],
  ['the whole grid', { ...limits(3), Strategy: 'Grid', ParameterRanges: categories('a', 'b') }, {}, 'must equal the number of combinations, 2'],
  ['enough combinations', { ...limits(3), ParameterRanges: categories('a', 'b') }, {}, 'for the provided ranges [2.0] must be equal or greater than the value of MaxNumberOfJobs, [3]'],
  ['something to tune', { ParameterRanges: undefined }, {}, 'At least one hyperparameter range'],
  ['a hyperparameter that is tuned or static', {}, single({ StaticHyperParameters: { rate: '1' } }), 'must be specified once'],
  ['a hyperparameter in one range', { ParameterRanges: { ...ranges, IntegerParameterRanges: [range('1', '2')] } }, {}, 'must be specified once'],
  ['at most 100 hyperparameters, the objective included', {}, single({ StaticHyperParameters: many(99) }), '100 in total'],
  ['hints for Autotune only', { ParameterRanges: { AutoParameters: [{ Name: 'x', ValueHint: '1' }] } }, {}, 'with Autotune'],
  ['numbers as bounds', real('low', '1'), {}, "of the range's type"],
  ['integers as bounds', integer('1', '1.5'), {}, "of the range's type"],
  ['bounds in order', real('2', '1'), {}, "of the range's type"],
  ['a logarithm of positive numbers', real('0', '1', 'Logarithmic'), {}, 'greater than 0'],
  ['a reverse logarithm below 1', real('0', '1', 'ReverseLogarithmic'), {}, 'less than 1'],
  ['no reverse logarithm of integers', integer('1', '2', 'ReverseLogarithmic'), {}, 'for continuous ranges only'],
  ['a definition of the objective metric', {}, algorithm({ MetricDefinitions: undefined }), 'Provide a metric in the metric definitions'],
  ['no metric definitions of built-in algorithms', {}, algorithm({ TrainingImage: BUILT_IN }), "You can't override the metric definitions"],
  ['resources', {}, single({ ResourceConfig: undefined }), 'Exactly one of ResourceConfig'],
  ['one way of resources', {}, single({ HyperParameterTuningResourceConfig: instances }), 'Exactly one of ResourceConfig'],
  ['one way of instances', {}, tuningResources({ ...instances, InstanceConfigs: [instances] }), 'together with InstanceConfigs'],
  ['some instances', {}, tuningResources({ VolumeSizeInGB: 10 }), 'InstanceType must be specified unless InstanceConfigs is'],
  ['what a training job needs', {}, single({ EnableManagedSpotTraining: true }), 'MaxWaitTimeInSeconds must be specified'],
  ['a name of at most 32 characters', {}, { HyperParameterTuningJobName: 'x'.repeat(33) }, 'length less than or equal to 32'],
])('a request needs %s', async (_, config, changes, message) => {
  await expect(tuning.create('tune', config, changes)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
  await expect(tuning.describe('tune')).rejects.toMatchObject({ name: 'ResourceNotFound' });
});

test.each<[string, object, object]>([
  ['Hyperband that infers its resource', { Strategy: 'Hyperband' }, {}],
  ['a built-in algorithm', {}, algorithm({ TrainingImage: BUILT_IN, MetricDefinitions: undefined })],
  ['an algorithm by its name', {}, algorithm({ TrainingImage: undefined, AlgorithmName: 'mine', MetricDefinitions: undefined })],
  ['the objective and the ranges in its only definition', noSearch, single({ TuningObjective: objective, HyperParameterRanges: ranges })],
  ['an allocation strategy for a single choice', {}, tuningResources({ ...instances, AllocationStrategy: 'Prioritized' })],
  ['instances whose volume is not said', {}, tuningResources({ InstanceType: 'ml.m5.large', InstanceCount: 1 })],
  ['48 environment variables in all definitions', noSearch, several(named('a', { Environment: many(24) }), named('b', { Environment: many(24) }))],
  ['Autotune without ranges', { ParameterRanges: undefined }, { Autotune: { Mode: 'Enabled' } }],
])('a request with %s is accepted', async (_, config, changes) => {
  await tuning.create('tune', config, changes);
  await cloud.seconds(3600);
  expect(await tuning.describe('tune')).toMatchObject({ HyperParameterTuningJobStatus: 'Completed', BestTrainingJob: { ObjectiveStatus: 'Succeeded' } });
});

test('of several choices of instances the first one is taken', async () => {
  const choice = { ...instances, InstanceType: 'ml.m5.xlarge' };
  await tuning.create('tune', {}, tuningResources({ AllocationStrategy: 'Prioritized', InstanceConfigs: [choice, instances], VolumeKmsKeyId: 'key' }));
  await cloud.seconds(10);
  const [{ TrainingJobName }] = await tuning.children('tune');
  expect((await cloud.describe(TrainingJobName!)).ResourceConfig).toEqual({ ...choice, VolumeKmsKeyId: 'key' });
});
