/** Ends an event with a failure. Its message appears in the stack's events. */
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

/** Messages about a role that IAM has not propagated yet. They do not differ from the messages about a role that is wrong. */
const ROLE_NOT_PROPAGATED = [
  /could not assume role/i,
  /unauthorized to list objects under s3 url/i,
  /access denied to outputdataconfig s3 bucket/i,
  /no identity-based policy allows the (s3:listbucket|ec2:\w+) action/i,
  /access denied to hub content/i,
  /access denied for repository/i,
  // Tuning jobs.
  /the aws access key id you provided does not exist in our records/i,
  /access denied when describing algorithm/i,
  /no s3 objects found under s3 url/i,
];

/** Whether the error has a code. */
export function isA(name: string, error: unknown): boolean {
  return (error as Error).name === name;
}

/** Whether the service throttles calls. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.test((error as ServiceError).name);
}

/** Whether the call may have been carried out although it failed. */
export function isAnswerLost(error: unknown): boolean {
  return isTransient(error) && !isThrottled(error);
}

/** Whether the same call may succeed later. */
export function isTransient(error: unknown): boolean {
  const { name, code = '', $metadata, $retryable } = error as ServiceError;
  return isThrottled(error) || UNAVAILABLE.test(name) || NETWORK.test(code) || $retryable !== undefined || ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** Whether the same create call may succeed later, such as when another job has ended. */
export function isTransientForCreate(error: unknown): boolean {
  return isTransient(error) || isA('ResourceLimitExceeded', error);
}

/** Whether IAM may not have propagated the role in a create call yet. */
export function isRoleNotPropagated(error: unknown): boolean {
  return ROLE_NOT_PROPAGATED.some((words) => words.test((error as ServiceError).message));
}

/** Whether the function lacks a permission, or IAM has not propagated it yet. */
export function isAccessDenied(error: unknown): boolean {
  return isA('AccessDeniedException', error);
}

export function isNameInUse(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return name === 'ResourceInUse' || (name === 'ValidationException' && /cannot create already existing/i.test(message));
}

/** Messages about a resource that does not exist. They differ between kinds and operations. */
const NOT_FOUND = /requested resource not found|recordnotfound|could not find requested job|could not find job to update/i;

/** There is no such job or notebook instance, or its record has just been deleted. */
export function isNotFound(error: unknown): boolean {
  const { name, message } = error as ServiceError;
  return name === 'ResourceNotFound' || (name === 'ValidationException' && NOT_FOUND.test(message));
}

/** Returns the output of a call, or undefined if the resource of the call does not exist. */
export async function ifFound<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
}

/** An error as people read it: its code and its message. */
export function describeError(error: unknown): string {
  const { name, message } = error as ServiceError;
  return error instanceof JobError || !name || name === 'Error' ? message : `${name}: ${message}`;
}

/** Adds a missing final period. A link is not changed. */
export function withFullStop(text: string): string {
  return /[.!?]$|https:\S+$/.test(text) ? text : `${text}.`;
}
