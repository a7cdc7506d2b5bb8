import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Clock } from '../../../local/clock';
import { Journal } from '../../../local/persistence/journal';
import { type SageMakerEntry, SageMakerHistory } from '../../../local/persistence/sagemaker-history';
import { SageMaker, type TrainingJobBehavior } from '../../../local/sagemaker';
import { ACCOUNT, REGION, request } from '../sagemaker/setup';
import { tuningRequest } from '../sagemaker/tuning-setup';

type Input = { [member: string]: any };

/** A request, and its time. */
interface Wish {
  /** Since the wish before. */
  readonly seconds: number;
  /** Whether it comes before what else is due at that time, or after. */
  readonly early: boolean;
  readonly operation: string;
  readonly input: Input;
}

const START = new Date('2026-01-01T00:00:00Z');
const TAG = [{ Key: 'team', Value: 'ml' }];
const arnOf = (kind: string, name: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${kind}/${name}`;

/** A SageMaker whose history is in a file; its jobs differ in each process. */
class Process {
  static async start(file: string, behavior: () => TrainingJobBehavior, end = START.getTime()): Promise<Process> {
    const process = new Process(new Journal(file, () => true), behavior);
    process.history.prepare(process.sagemaker);
    await process.clock.moveTo(end, () => process.history.repeat(process.sagemaker));
    return process;
  }

  readonly clock = new Clock({ startAt: START });
  readonly sagemaker: SageMaker;
  private readonly history: SageMakerHistory;

  private constructor(journal: Journal<SageMakerEntry>, behavior: () => TrainingJobBehavior) {
    this.history = new SageMakerHistory(journal, this.clock);
    this.sagemaker = new SageMaker({
      clock: this.clock,
      region: REGION,
      account: ACCOUNT,
      record: this.history,
      instanceLimits: { 'ml.m5.large': 3 },
      behavior,
      objective: () => Math.random(),
    });
  }

  async fulfil(wishes: readonly Wish[]): Promise<void> {
    let time = 0;
    for (const wish of wishes) {
      time += wish.seconds;
      if (wish.early) void this.clock.sleep(time * 1000).then(() => this.ask(wish));
    }
    for (const wish of wishes) {
      await this.clock.advance(wish.seconds * 1000);
      if (wish.early) continue;
      await this.clock.advance(0);
      this.ask(wish);
    }
  }

  /** All that can be asked about what there is. */
  describe(): object {
    const get = (operation: string, input: Input): Input => this.sagemaker.call(operation, input);
    const names = get('ListTrainingJobs', { MaxResults: 100, SortBy: 'CreationTime' }).TrainingJobSummaries.map((job: Input) => job.TrainingJobName);
    const told = (operation: string, input: Input) => {
      try {
        return get(operation, input);
      } catch (error) {
        return String(error);
      }
    };
    return [
      ...names.map((TrainingJobName: string) => told('DescribeTrainingJob', { TrainingJobName })),
      ...names.map((name: string) => told('ListTags', { ResourceArn: arnOf('training-job', name) })),
      told('DescribeHyperParameterTuningJob', { HyperParameterTuningJobName: 'tuning' }),
      this.sagemaker.running(),
    ];
  }

  private ask({ operation, input }: Wish): void {
    try {
      this.sagemaker.call(operation, input);
    } catch {
      // A refusal changes nothing.
    }
  }
}

const directory = mkdtempSync(join(tmpdir(), 'history-'));
let files = 0;
const newFile = () => join(directory, String(files++));
afterAll(() => rmSync(directory, { recursive: true }));

const jobName = fc.constantFrom('a', 'b');
const asked = fc.oneof(
  jobName.map((name) => ({ operation: 'CreateTrainingJob', input: request(name) })),
  jobName.map((name) => ({
    operation: 'CreateTrainingJob',
    input: request(name, {
      ResourceConfig: {
        InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10, KeepAlivePeriodInSeconds: 60,
      },
    }),
  })),
  jobName.map((TrainingJobName) => ({ operation: 'StopTrainingJob', input: { TrainingJobName } })),
  jobName.map((TrainingJobName) => ({ operation: 'DeleteTrainingJob', input: { TrainingJobName } })),
  jobName.map((TrainingJobName) => ({ operation: 'UpdateTrainingJob', input: { TrainingJobName, ResourceConfig: { KeepAlivePeriodInSeconds: 0 } } })),
  jobName.map((name) => ({ operation: 'AddTags', input: { ResourceArn: arnOf('training-job', name), Tags: TAG } })),
  fc.constant({ operation: 'CreateHyperParameterTuningJob', input: tuningRequest('tuning') }),
  fc.constant({ operation: 'StopHyperParameterTuningJob', input: { HyperParameterTuningJobName: 'tuning' } }),
  fc.constant({ operation: 'DeleteHyperParameterTuningJob', input: { HyperParameterTuningJobName: 'tuning' } }),
);
const wish = fc.record({ seconds: fc.constantFrom(0, 5, 10, 30, 60, 90, 120, 600), early: fc.boolean(), asked })
  .map(({ asked: what, ...rest }): Wish => ({ ...rest, ...what as Pick<Wish, 'operation' | 'input'> }));

const chance = () => ({ trainingSeconds: 30 * Math.ceil(Math.random() * 6), ...Math.random() < 0.2 && { failure: 'AlgorithmError' } });

/** What two processes tell, the second of which has only the first one's file. */
async function lives(wishes: readonly Wish[], behavior: () => TrainingJobBehavior): Promise<object[]> {
  const file = newFile();
  const first = await Process.start(file, behavior);
  await first.fulfil(wishes);
  const second = await Process.start(file, behavior, first.clock.now());
  // What is due at that very moment has happened in the second one.
  await first.clock.advance(0);
  return [first.describe(), second.describe()];
}

const late = (seconds: number, operation: string, input: Input): Wish => ({ seconds, early: false, operation, input });

test('whatever was asked for and whenever, a new process is where the last one was', async () => {
  await fc.assert(fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 30 }), async (wishes) => {
    const [first, second] = await lives(wishes, chance);
    expect(second).toEqual(first);
  }), { numRuns: 200 });
}, 60_000);

test('a name that became free in the moment in which it was used again does so again', async () => {
  // when
  const [first, second] = await lives([
    late(0, 'CreateTrainingJob', request('job')),
    late(600, 'DeleteTrainingJob', { TrainingJobName: 'job' }),
    late(5, 'CreateTrainingJob', request('job')),
  ], () => ({}));
  // then
  expect(first).toMatchObject([{ TrainingJobStatus: 'InProgress' }, {}, expect.anything(), ['job']]);
  expect(second).toEqual(first);
});

test('a job that ended in the moment in which all were to be stopped ends again', async () => {
  // when
  const [first, second] = await lives([
    late(0, 'CreateHyperParameterTuningJob', tuningRequest('tuning')),
    late(160, 'StopHyperParameterTuningJob', { HyperParameterTuningJobName: 'tuning' }),
  ], () => ({ trainingSeconds: 30 }));
  // then
  expect(first).toMatchObject(expect.arrayContaining([expect.objectContaining({ TrainingJobStatus: 'Completed' })]));
  expect(second).toEqual(first);
});
