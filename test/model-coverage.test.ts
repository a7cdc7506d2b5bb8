import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import * as jobs from '../src';
import { requestOf } from './fixtures/synth';
import { EXAMPLES } from './fixtures/training-jobs';

/** Paths of the request that no prop sets, and why. */
const EXCEPTIONS: { readonly [path: string]: string } = {
  'TrainingJobName': 'given by the function',
  'ResourceConfig.SelectedInstanceType': 'read-only',
  'ResourceConfig.SelectedInstanceCount': 'read-only',
};

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

const REQUEST = NormalizedSchema.of(sagemaker.CreateTrainingJobRequest$);
const requests = Object.entries(EXAMPLES).map(([name, example]) => [name, requestOf(example)] as const);

/** The paths of the request that can be set and that no request sets. */
function missing(from: ReadonlyArray<readonly [string, any]>): string[] {
  const set = new Set<string>();
  for (const [, request] of from) walk(REQUEST, request, (path) => set.add(path));
  const paths: string[] = [];
  walk(REQUEST, undefined, (path) => paths.push(path));
  return paths.filter((path) => !set.has(path) && !(path in EXCEPTIONS));
}

test('every path of the request that can be set is set by some example of typed props', () => {
  expect(missing(requests)).toEqual([]);
});

test('a path that nothing sets is noticed', () => {
  expect(missing(requests.filter(([name]) => name !== 'placed'))).toEqual(expect.arrayContaining([
    'ResourceConfig.TrainingPlanArn',
    'ResourceConfig.InstancePlacementConfig.PlacementSpecifications[].UltraServerId',
  ]));
});

test('every exception is still a path of the request', () => {
  const paths = new Set<string>();
  walk(REQUEST, undefined, (path) => paths.add(path));

  expect(Object.keys(EXCEPTIONS).filter((path) => !paths.has(path))).toEqual([]);
});

test.each(requests)('%s: the request has no member that the service does not know', (_name, request) => {
  const unknown: string[] = [];
  walk(REQUEST, request, (path, schema, value) => {
    if (!schema.isStructSchema() || isIntrinsic(value)) return;
    const members = new Set([...schema.structIterator()].map(([member]) => member));
    unknown.push(...Object.keys(value).filter((member) => !members.has(member)).map((member) => `${path}.${member}`));
  });

  expect(unknown).toEqual([]);
});

test.each(requests)('%s: the values have the types that the service expects', (_name, request) => {
  const misfits: string[] = [];
  walk(REQUEST, request, (path, schema, value) => {
    const found = misfit(schema, value);
    if (found !== undefined) misfits.push(`${path}: ${found}`);
  });

  expect(misfits).toEqual([]);
});

test.each([
  ['TrainingInstanceType', Object.values(sagemaker.TrainingInstanceType), jobs.TrainingInstanceType],
  ['ProcessingInstanceType', Object.values(sagemaker.ProcessingInstanceType), jobs.ProcessingInstanceType],
] as const)('%s has a constant for every value of the API', (_name, values, type) => {
  const constants = Object.values(type).map((constant: any) => constant.instanceType);

  expect(values.filter((value) => !constants.includes(value))).toEqual([]);
});

test.each([
  ['TrainingInputMode', sagemaker.TrainingInputMode, jobs.TrainingInputMode],
  ['S3DataDistribution', sagemaker.S3DataDistribution, jobs.S3DataDistribution],
  ['CompressionType', sagemaker.CompressionType, jobs.CompressionType],
  ['RecordWrapperType', sagemaker.RecordWrapper, jobs.RecordWrapperType],
  ['FileSystemAccessMode', sagemaker.FileSystemAccessMode, jobs.FileSystemAccessMode],
  ['OutputCompressionType', sagemaker.OutputCompressionType, jobs.OutputCompressionType],
  ['ServerlessJobType', sagemaker.ServerlessJobType, jobs.ServerlessJobType],
  ['CustomizationTechnique', sagemaker.CustomizationTechnique, jobs.CustomizationTechnique],
  ['Peft', sagemaker.Peft, jobs.Peft],
  ['EvaluationType', sagemaker.EvaluationType, jobs.EvaluationType],
] as const)('%s has the values of the API, and takes any other', (_name, values: object, type: any) => {
  expect(Object.values(type).map((constant: any) => constant.value).sort()).toEqual(Object.values(values).sort());
  expect(type.of('Tomorrow').value).toBe('Tomorrow');
});
