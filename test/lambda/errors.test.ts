import { isNameInUse, isNotFound, isTransient, isTransientForCreate } from '../../lambda/errors';
import { KINDS } from '../../lambda/kinds';

const error = (name: string, message = '', more: object = {}) => Object.assign(new Error(message), { name, ...more });

test.each([
  error('ThrottlingException'),
  error('InternalFailure', '', { $metadata: { httpStatusCode: 500 } }),
  error('ServiceUnavailable'),
  error('Error', 'socket', { code: 'ECONNRESET' }),
  error('TimeoutError'),
])('%s may pass', (passing) => {
  expect(isTransient(passing)).toBe(true);
});

test.each([
  error('ValidationException', 'no such instance type'),
  error('AccessDeniedException', 'not authorized to perform sagemaker:CreateTrainingJob'),
  error('ResourceInUse'),
])('%s does not pass by itself', (lasting) => {
  expect(isTransient(lasting)).toBe(false);
  expect(isTransientForCreate(lasting)).toBe(false);
});

test.each([
  'Could not assume role arn:aws:iam::111122223333:role/r.',
  'Unauthorized to List objects under S3 URL: s3://b',
  'Access denied to OutputDataConfig S3 bucket: b',
  'because no identity-based policy allows the s3:ListBucket action',
  'Access denied to hub content arn',
  'Access denied for repository: r',
])('a create that fails because the role is new may pass: %s', (message) => {
  expect(isTransientForCreate(error('ValidationException', message))).toBe(true);
  expect(isTransient(error('ValidationException', message))).toBe(false);
});

test('an account limit frees up when another job ends', () => {
  expect(isTransientForCreate(error('ResourceLimitExceeded'))).toBe(true);
});

test('what says that a training job does not exist is a validation error of these words only', () => {
  expect(isNotFound(KINDS.trainingJob, error('ValidationException', 'Requested resource not found.'))).toBe(true);
  expect(isNotFound(KINDS.trainingJob, error('ResourceNotFound'))).toBe(true);
  expect(isNotFound(KINDS.trainingJob, error('ValidationException', '1 validation error detected'))).toBe(false);
});

test('a name that is taken is told apart', () => {
  expect(isNameInUse(error('ResourceInUse'))).toBe(true);
  expect(isNameInUse(error('ValidationException'))).toBe(false);
});
