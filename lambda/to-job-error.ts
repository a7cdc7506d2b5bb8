import { RequestError } from './restore-request';
import { describeError, JobError } from './service-errors';

/**
 * Returns the error to report when an operation rejects its request: the message of SageMaker, the affected properties, and the
 * reference of the request. Other errors are returned unchanged.
 */
export function toJobError(operation: string, request: object, error: unknown): unknown {
  const places = error instanceof RequestError ? error.places : undefined;
  if (!places && (error as Error).name !== 'ValidationException') return error;
  // A separate file that is loaded only here, so that it does not slow down each start of the function.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { explain } = require('./refusal') as typeof import('./refusal');
  return new JobError(explain(operation, request, describeError(error), places));
}
