import { first, play, Script } from './script';
import { completeTuning } from '../../lambda/tuning-result';

const serviceError = (name: string) => Object.assign(new Error(name), { name });

/** SageMaker with the model artifacts of training jobs, or the errors that their descriptions meet; and failed jobs. */
function sageMaker(artifacts: { [trainingJob: string]: string | Error }, failed?: object[]) {
  const calls: [string, object][] = [];
  return {
    calls,
    async call(operation: string, input: Record<string, unknown>): Promise<Record<string, any>> {
      calls.push([operation, input]);
      if (operation === 'ListTrainingJobsForHyperParameterTuningJob') return failed ? { TrainingJobSummaries: failed } : {};
      const found = artifacts[String(input.TrainingJobName)];
      if (found instanceof Error) throw found;
      return { TrainingJobName: input.TrainingJobName, ModelArtifacts: { S3ModelArtifacts: found }, Environment: {} };
    },
  };
}
const summary = (TrainingJobName: string, more: object = {}) => ({ TrainingJobName, ObjectiveStatus: 'Succeeded', ...more });

test('the best training job has its model artifacts beside what the tuning job tells', async () => {
  const service = sageMaker({ best: 's3://b/best' });
  expect(await completeTuning({ HyperParameterTuningJobName: 'tuning', BestTrainingJob: summary('best') }, service)).toEqual({
    description: {
      HyperParameterTuningJobName: 'tuning',
      BestTrainingJob: summary('best', { ModelArtifacts: { S3ModelArtifacts: 's3://b/best' } }),
      OverallBestTrainingJob: undefined,
    },
  });
  expect(service.calls).toEqual([['DescribeTrainingJob', { TrainingJobName: 'best' }]]);
});

test('a training job that is the best of all is not looked up again', async () => {
  const service = sageMaker({ best: 's3://b/best' });
  const { description } = await completeTuning({ BestTrainingJob: summary('best'), OverallBestTrainingJob: summary('best', { TuningJobName: 'tuning' }) }, service);
  expect(description.OverallBestTrainingJob).toEqual(summary('best', { TuningJobName: 'tuning', ModelArtifacts: { S3ModelArtifacts: 's3://b/best' } }));
  expect(service.calls).toHaveLength(1);
});

test('a best training job of all that the service does not name is not looked up', async () => {
  const service = sageMaker({ best: 's3://b/best' });
  const { description } = await completeTuning({ BestTrainingJob: summary('best'), OverallBestTrainingJob: {} }, service);
  expect([description.OverallBestTrainingJob, service.calls.length]).toEqual([{}, 1]);
});

test('the best training job of all may be one of an earlier tuning job, and has its own artifacts', async () => {
  const { description } = await completeTuning(
    { BestTrainingJob: summary('best'), OverallBestTrainingJob: summary('earlier') }, sageMaker({ best: 's3://b/best', earlier: 's3://b/earlier' }));
  expect(description.BestTrainingJob.ModelArtifacts.S3ModelArtifacts).toBe('s3://b/best');
  expect(description.OverallBestTrainingJob).toEqual(summary('earlier', { ModelArtifacts: { S3ModelArtifacts: 's3://b/earlier' } }));
});

test('a training job whose record is gone, or may not be read, is told without artifacts', async () => {
  const service = sageMaker({ best: serviceError('ValidationException'), earlier: serviceError('AccessDeniedException') });
  expect((await completeTuning({ BestTrainingJob: summary('best'), OverallBestTrainingJob: summary('earlier') }, service)).description)
    .toEqual({ BestTrainingJob: summary('best'), OverallBestTrainingJob: summary('earlier') });
});

test.each<[string, object, object, string | undefined]>([
  ['its definition', {}, { TrainingJobDefinition: { OutputDataConfig: { S3OutputPath: 's3://b/models/' } } }, 's3://b/models/best/output/model.tar.gz'],
  ['the definition of its name', { TrainingJobDefinitionName: 'large' }, {
    TrainingJobDefinitions: ['small', 'large'].map((DefinitionName) => ({ DefinitionName, OutputDataConfig: { S3OutputPath: `s3://b/${DefinitionName}` } })),
  }, 's3://b/large/best/output/model.tar.gz'],
  ['no definition of an earlier tuning job', { TuningJobName: 'earlier' }, { TrainingJobDefinition: { OutputDataConfig: { S3OutputPath: 's3://b' } } }, undefined],
])('a training job whose record is gone has the location of %s', async (_what, more, tuning, location) => {
  const service = sageMaker({ best: serviceError('ValidationException') });
  const { description } = await completeTuning({ HyperParameterTuningJobName: 'tuning', BestTrainingJob: summary('best', more), ...tuning }, service);
  expect(description.BestTrainingJob.ModelArtifacts?.S3ModelArtifacts).toBe(location);
});

test('a best training job that cannot be described for now is described by a later step', async () => {
  await expect(completeTuning({ BestTrainingJob: summary('best') }, sageMaker({ best: serviceError('ThrottlingException') }))).rejects.toThrow('ThrottlingException');
});

test('a tuning job without a best training job tells the three most frequent reasons why its training jobs failed', async () => {
  const failed = ['rare', 'disk', 'memory', 'memory', 'quota', 'quota', 'quota', 'disk', 'disk', 'disk', ...Array.from({ length: 5 }, () => undefined)].map((FailureReason) => ({ FailureReason }));
  const description = { HyperParameterTuningJobName: 'tuning', BestTrainingJob: {} };
  const service = sageMaker({}, failed);
  expect(await completeTuning(description, service)).toEqual({
    description, missingResult: 'No training job succeeded. 4 failed: disk 3 failed: quota 2 failed: memory',
  });
  expect(service.calls).toEqual([
    ['ListTrainingJobsForHyperParameterTuningJob', { HyperParameterTuningJobName: 'tuning', StatusEquals: 'Failed', MaxResults: 100 }],
  ]);
});

test.each([undefined, []])('a tuning job of which no training job failed, and none succeeded, has no reason to tell: %j', async (failed) => {
  expect((await completeTuning({}, sageMaker({}, failed))).missingResult).toBe('No training job succeeded.');
});

test('a tuning job that has completed without a best training job is a failure that says why', async () => {
  const failed = sageMaker({}, [{ FailureReason: 'AlgorithmError' }]);
  const script = new Script((operation, input) => {
    if (operation.startsWith('List')) return failed.call(operation, input);
    return { HyperParameterTuningJobName: 'tuning', HyperParameterTuningJobArn: 'arn', HyperParameterTuningJobStatus: 'Completed' };
  });
  await play(script, { ...first({ ResourceType: 'Custom::SageMakerHyperParameterTuningJob' }), memo: { sentAt: 0, jobName: 'tuning', trackedSince: 0 } });
  expect(script.responses).toEqual([expect.objectContaining({
    Status: 'FAILED',
    Reason: expect.stringContaining("Hyperparameter tuning job 'tuning' ended as Completed: No training job succeeded. 1 failed: AlgorithmError. Logs: "),
  })]);
});
