import { describeError, isAccessDenied, isNameInUse, isNotFound, isRoleNotPropagated, isThrottled, isTransient, isTransientForCreate, JobError } from '../../lambda/service-errors';

const error = (name: string, message = '', more: object = {}) => Object.assign(new Error(message), { name, ...more });

test.each(['ThrottlingException', 'ThrottledException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded', 'RequestThrottled', 'SlowDown'])(
  '%s says that the service takes no more calls for now', (name) => {
    expect(isThrottled(error(name))).toBe(true);
    expect(isTransient(error(name))).toBe(true);
  });

test.each([
  ...['InternalFailure', 'InternalServerError', 'InternalServerException', 'ServiceUnavailable', 'ServiceUnavailableException', 'TimeoutError'].map((name) => error(name)),
  ...['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].map((code) => error('Error', code, { code })),
  error('Unknown', 'a status of the server', { $metadata: { httpStatusCode: 500 } }),
  error('Unknown', 'what the SDK would repeat', { $retryable: {} }),
])('%s may pass, and is no throttling', (passing) => {
  expect(isTransient(passing)).toBe(true);
  expect(isTransientForCreate(passing)).toBe(true);
  expect(isThrottled(passing)).toBe(false);
});

test.each([
  error('NoThrottling'),
  error('ThrottlingOfTomorrow'),
  error('NoTimeoutError'),
  error('TimeoutErrorOfTomorrow'),
  error('Error', 'code', { code: 'NOT_ECONNRESET' }),
  error('Error', 'code', { code: 'ECONNRESET_NOT' }),
  error('Unknown', 'a status of the client', { $metadata: { httpStatusCode: 499 } }),
  error('Unknown', 'no status', { $metadata: {} }),
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
  'because no identity-based policy allows the ec2:DescribeVpcs action',
  'Access denied to hub content arn',
  'Access denied for repository: r',
  'The AWS Access Key Id you provided does not exist in our records.',
  'Access denied when describing algorithm arn',
  'No S3 objects found under S3 URL "s3://b/train" given in input data source.',
])('a create that may have failed because the role is new is recognized: %s', (message) => {
  expect(isRoleNotPropagated(error('ValidationException', message))).toBe(true);
  expect(isTransientForCreate(error('ValidationException', message))).toBe(false);
});

test('an account limit frees up when another job ends', () => {
  expect(isTransientForCreate(error('ResourceLimitExceeded'))).toBe(true);
});

test('a job that does not exist is recognized by the code, or by a validation error with these words', () => {
  expect(isNotFound(error('ValidationException', 'Requested resource not found.'))).toBe(true);
  expect(isNotFound(error('ValidationException', 'RecordNotFound'))).toBe(true);
  expect(isNotFound(error('ValidationException', 'Could not find requested job with name: j'))).toBe(true);
  expect(isNotFound(error('ValidationException', 'Could not find job to update with name: j'))).toBe(true);
  expect(isNotFound(error('ResourceNotFound'))).toBe(true);
  expect(isNotFound(error('ValidationException', '1 validation error detected'))).toBe(false);
  expect(isNotFound(error('AccessDeniedException', 'Requested resource not found.'))).toBe(false);
});

test('a name that is taken is told apart', () => {
  expect(isNameInUse(error('ResourceInUse'))).toBe(true);
  expect(isNameInUse(error('ValidationException'))).toBe(false);
});

test('what the function may not do is told apart', () => {
  expect(isAccessDenied(error('AccessDeniedException'))).toBe(true);
  expect(isAccessDenied(error('ValidationException'))).toBe(false);
});

test.each<[unknown, string]>([
  [error('ValidationException', 'no such type'), 'ValidationException: no such type'],
  [new Error('it failed'), 'it failed'],
  [new JobError('it failed'), 'it failed'],
  [Object.assign(new JobError('it failed'), { name: 'JobError' }), 'it failed'],
  [{ message: 'it failed' }, 'it failed'],
])('people read %s as %p', (thrown, text) => {
  expect(describeError(thrown)).toBe(text);
});
