import type { Job } from '../../lambda/handled-job';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import type { Services } from '../../lambda/handler-services';
import { failureReason, logs, notStarted } from '../../lambda/reason';
import { RequestError } from '../../lambda/restore-request';
import { toJobError } from '../../lambda/to-job-error';
import type { JobKind } from '../../src/contract';

const error = (name: string, message: string) => Object.assign(new Error(message), { name });
const PAGE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html';

test('a job that the service refuses tells why, of which property, and where to read on', () => {
  const refused = error('ValidationException', "1 validation error detected: Value '10' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: x");
  expect(notStarted(HANDLED_KINDS.trainingJob, 'job-1', {}, refused)).toBe(
    "Training job 'job-1' could not be started: ValidationException: 1 validation error detected: Value '10' at "
    + `'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: x. Property: maxRuntime. Request reference: ${PAGE}`);
});

test('a request that the handler refuses itself tells the same', () => {
  const refused = new RequestError([['ResourceConfig', 'InstanceCount']], "must be a number; got 'two'");
  expect(notStarted(HANDLED_KINDS.trainingJob, 'job-1', {}, refused)).toBe(
    `Training job 'job-1' could not be started: ResourceConfig.InstanceCount: must be a number; got 'two'. Property: instanceCount. Request reference: ${PAGE}`);
});

test('what has nothing to do with the request is told as it is', () => {
  const limit = error('ResourceLimitExceeded', 'The limit is 0 Instances');
  expect(notStarted(HANDLED_KINDS.trainingJob, 'job-1', {}, limit)).toBe("Training job 'job-1' could not be started: ResourceLimitExceeded: The limit is 0 Instances.");
  expect(toJobError('UpdateTrainingJob', {}, limit)).toBe(limit);
});

describe('a failure', () => {
  const failed = (kind: JobKind, ended: Job, missingResult?: string) => failureReason({ region: 'eu-west-1' } as Services, HANDLED_KINDS[kind], ended, missingResult);
  const job = (description: object): Job => ({
    name: 'stack-train-0123456789', arn: 'arn', phase: 'failed', status: 'Failed', description,
  });

  test('of a processing job tells what its container has written, or that it reached its limit', async () => {
    const times = (seconds: number) => ({
      ProcessingStartTime: new Date(0), ProcessingEndTime: new Date(seconds * 1000), StoppingCondition: { MaxRuntimeInSeconds: 60 },
    });
    const reasonOf = async (status: string, description: object) => (
      (await failed('processingJob', { ...job({ ProcessingJobStatus: status, ...description }), status })).replace(/ Logs: .*/, ''));

    expect(await reasonOf('Failed', { FailureReason: 'AlgorithmError: exit code 1', ExitMessage: 'no rows' }))
      .toBe("Processing job 'stack-train-0123456789' ended as Failed: AlgorithmError: exit code 1. Exit message: no rows.");
    expect(await reasonOf('Failed', {})).toBe("Processing job 'stack-train-0123456789' ended as Failed.");
    expect(await reasonOf('Stopped', times(60))).toBe("Processing job 'stack-train-0123456789' ended as Stopped: The job reached its maximum runtime of 60 seconds (maxRuntime).");
    expect(await reasonOf('Stopped', times(59))).toBe("Processing job 'stack-train-0123456789' ended as Stopped.");
    expect(await reasonOf('Stopped', { ProcessingEndTime: new Date(0) })).toBe("Processing job 'stack-train-0123456789' ended as Stopped.");
  });

  test('tells the status, the service\'s reason and where the logs are', async () => {
    const reason = await failed('trainingJob', job({ SecondaryStatus: 'Failed', FailureReason: 'AlgorithmError: exit code 1' }));
    expect(reason).toBe("Training job 'stack-train-0123456789' ended as Failed: AlgorithmError: exit code 1. Logs: "
      + 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/'
      + '$252Faws$252Fsagemaker$252FTrainingJobs$3FlogStreamNameFilter$3Dstack-train-0123456789');
  });

  test('tells why there is no result, beside what the service says', async () => {
    const reason = await failed('trainingJob', job({ FailureReason: 'It was too slow' }), 'No training job succeeded');
    expect(reason).toContain('ended as Failed: It was too slow. No training job succeeded. Logs: ');
  });

  test('hides secrets in all that the job told', async () => {
    const description = { ProcessingJobStatus: 'Failed', FailureReason: 'secret one', ExitMessage: 'secret two', Environment: { API_KEY: 'secret one', PASSWORD: 'secret two' } };
    expect(await failed('processingJob', job(description)))
      .toContain('ended as Failed: ***. Exit message: ***. Logs: ');
  });

  test('tells nothing where there is nothing to tell', async () => {
    expect(await failed('trainingJob', job({}))).toContain("'stack-train-0123456789' ended as Failed. Logs: ");
  });

  test('tells the limit that a stopped job ran into', async () => {
    const stopped: Job = { ...job({ SecondaryStatus: 'MaxRuntimeExceeded' }), phase: 'stopped', status: 'Stopped' };
    expect(await failed('trainingJob', stopped)).toContain('ended as Stopped (MaxRuntimeExceeded). Logs: ');
  });

  test.each([
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
    ['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ])('leads to the console of the partition of %s', (region, url) => {
    expect(logs(HANDLED_KINDS.trainingJob, 'job', region)).toContain(url);
  });
});
