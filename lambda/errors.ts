import type { Kind } from './kinds';

/** Ends an event with a failure: its message is what people read in the stack's events. */
export class JobError extends Error {}

interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: object;
  readonly code?: string;
}

const THROTTLED = /^(ThrottlingException|ThrottledException|Throttling|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|SlowDown)$/;
const UNAVAILABLE = /^(InternalFailure|InternalServerError|InternalServerException|ServiceUnavailable|ServiceUnavailableException|TimeoutError)$/;
const NETWORK = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** What the service says about a role that IAM has not spread yet. */
const ROLE_NOT_SPREAD = [
  /could not assume role/i,
  /unauthorized to list objects under s3 url/i,
  /access denied to outputdataconfig s3 bucket/i,
  /no identity-based policy allows the s3:listbucket action/i,
  /access denied to hub content/i,
  /access denied for repository/i,
];

/** The service calls the error so. */
export function isA(name: string, error: unknown): boolean {
  return (error as Error).name === name;
}

/** The service takes no more calls for now. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.test((error as ServiceError).name);
}

/** The call may have been carried out although it failed. */
export function isAnswerLost(error: unknown): boolean {
  return isTransient(error) && !isThrottled(error);
}

/** The same call may succeed later. */
export function isTransient(error: unknown): boolean {
  const { name, code = '', $metadata, $retryable } = error as ServiceError;
  return isThrottled(error) || UNAVAILABLE.test(name) || NETWORK.test(code) || $retryable !== undefined || ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** The same create may succeed later: when another job has ended, or when IAM has spread a role that was just made. */
export function isTransientForCreate(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return isTransient(error) || name === 'ResourceLimitExceeded' || ROLE_NOT_SPREAD.some((words) => words.test(message));
}

/** The function may not do this, or may not do it yet: IAM takes a while to spread a policy that was just made. */
export function isAccessDenied(error: unknown): boolean {
  return isA('AccessDeniedException', error);
}

export function isNameInUse(error: unknown): boolean {
  return isA('ResourceInUse', error);
}

export function isNotFound(kind: Pick<Kind, 'notFound'>, error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return kind.notFound.some((rule) => (typeof rule === 'string' ? rule === name : rule.code === name && rule.message.test(message)));
}

/** An error for people: what the service calls it, and what it says. */
export function describeError(error: unknown): string {
  const { name, message } = error as ServiceError;
  return error instanceof JobError || !name || name === 'Error' ? message : `${name}: ${message}`;
}
