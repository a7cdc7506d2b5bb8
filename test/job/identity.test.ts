import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import { JOB_KINDS, type JobKind } from '../../src/contract';
import { type Conditions, identitiesOf, IDENTITY_VERSIONS } from '../../src/identity';
import decidingMembers from '../fixtures/deciding-members.json';
import goldenIdentities from '../fixtures/golden-identities.json';

const SCHEMAS: { readonly [kind in JobKind]: Parameters<typeof NormalizedSchema.of>[0] } = {
  trainingJob: sagemaker.CreateTrainingJobRequest$,
  hyperParameterTuningJob: sagemaker.CreateHyperParameterTuningJobRequest$,
  compilationJob: sagemaker.CreateCompilationJobRequest$,
  processingJob: sagemaker.CreateProcessingJobRequest$,
  transformJob: sagemaker.CreateTransformJobRequest$,
  optimizationJob: sagemaker.CreateOptimizationJobRequest$,
};
const DECIDING: { readonly [kind in JobKind]: readonly string[] } = decidingMembers;
const KINDS = Object.keys(SCHEMAS) as JobKind[];
/** Requests and their identities; later versions of the table may add identities, and change none. */
const GOLDEN_IDENTITIES: [JobKind, object, string | undefined, string][] = [
  ['trainingJob', { AlgorithmSpecification: { TrainingImage: 'image', TrainingInputMode: 'File' }, HyperParameters: { depth: '6' } }, undefined, '1:3x6x8wis8cdwf8g6ladbhqiu0'],
  ['trainingJob', { HyperParameters: { depth: '6' } }, '2026-11-28', '1:3fcben1ryaddu1ebepkext7kj'],
  ['hyperParameterTuningJob', { TrainingJobDefinition: { StaticHyperParameters: { depth: '6' }, StoppingCondition: { MaxRuntimeInSeconds: '600', MaxWaitTimeInSeconds: '700' } } }, undefined, '1:guvdiqt2jarmkhhlkt9so24w3'],
  ['compilationJob', { OutputConfig: { S3OutputLocation: 's3://results', TargetDevice: 'ml_c5' } }, undefined, '1:v02u0f4xstub6x6ahavrn4kk7'],
  ['processingJob', { AppSpecification: { ImageUri: 'image' }, Environment: { DEPTH: '6' } }, undefined, '1:qadeznvyx1p4fbr3xrmznkxqd'],
  ['transformJob', { ModelName: 'churn', Environment: { DEPTH: '6' } }, undefined, '1:hxqcbjm7q1ev19p25pjx1x0ft'],
  ['optimizationJob', { DeploymentInstanceType: 'ml.g5.xlarge', OutputConfig: { S3OutputLocation: 's3://results' } }, undefined, '1:v7jjf05m4e86jbvefdszb2qna'],
];

const CURRENT = IDENTITY_VERSIONS.at(-1)!;

/** The members of a schema that hold a value, as paths that pass through lists. */
function leavesOf(schema: NormalizedSchema, path: readonly string[] = []): string[] {
  if (schema.isStructSchema()) return [...schema.structIterator()].flatMap(([member, part]) => leavesOf(part, [...path, member]));
  if (schema.isListSchema()) return leavesOf(schema.getValueSchema(), path);
  return [path.join('.')];
}

/** The members that a table of conditions names, as paths. */
function pathsOf(conditions: Conditions, path: readonly string[] = []): string[] {
  return Object.entries(conditions).flatMap(([member, part]) => (part === true ? [[...path, member].join('.')] : pathsOf(part, [...path, member])));
}

const identityOf = (kind: JobKind, request: object, Rerun?: string) => identitiesOf(kind, { Request: request as Record<string, unknown>, Rerun })[0];

