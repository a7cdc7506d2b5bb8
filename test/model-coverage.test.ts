import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import * as jobs from '../src';
import { REQUEST_FIXTURES } from './fixtures/kinds';
import { requestOf } from './fixtures/synth';

/** Paths of a request that no prop sets, and why. */
const EXCEPTIONS: ReadonlyArray<readonly [path: RegExp, reason: string]> = [
  [/^(TrainingJob|HyperParameterTuningJob|CompilationJob|ProcessingJob|TransformJob|OptimizationJob)Name$/, 'given by the function'],
  [/(Resource|Cluster)Config\.SelectedInstance(Type|Count)$/, 'read-only'],
];

type Visit = (path: string, schema: NormalizedSchema, value: any) => void;

/** Visits every path of a schema, or of a value that has the schema; lists and maps are one step, `[]` and `{}`. */
function walk(schema: NormalizedSchema, value: any, visit: Visit, path = '', above: readonly string[] = []): void {
  visit(path, schema, value);
  const skeleton = value === undefined;
  if (isIntrinsic(value)) return;
  if (schema.isListSchema()) {
    for (const item of skeleton ? [undefined] : value) walk(schema.getValueSchema(), item, visit, `${path}[]`, above);
  } else if (schema.isMapSchema()) {
    for (const item of skeleton ? [undefined] : Object.values(value)) walk(schema.getValueSchema(), item, visit, `${path}{}`, above);
  } else if (schema.isStructSchema() && !above.includes(schema.getName()!)) {
    for (const [member, memberSchema] of schema.structIterator()) {
      if (skeleton || value[member] !== undefined) {
        walk(memberSchema, value?.[member], visit, path === '' ? member : `${path}.${member}`, [...above, schema.getName()!]);
      }
    }
  }
}

function isIntrinsic(value: any): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 1 && /^(Ref|Fn::.*)$/.test(Object.keys(value)[0]);
}

function misfit(schema: NormalizedSchema, value: any): string | undefined {
  if (isIntrinsic(value)) return schema.isStringSchema() ? undefined : 'a token';
  const fits = (schema.isListSchema() && Array.isArray(value))
    || ((schema.isMapSchema() || schema.isStructSchema()) && typeof value === 'object' && !Array.isArray(value))
    || (schema.isStringSchema() && typeof value === 'string')
    || (schema.isNumericSchema() && Number.isFinite(value))
    || (schema.isBooleanSchema() && typeof value === 'boolean');
  return fits ? undefined : JSON.stringify(value);
}

const kinds = REQUEST_FIXTURES.map(({ examples, name, resourceType, schema }) => ({
  name,
  schema: NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]),
  requests: Object.entries(examples).map(([example, make]) => ({ example, request: requestOf(make, resourceType) })),
}));

function pathsOf(schema: NormalizedSchema, value?: any): string[] {
  const paths: string[] = [];
  walk(schema, value, (path) => paths.push(path));
  return paths;
}

/** The paths of a request that can be set and that no request sets. */
function missing(schema: NormalizedSchema, requests: any[]): string[] {
  const set = new Set(requests.flatMap((request) => pathsOf(schema, request)));
  return pathsOf(schema).filter((path) => !set.has(path) && !EXCEPTIONS.some(([exception]) => exception.test(path)));
}

test.each(kinds)('$name: every path of the request that can be set is set by some example of typed props', ({ requests, schema }) => {
  expect(missing(schema, requests.map(({ request }) => request))).toEqual([]);
});

test.each([
  ['TrainingJob', 'placed', ['ResourceConfig.TrainingPlanArn', 'ResourceConfig.InstancePlacementConfig.PlacementSpecifications[].UltraServerId']],
  ['HyperParameterTuningJob', 'searching', ['HyperParameterTuningJobConfig.RandomSeed', 'WarmStartConfig.WarmStartType', 'Tags[].Key']],
  ['CompilationJob', 'platform', ['ModelPackageVersionArn', 'OutputConfig.TargetPlatform.Accelerator']],
  ['ProcessingJob', 'queries', ['ProcessingInputs[].DatasetDefinition.AthenaDatasetDefinition.WorkGroup']],
  ['TransformJob', 'joined', ['DataProcessing.JoinSource', 'ModelClientConfig.InvocationsMaxRetries']],
  ['OptimizationJob', 'speculative', ['ModelSource.SageMakerModel.ModelName', 'OptimizationConfigs[].ModelSpeculativeDecodingConfig.TrainingDataSource.S3DataType']],
])('%s: a path that nothing sets is noticed', (kindName, left, expected) => {
  const { requests, schema } = kinds.find(({ name }) => name === kindName)!;

  const others = requests.filter(({ example }) => example !== left).map(({ request }) => request);

  expect(missing(schema, others)).toEqual(expect.arrayContaining(expected));
});

test.each(EXCEPTIONS)('%s is still a path of a request', (exception) => {
  expect(kinds.some(({ schema }) => pathsOf(schema).some((path) => exception.test(path)))).toBe(true);
});

const requests = kinds.flatMap(({ name, schema, requests: examples }) => examples.map(({ example, request }) => ({ name: `${name} ${example}`, schema, request })));

test.each(requests)('$name: the request has no member that the service does not know', ({ request, schema }) => {
  const unknown: string[] = [];
  walk(schema, request, (path, part, value) => {
    if (!part.isStructSchema() || isIntrinsic(value)) return;
    const known = [...part.structIterator()].map(([member]) => member);
    unknown.push(...Object.keys(value).filter((member) => !known.includes(member)).map((member) => `${path}.${member}`));
  });

  expect(unknown).toEqual([]);
});

