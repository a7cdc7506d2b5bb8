import { type Stack, Tags } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { behave, COMPILATION } from './kinds';
import { World } from './world';
import { ContainerImage, HyperParameterTuningJob, HyperParameterTuningJobObjective, ParameterRange, TrainingJob } from '../../src';
import { MAX_REQUEST_BYTES } from '../../src/contract';
import { LEAST } from '../fixtures/training-jobs';

/** The same requests each time, so that a failure is of the change at hand. Set `FC_SEED` and `FC_RUNS` to look for others. */
const SEED = 20260101;
const RUNS = 1;

interface Sizes {
  /** The approximate size of the request in bytes. */
  readonly bytes: number;
  /** The part of it that does not decide the result and can change in place, from 0 to 1. */
  readonly conditions: number;
  /** Multi-byte characters, and characters that JSON escapes, take more space in an event. */
  readonly character: string;
  readonly tags: number;
}

const sizes: fc.Arbitrary<Sizes> = fc.record({
  bytes: fc.oneof(fc.integer({ min: 1000, max: MAX_REQUEST_BYTES }), fc.integer({ min: MAX_REQUEST_BYTES - 2000, max: 250_000 })),
  conditions: fc.double({ min: 0, max: 1, noNaN: true }),
  character: fc.constantFrom('x', 'ü', '"'),
  tags: fc.integer({ min: 0, max: 40 }),
});

/** A map of a size in bytes, with values of at most 250 bytes. */
function mapOf(bytes: number, character: string): { [name: string]: string } {
  const { length } = character === 'x' ? 'x' : 'xx';
  return Object.fromEntries(Array.from({ length: Math.floor(bytes / 265) }, (_, index) => [`key${index}`, character.repeat(250 / length)]));
}

/** At most 100 hyperparameters with values of at most 2500 bytes. */
const hyperParametersOf = (bytes: number, character: string) =>
  Object.fromEntries(Array.from({ length: Math.min(99, Math.floor(bytes / 2500)) }, (_, index) => [`p${index}`, character.repeat(character === 'x' ? 2488 : 1244)]));

/** A training job and a tuning job with requests of these sizes, and a compilation job. */
const jobs = ({ bytes, character, conditions, tags }: Sizes, variant: string) => (stack: Stack) => {
  const tagged = tags * 300;
  const inPlace = Math.floor((bytes - tagged) * conditions);
  const hyperParameters = (size: number) => ({ ...hyperParametersOf(size, character), variant });
  const all = [
    new TrainingJob(stack, 'Training', {
      ...LEAST,
      hyperParameters: hyperParameters(bytes - tagged - inPlace),
      profilerRuleConfigurations: Array.from({ length: Math.floor(inPlace / 12_500) }, (_, index) => ({
        ruleConfigurationName: `rule${index}`,
        ruleEvaluatorImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/rules:v1'),
        ruleParameters: mapOf(12_300, 'x'),
      })),
    }),
    new HyperParameterTuningJob(stack, 'Tuning', {
      hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.maximize('accuracy'),
      parameterRanges: [ParameterRange.integer('depth', 2, 8)],
      maxNumberOfTrainingJobs: 1,
      maxParallelTrainingJobs: 1,
      trainingJobDefinition: { ...LEAST, hyperParameters: hyperParameters(bytes - tagged), metricDefinitions: [{ name: 'accuracy', regex: 'accuracy: (.*)' }] },
    }),
    COMPILATION.add(stack, 'Compilation', { variant }).job,
  ];
  for (const job of all) for (let index = 0; index < tags; index++) Tags.of(job).add(`key${index}`, 'v'.repeat(256));
};

const LARGEST: Sizes[] = [
  { bytes: 119_000, conditions: 0, character: 'ü', tags: 0 },
  { bytes: 119_000, conditions: 1, character: 'x', tags: 30 },
  { bytes: 125_000, conditions: 0, character: 'x', tags: 0 },
];

test('a request of any size is created, updated, rolled back and deleted, or fails at synthesis with its size', async () => {
  const world = await World.start();
  behave(world.cloud, (variant) => (variant === 'bad' ? { failure: 'AlgorithmError: no' } : {}));
  const outcomes: boolean[] = [];
  try {
    await fc.assert(fc.asyncProperty(sizes, async (drawn) => {
      const rejected = await world.deploy(jobs(drawn, 'first')).then(({ status }) => { expect(status).toBe('CREATE_COMPLETE'); }, String);
      outcomes.push(rejected === undefined);
      if (rejected !== undefined) {
        const [, size] = /request: must have at most 120000 bytes of JSON; got (\d+) bytes\. Pass large values in S3\. Largest properties: /.exec(rejected) ?? [];
        expect({ rejected, isLarger: Number(size) > MAX_REQUEST_BYTES }).toEqual({ rejected, isLarger: true });
        return;
      }
      expect((await world.deploy(jobs(drawn, 'second'))).status).toBe('UPDATE_COMPLETE');
      expect((await world.deploy(jobs(drawn, 'bad'))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
    }), {
      numRuns: Number(process.env.FC_RUNS ?? RUNS) + LARGEST.length,
      seed: Number(process.env.FC_SEED ?? SEED),
      path: process.env.FC_PATH,
      examples: LARGEST.map((each) => [each]),
    });
  } finally {
    await world.stop();
  }
  expect(outcomes.slice(0, LARGEST.length)).toEqual([true, true, false]);
});
