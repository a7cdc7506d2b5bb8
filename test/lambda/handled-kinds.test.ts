import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import { kindOf, HANDLED_KINDS, phaseOf } from '../../lambda/handled-kinds';
import { write } from '../../lambda/paths';
import { logs } from '../../lambda/reason';
import { restore } from '../../lambda/restore-request';
import { JOB_KINDS, type JobKind, type KindOfJob } from '../../src/contract';

type Model = Parameters<typeof NormalizedSchema.of>[0];

/** What the service's model says of the kinds of job. */
const SERVICE = {
  trainingJob: { name: 'TrainingJob', described: sagemaker.DescribeTrainingJobResponse$, statuses: sagemaker.TrainingJobStatus },
  hyperParameterTuningJob: { name: 'HyperParameterTuningJob', described: sagemaker.DescribeHyperParameterTuningJobResponse$, statuses: sagemaker.HyperParameterTuningJobStatus },
  compilationJob: { name: 'CompilationJob', described: sagemaker.DescribeCompilationJobResponse$, statuses: sagemaker.CompilationJobStatus },
  processingJob: { name: 'ProcessingJob', described: sagemaker.DescribeProcessingJobResponse$, statuses: sagemaker.ProcessingJobStatus },
  transformJob: { name: 'TransformJob', described: sagemaker.DescribeTransformJobResponse$, statuses: sagemaker.TransformJobStatus },
  optimizationJob: { name: 'OptimizationJob', described: sagemaker.DescribeOptimizationJobResponse$, statuses: sagemaker.OptimizationJobStatus },
} satisfies { [kind in JobKind]: object };

/** The phases that statuses stand for, however a kind spells them. */
const PHASES: { readonly [status: string]: string } = {
  INPROGRESS: 'running',
  STARTING: 'running',
  STOPPING: 'stopping',
  DELETING: 'deleting',
  COMPLETED: 'completed',
  FAILED: 'failed',
  DELETEFAILED: 'failed',
  STOPPED: 'stopped',
};

/** What the handler itself adds to the best training jobs of a tuning job. */
const ADDED = /^(Overall)?BestTrainingJob\.ModelArtifacts\.S3ModelArtifacts$/;

/** What a description has at a path: the type of a single value, or what it is a list or a map of. */
function typeAt(described: Model, path: string): string | undefined {
  let schema = NormalizedSchema.of(described);
  for (const member of path.replace(/(\[.*\]|\{\})$/, '').split('.')) {
    const found: NormalizedSchema | undefined = schema.isStructSchema() ? new Map(schema.structIterator()).get(member) : undefined;
    if (!found) return undefined;
    schema = found;
  }
  if (schema.isListSchema()) return '[]';
  if (schema.isMapSchema()) return '{}';
  return schema.isStructSchema() ? 'structure' : '';
}

test('a status that no kind of job has is unknown', () => {
  expect(phaseOf('Hibernating')).toBe('unknown');
});

