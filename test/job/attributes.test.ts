import { App, Duration, Stack } from 'aws-cdk-lib';
import { HANDLED_KINDS as HANDLED } from '../../lambda/handled-kinds';
import { CompilationJob, HyperParameterTuningJob, OptimizationJob, ProcessingJob, TrainingJob, TransformJob } from '../../src';
import type { JobAttribute } from '../../src/contract';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';

const wait = { waitTimeout: Duration.minutes(10) };
const KEY = 'key';

/** A job of each kind, and what of it has values by names. */
const ATTRIBUTES = {
  trainingJob: (stack: Stack) => {
    const job = new TrainingJob(stack, 'Job', { ...LEAST, ...wait });
    return { read: [job], byName: [job.finalMetric(KEY)] };
  },
  hyperParameterTuningJob: (stack: Stack) => {
    const job = new HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, ...wait });
    const { bestTrainingJob, overallBestTrainingJob } = job;
    const best = [bestTrainingJob, overallBestTrainingJob];
    return { read: [job, ...best], byName: best.map((trainingJob) => trainingJob.hyperParameter(KEY)) };
  },
  compilationJob: (stack: Stack) => {
    return { read: [new CompilationJob(stack, 'Job', { ...LEAST_COMPILATION, ...wait })], byName: [] };
  },
  processingJob: (stack: Stack) => {
    const job = new ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, ...wait });
    return { read: [job], byName: [job.outputUri(KEY)] };
  },
  transformJob: (stack: Stack) => {
    return { read: [new TransformJob(stack, 'Job', { ...LEAST_TRANSFORM, ...wait })], byName: [] };
  },
  optimizationJob: (stack: Stack) => ({ read: [new OptimizationJob(stack, 'Job', { ...LEAST_OPTIMIZATION, ...wait })], byName: [] }),
};

/** The values of all string properties of an object, those of its classes included. */
function strings(object: object): string[] {
  const names = new Set<string>();
  for (let type = object; type !== Object.prototype; type = Object.getPrototypeOf(type)) {
    Object.getOwnPropertyNames(type).forEach((name) => names.add(name));
  }
  return [...names].filter((name) => name !== 'connections').map((name) => (object as any)[name]).filter((value) => typeof value === 'string');
}

test.each(Object.keys(ATTRIBUTES) as (keyof typeof ATTRIBUTES)[])('%s: what the handler returns can be read, and nothing else', (kind) => {
  // GIVEN
  const stack = new Stack(new App(), 'Stack');
  const { byName, read } = ATTRIBUTES[kind](stack);
  const { attributes, nameMember } = HANDLED[kind];

  // WHEN
  const found = [...read.flatMap(strings), ...byName].flatMap((value) => stack.resolve(value)?.['Fn::GetAtt']?.[1] ?? []);

  // THEN
  const returned = attributes.filter((attribute) => attribute !== nameMember).map((attribute) => attribute.replace(/(\[.*\]|\{\})$/, `.${KEY}`));
  expect([...new Set(found)].sort()).toEqual(returned.sort());
});

test('an attribute that the handler does not return does not compile', () => {
  // @ts-expect-error: DescribeTrainingJob describes no such value
  const unknown: JobAttribute<'trainingJob'> = 'ModelArtifacts.Unknown';
  const names: readonly JobAttribute<'trainingJob'>[] = ['FinalMetricDataList.accuracy', 'ModelArtifacts.S3ModelArtifacts'];
  expect(names).not.toContain(unknown);
});