describe.each(KINDS)('the identity of a %s', (kind) => {
  const conditions = pathsOf(CURRENT[kind]);

  test('classifies every member of the request on purpose, once', () => {
    const name = `${kind[0].toUpperCase()}${kind.slice(1)}Name`;
    const members = leavesOf(NormalizedSchema.of(SCHEMAS[kind])).filter((path) => path !== name && !path.startsWith('Tags.'));
    expect([...DECIDING[kind], ...conditions].sort()).toEqual([...new Set(members)].sort());
  });

  test('does not change with tags or any condition', () => {
    const request = { InputConfig: { S3Uri: 's3://a' }, HyperParameters: { a: '1' } };
    const changed = conditions.filter((path) => {
      const condition = path.split('.').reduceRight<unknown>((inner, member) => ({ [member]: inner }), 'value');
      return identityOf(kind, { ...request, ...condition as object, Tags: [{ Key: 'a', Value: 'b' }] }) !== identityOf(kind, request);
    });
    expect(changed).toEqual([]);
  });

  test('changes with every member that decides the result', () => {
    const same = DECIDING[kind].filter((path) => {
      const member = (value: string) => path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), value) as object;
      return new Set([identityOf(kind, {}), identityOf(kind, member('a')), identityOf(kind, member('b'))]).size !== 3;
    });
    expect(same).toEqual([]);
  });
});

test('an identity does not depend on the order of members, nor on whether scalars are strings', () => {
  expect(identityOf('trainingJob', { HyperParameters: { b: 2, a: '1' } })).toBe(identityOf('trainingJob', { HyperParameters: { a: 1, b: '2' } }));
});

test('an identity depends on the order of a list', () => {
  const preferences = (...types: string[]) => ({ ResourceConfig: { InstancePreferences: types.map((InstanceType) => ({ InstanceType })) } });
  expect(identityOf('trainingJob', preferences('ml.m5.xlarge', 'ml.c5.xlarge'))).not.toBe(identityOf('trainingJob', preferences('ml.c5.xlarge', 'ml.m5.xlarge')));
});

test('an identity depends on the rerun value, and not on an empty structure', () => {
  expect(identityOf('trainingJob', {}, 'again')).not.toBe(identityOf('trainingJob', {}));
  expect(identityOf('trainingJob', { VpcConfig: {}, ResourceConfig: { VolumeSizeInGB: 30 } })).toBe(identityOf('trainingJob', {}));
});

test('an identity depends on the choice of a union, also if its structure is empty', () => {
  const techniques = (...members: string[]) => identityOf('optimizationJob', { OptimizationConfigs: members.map((member) => ({ [member]: {} })) });
  const identities = [techniques('ModelQuantizationConfig'), techniques('ModelCompilationConfig'), techniques('ModelQuantizationConfig', 'ModelCompilationConfig')];
  expect(new Set(identities).size).toBe(3);
});

test('a member that is not classified decides the result', () => {
  expect(identityOf('trainingJob', { MemberOfTomorrow: 'a' })).not.toBe(identityOf('trainingJob', {}));
});

test.each<[JobKind, object, string | undefined, string]>(GOLDEN_IDENTITIES)('the identity of a %s is the same in every release: %j, %s', (kind, request, rerun, expected) => {
  expect(identitiesOf(kind, { Request: request as Record<string, unknown>, Rerun: rerun })).toContain(expected);
});

/** The requests that golden.test.ts holds, with their identities by each version of the table. */
test.each(Object.entries(goldenIdentities as { readonly [request: string]: readonly string[] }))('the identity of the golden request %s is the same in every release', (request, identities) => {
  const [noun] = request.split('/');
  const golden = JSON.parse(readFileSync(join(__dirname, '..', 'golden', `${request}.json`), 'utf8')) as Record<string, unknown>;
  const kind = `${noun[0].toLowerCase()}${noun.slice(1)}` as JobKind;
  expect(identitiesOf(kind, { Request: golden })).toEqual(expect.arrayContaining([...identities]));
});

test('every golden request has its identity', () => {
  const files = Object.values(JOB_KINDS)
    .flatMap(({ noun }) => readdirSync(join(__dirname, '..', 'golden', noun)).map((file) => `${noun}/${file.replace('.json', '')}`));
  expect(files.filter((file) => !(file in goldenIdentities))).toEqual([]);
});