describe.each(Object.keys(SERVICE) as JobKind[])('the %s', (kind) => {
  const { name, described, statuses } = SERVICE[kind];
  const known = HANDLED_KINDS[kind];

  test('is known by the resource type of the template', () => {
    expect(kindOf(`Custom::SageMaker${name}`)).toBe(kind);
  });

  test('is created, described, stopped and deleted by the operations that are named after it', () => {
    const deleted = { delete: `Delete${name}` };
    const { keepsRecords }: KindOfJob = JOB_KINDS[kind];
    expect(`Delete${name}Command` in sagemaker).toBe(!keepsRecords);
    expect(known.operations).toEqual({
      ...known.operations, create: `Create${name}`, describe: `Describe${name}`, stop: `Stop${name}`, ...keepsRecords ? {} : deleted,
    });
  });

  test('has its name, its ARN and its status where the service describes them', () => {
    expect([known.nameMember, known.arnMember, known.statusMember]).toEqual([`${name}Name`, `${name}Arn`, `${name}Status`]);
  });

  test('is in the phase that each status of the service says', () => {
    for (const status of Object.values(statuses)) expect([status, phaseOf(status)]).toEqual([status, PHASES[status.toUpperCase()]]);
  });

  test('returns attributes that the service describes, its name and its ARN first', () => {
    expect(known.attributes.slice(0, 2)).toEqual([known.nameMember, known.arnMember]);
    for (const path of known.attributes.filter((attribute) => !ADDED.test(attribute))) {
      expect([path, typeAt(described, path)]).toEqual([path, /[[{]/.exec(path) ? path.replace(/^[^[{]+/, '').replace(/\[.*\]/, '[]') : '']);
    }
  });
});

/** The paths of the single values of a shape, through its lists. */
function leavesOf(shape: unknown, path: readonly string[] = []): string[] {
  if (typeof shape === 'string') return [path.join('.')];
  if (Array.isArray(shape)) return leavesOf(shape[0], path);
  return Object.entries(shape as object).flatMap(([member, part]) => leavesOf(part, [...path, member]));
}

/** Roles, networks and keys with which a running job reads and computes: it keeps the ones that it was started with. */
const KEPT = /(^|\.)(RoleArn|ClusterRoleArn|Subnets|SecurityGroupIds|VolumeKmsKeyId|\w+DatasetDefinition\.KmsKeyId)$/;

describe.each(Object.keys(HANDLED_KINDS) as JobKind[])('the %s while it runs', (kind) => {
  const { fixedWhileRunning, inPlace = [], optional = {}, requestShapes } = HANDLED_KINDS[kind];
  const shapeOf = (shape?: string) => (shape === undefined ? {} : JSON.parse(shape));

  test('keeps its roles, its network and its keys, and nothing else', () => {
    const kept = leavesOf(shapeOf(requestShapes.create)).filter((path) => KEPT.test(path));
    expect(fixedWhileRunning.map((path) => path.join('.')).sort()).toEqual(kept.sort());
  });

  test('changes in place what its update operation accepts', () => {
    const updatable = Object.keys(shapeOf(requestShapes.update)).filter((member) => member !== HANDLED_KINDS[kind].nameMember);
    expect(inPlace.map(({ path }) => path[0]).sort()).toEqual(updatable.sort());
    for (const { path, off } of inPlace) expect(restore(requestShapes.update!, write({}, path, off))).toEqual(write({}, path, off));
  });

  test('has an advice for members that the service describes', () => {
    for (const [member, advice] of Object.entries(optional)) {
      expect([member, typeAt(SERVICE[kind].described, member)]).toEqual([member, expect.any(String)]);
      expect(advice).toMatch(/^(available only for jobs |specify a )/);
    }
  });
});

test('a kind is called by its name in messages', () => {
  expect(Object.values(HANDLED_KINDS).map(({ label }) => label)).toEqual(['Training job', 'Hyperparameter tuning job', 'Compilation job', 'Processing job', 'Transform job', 'Optimization job']);
});

test('what is no resource of a job has no kind', () => {
  expect(kindOf('Custom::SageMakerJobContinuation')).toBeUndefined();
});

test.each([
  ['trainingJob', 'TrainingJobs'],
  ['hyperParameterTuningJob', 'TrainingJobs'],
  ['compilationJob', 'CompilationJobs'],
  ['processingJob', 'ProcessingJobs'],
  ['transformJob', 'TransformJobs'],
  ['optimizationJob', 'OptimizationJobs'],
] as const)('the logs of a %s are in the log group of %s', (kind, group) => {
  expect(logs(HANDLED_KINDS[kind], 'job', 'eu-west-1')).toContain(`/log-group/$252Faws$252Fsagemaker$252F${group}$3F`);
});

test.each([
  ['processingJob', { ProcessingOutputConfig: { Outputs: [{ OutputName: 'a', S3Output: { S3Uri: 's3://b/a/' } }] } }, { 'ProcessingOutputConfig.Outputs.a': 's3://b/a/' }],
  ['transformJob', { TransformOutput: { S3OutputPath: 's3://b/t/' } }, { 'TransformOutput.S3OutputPath': 's3://b/t/' }],
  ['optimizationJob', { OutputConfig: { S3OutputLocation: 's3://b/o/' } }, { 'OutputConfig.S3OutputLocation': 's3://b/o/' }],
] as const)('the request of a %s says where its outputs are', (kind, request, locations) => {
  expect(HANDLED_KINDS[kind].outputLocations!(request)).toEqual(locations);
});

test.each([
  ['processingJob', { ProcessingJobStatus: 'Stopped', ProcessingStartTime: 1_000, ProcessingEndTime: 61_000 }],
  ['optimizationJob', { OptimizationJobStatus: 'STOPPED', OptimizationStartTime: 1_000, OptimizationEndTime: 61_000 }],
] as const)('a %s that was stopped at its limit says so', (kind, times) => {
  const reason = (MaxRuntimeInSeconds?: number) => HANDLED_KINDS[kind].furtherReason!({ ...times, StoppingCondition: { MaxRuntimeInSeconds } });
  expect([reason(60), reason(61), reason()]).toEqual(['The job reached its maximum runtime of 60 seconds (maxRuntime)', undefined, undefined]);
});

test('only a tuning job may complete without a result', () => {
  expect(HANDLED_KINDS.hyperParameterTuningJob.isWithoutResult!({ BestTrainingJob: {} })).toBe(true);
  expect(HANDLED_KINDS.hyperParameterTuningJob.isWithoutResult!({ BestTrainingJob: { TrainingJobName: 'best' } })).toBe(false);
  expect([HANDLED_KINDS.trainingJob.isWithoutResult, HANDLED_KINDS.compilationJob.isWithoutResult]).toEqual([undefined, undefined]);
});
