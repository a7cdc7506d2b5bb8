import { KINDS } from '../../lambda/kinds';
import { explained, notStarted } from '../../lambda/reason';
import { RequestError } from '../../lambda/request';

const error = (name: string, message: string) => Object.assign(new Error(message), { name });
const PAGE = 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html';

test('a job that the service refuses tells why, of which property, and where to read on', () => {
  const refused = error('ValidationException', "1 validation error detected: Value '10' at 'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: x");
  expect(notStarted(KINDS.trainingJob, 'job-1', {}, refused)).toBe(
    "Training job 'job-1' could not be started: ValidationException: 1 validation error detected: Value '10' at "
    + `'stoppingCondition.maxRuntimeInSeconds' failed to satisfy constraint: x. The property: maxRuntime. The request: ${PAGE}`);
});

test('a request that the handler refuses itself tells the same', () => {
  const refused = new RequestError([['ResourceConfig', 'InstanceCount']], "must be a number, got 'two'");
  expect(notStarted(KINDS.trainingJob, 'job-1', {}, refused)).toBe(
    `Training job 'job-1' could not be started: ResourceConfig.InstanceCount must be a number, got 'two'. The property: instanceCount. The request: ${PAGE}`);
});

test('what has nothing to do with the request is told as it is', () => {
  const limit = error('ResourceLimitExceeded', 'The limit is 0 Instances');
  expect(notStarted(KINDS.trainingJob, 'job-1', {}, limit)).toBe("Training job 'job-1' could not be started: ResourceLimitExceeded: The limit is 0 Instances.");
  expect(explained('UpdateTrainingJob', {}, limit)).toBe(limit);
});
