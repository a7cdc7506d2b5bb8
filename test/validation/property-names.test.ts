import * as library from '../../src';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { OPEN_VALUES } from '../../src/validation/open-values';
import { propertyOf } from '../../src/validation/property-names';
import type { RequestKind } from '../../src/validation/shape-constraints';
import { typeOfMember } from '../../tools/constraints/declarations';
import { shapesOf, UPDATE } from '../../tools/constraints/model';

type Path = ReadonlyArray<string | number>;

const PROPS: { readonly [kind in RequestKind]: string } = {
  trainingJob: 'TrainingJobProps',
  hyperParameterTuningJob: 'HyperParameterTuningJobProps',
  compilationJob: 'CompilationJobProps',
  processingJob: 'ProcessingJobProps',
  transformJob: 'TransformJobProps',
  optimizationJob: 'OptimizationJobProps',
  notebookInstance: 'NotebookInstanceProps',
  notebookInstanceLifecycleConfig: 'NotebookInstanceLifecycleConfigProps',
};

/** What is no prop: tags are given by `Tags.of()`. */
const NO_PROPS = ['tags'];

const ALL_SHAPES = shapesOf([...Object.values(CREATE), ...Object.values(UPDATE)]);

/** Every path of a shape: the first element stands for all of a list, `key` for all of a map. */
function pathsOf(name: string, path: Path = []): Path[] {
  const { key, member, members = {}, value } = ALL_SHAPES[name];
  return [
    ...path.length > 0 ? [path] : [],
    ...Object.entries(members).flatMap(([each, shape]) => pathsOf(shape, [...path, each])),
    ...member ? pathsOf(member, [...path, 0]) : [],
    ...key ? pathsOf(value!, [...path, 'key']) : [],
  ];
}

/** Follows a property through the types of the package; undefined: there is no such property. */
function typeAt(type: string, property: string): string | undefined {
  // Ranges are called by their names, and there are none here.
  const steps = property.replace(/(arameterRanges)\./g, '$1[0].').match(/\w+|\[\d+\]/g)!;
  return steps.reduce<string | undefined>((at, step) => {
    if (at === undefined) return undefined;
    if (step.startsWith('[')) return at.endsWith('[]') ? at.slice(0, -2) : undefined;
    return at.startsWith('{') ? 'string' : typeOfMember(at, step);
  }, type);
}

const paths = (Object.keys(CREATE) as RequestKind[]).flatMap((kind) => [CREATE[kind], UPDATE[kind]]
  .flatMap((request) => (request ? pathsOf(request) : []))
  .map((path) => ({ kind, path, name: `${kind} ${path.join('.')}` })));

test('every member of every request is a property that there is, or of a class that stands for it', () => {
  const lost = paths.flatMap(({ kind, name, path }) => {
    const property = propertyOf(kind, path);
    if (property && (NO_PROPS.includes(property) || typeAt(PROPS[kind], property) !== undefined)) return [];
    return [`${name}: ${property}`];
  });

  expect(lost).toEqual([]);
  expect(paths.length).toBeGreaterThan(300);
});

test('a property that there is not is noticed', () => {
  expect(typeAt('TrainingJobProps', 'inputDataConfig[0].channelName')).toBe('string');
  expect(typeAt('TrainingJobProps', 'inputDataConfig.channelName')).toBeUndefined();
  expect(typeAt('TrainingJobProps', 'inputDataConfig[0].s3DataDistributionTypeType')).toBeUndefined();
});

test.each<[RequestKind, Path, string]>([
  ['trainingJob', ['InputDataConfig', 3, 'ChannelName'], 'inputDataConfig[3].channelName'],
  ['trainingJob', ['InputDataConfig', 0, 'DataSource', 'S3DataSource', 'AttributeNames', 1], 'inputDataConfig[0].attributeNames[1]'],
  ['trainingJob', ['InputDataConfig', 0, 'DataSource'], 'inputDataConfig[0]'],
  ['trainingJob', ['StoppingCondition', 'MaxRuntimeInSeconds'], 'maxRuntime'],
  ['trainingJob', ['HyperParameters', 'epochs'], 'hyperParameters.epochs'],
  ['trainingJob', ['VpcConfig'], 'vpc'],
  ['hyperParameterTuningJob', ['TrainingJobDefinitions', 1, 'StoppingCondition', 'MaxWaitTimeInSeconds'], 'trainingJobDefinitions[1].maxWaitTime'],
  ['hyperParameterTuningJob', ['TrainingJobDefinition', 'ResourceConfig', 'InstanceGroups', 0, 'InstanceCount'], 'trainingJobDefinition.instanceGroups[0].instanceCount'],
  ['compilationJob', ['InputConfig', 'FrameworkVersion'], 'model.frameworkVersion'],
  ['compilationJob', ['OutputConfig', 'TargetPlatform', 'Os'], 'target.os'],
  ['notebookInstance', ['InstanceMetadataServiceConfiguration', 'MinimumInstanceMetadataServiceVersion'], 'minimumInstanceMetadataServiceVersion'],
])('%s: %j is %s', (kind, path, property) => {
  expect(propertyOf(kind, path)).toBe(property);
});

test('ranges are called by their parameters, because users have those of all kinds in one list', () => {
  const ranges = { CategoricalParameterRanges: [{ Name: 'optimizer', Values: [] }, { Name: '${Token[TOKEN.1]}', Values: [] }] };
  const request = { HyperParameterTuningJobConfig: { ParameterRanges: ranges } };
  const path = ['HyperParameterTuningJobConfig', 'ParameterRanges', 'CategoricalParameterRanges'];

  expect(propertyOf('hyperParameterTuningJob', [...path, 0, 'Values'], request)).toBe('parameterRanges[optimizer].values');
  expect(propertyOf('hyperParameterTuningJob', [...path, 1, 'Values'], request)).toBe('parameterRanges.values');
  expect(propertyOf('hyperParameterTuningJob', [...path, 0, 'Values'])).toBe('parameterRanges.values');
});

test('a member that the API does not have is no property', () => {
  expect(propertyOf('trainingJob', ['Tomorrow'])).toBeUndefined();
  expect(propertyOf('trainingJob', ['constructor'])).toBeUndefined();
});

test.each(Object.entries(OPEN_VALUES))('%s is the class %s, which takes any value', (shape, className) => {
  const type = (library as unknown as { readonly [name: string]: any })[className];

  expect(SHAPES[shape].enum).toBeDefined();
  expect(type.of('tomorrow', 'metric')).toBeInstanceOf(type);
});

/** Enumerations whose values users do not give: constructs do. */
const OF_CONSTRUCTS = [
  'AutotuneMode', 'CompleteOnConvergence', 'DirectInternetAccess', 'FileSystemType', 'ModelSpeculativeDecodingS3DataType', 'ProcessingS3DataType', 'RootAccess', 'S3DataType',
];

test('every enumeration is a class, or its values are given by the constructs', () => {
  const enumerations = Object.keys(SHAPES).filter((name) => SHAPES[name].enum);

  expect(enumerations.filter((name) => !OPEN_VALUES[name])).toEqual(OF_CONSTRUCTS);
});