test.each(requests)('$name: the values have the types that the service expects', ({ request, schema }) => {
  const misfits: string[] = [];
  walk(schema, request, (path, part, value) => {
    const found = misfit(part, value);
    if (found !== undefined) misfits.push(`${path}: ${found}`);
  });

  expect(misfits).toEqual([]);
});

test.each([
  ['TrainingInstanceType', Object.values(sagemaker.TrainingInstanceType), jobs.MlInstanceType],
  ['ProcessingInstanceType', Object.values(sagemaker.ProcessingInstanceType), jobs.MlInstanceType],
  ['TransformInstanceType', Object.values(sagemaker.TransformInstanceType), jobs.MlInstanceType],
  ['OptimizationJobDeploymentInstanceType', Object.values(sagemaker.OptimizationJobDeploymentInstanceType), jobs.MlInstanceType],
] as const)('%s has a constant for every value of the API', (_name, values, type) => {
  const constants = Object.values(type).map((constant: any) => constant.value);

  expect(values.filter((value) => !constants.includes(value))).toEqual([]);
});

test.each([
  ['TrainingInputMode', sagemaker.TrainingInputMode, jobs.TrainingInputMode],
  ['S3DataDistribution', sagemaker.S3DataDistribution, jobs.S3DataDistribution],
  ['CompressionType', sagemaker.CompressionType, jobs.CompressionType],
  ['RecordWrapperType', sagemaker.RecordWrapper, jobs.RecordWrapper],
  ['FileSystemAccessMode', sagemaker.FileSystemAccessMode, jobs.FileSystemAccessMode],
  ['OutputCompressionType', sagemaker.OutputCompressionType, jobs.OutputCompressionType],
  ['ServerlessJobType', sagemaker.ServerlessJobType, jobs.ServerlessJobType],
  ['CustomizationTechnique', sagemaker.CustomizationTechnique, jobs.CustomizationTechnique],
  ['Peft', sagemaker.Peft, jobs.Peft],
  ['EvaluationType', sagemaker.EvaluationType, jobs.EvaluationType],
  ['HyperParameterScalingType', sagemaker.HyperParameterScalingType, jobs.HyperParameterScalingType],
  ['HyperParameterTuningJobStrategyType', sagemaker.HyperParameterTuningJobStrategyType, jobs.HyperParameterTuningJobStrategyType],
  ['HyperParameterTuningJobWarmStartType', sagemaker.HyperParameterTuningJobWarmStartType, jobs.HyperParameterTuningJobWarmStartType],
  ['HyperParameterTuningAllocationStrategy', sagemaker.HyperParameterTuningAllocationStrategy, jobs.HyperParameterTuningAllocationStrategy],
  ['TrainingJobEarlyStoppingType', sagemaker.TrainingJobEarlyStoppingType, jobs.TrainingJobEarlyStoppingType],
  ['TrainingRepositoryAccessMode', sagemaker.TrainingRepositoryAccessMode, jobs.TrainingRepositoryAccessMode],
  ['ProcessingS3InputMode', sagemaker.ProcessingS3InputMode, jobs.ProcessingS3InputMode],
  ['InputMode', sagemaker.InputMode, jobs.ProcessingS3InputMode],
  ['ProcessingS3DataDistributionType', sagemaker.ProcessingS3DataDistributionType, jobs.S3DataDistribution],
  ['DataDistributionType', sagemaker.DataDistributionType, jobs.S3DataDistribution],
  ['ProcessingS3CompressionType', sagemaker.ProcessingS3CompressionType, jobs.CompressionType],
  ['ProcessingS3UploadMode', sagemaker.ProcessingS3UploadMode, jobs.ProcessingS3UploadMode],
  ['AthenaResultFormat', sagemaker.AthenaResultFormat, jobs.AthenaResultFormat],
  ['AthenaResultCompressionType', sagemaker.AthenaResultCompressionType, jobs.AthenaResultCompressionType],
  ['RedshiftResultFormat', sagemaker.RedshiftResultFormat, jobs.RedshiftResultFormat],
  ['RedshiftResultCompressionType', sagemaker.RedshiftResultCompressionType, jobs.RedshiftResultCompressionType],
  ['SplitType', sagemaker.SplitType, jobs.SplitType],
  ['BatchStrategy', sagemaker.BatchStrategy, jobs.BatchStrategy],
  ['AssemblyType', sagemaker.AssemblyType, jobs.AssemblyType],
  ['JoinSource', sagemaker.JoinSource, jobs.JoinSource],
  ['ModelSpeculativeDecodingTechnique', sagemaker.ModelSpeculativeDecodingTechnique, jobs.ModelSpeculativeDecodingTechnique],
  ['Framework', sagemaker.Framework, jobs.CompilationFramework],
  ['TargetDevice', sagemaker.TargetDevice, jobs.TargetDevice],
  ['TargetPlatformOs', sagemaker.TargetPlatformOs, jobs.TargetPlatformOs],
  ['TargetPlatformArch', sagemaker.TargetPlatformArch, jobs.TargetPlatformArch],
  ['TargetPlatformAccelerator', sagemaker.TargetPlatformAccelerator, jobs.TargetPlatformAccelerator],
] as const)('%s has the values of the API, and takes any other', (_name, values: object, type: any) => {
  expect(Object.values(type).map((constant: any) => constant.value).sort()).toEqual(Object.values(values).sort());
  expect(type.of('Tomorrow').value).toBe('Tomorrow');
});
