/** An error whose message is for the user. */
export class UserError extends Error {}

const THROTTLED = /throttl|TooManyRequests|RequestLimitExceeded|Rate exceeded/i;
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$|token.*(expired|invalid)|SSO session.*(expired|invalid)/i;
const UNKNOWN_KEY = /^(UnrecognizedClient|UnrecognizedClientException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidSignatureException)$/;
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|TimeoutError/;

interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly hostname?: string;
  readonly errors?: readonly ServiceError[];
}

export function isThrottled(error: unknown): boolean {
  const { name = '', message = '' } = error as ServiceError;
  return THROTTLED.test(name) || THROTTLED.test(message);
}

/** Whether SageMaker or CloudFormation reports that a resource does not exist. */
export function isNotFound(error: unknown): boolean {
  const { name = '', message = '' } = error as ServiceError;
  return /^(ValidationException|ValidationError|ResourceNotFound|ResourceNotFoundException)$/.test(name)
    && /not ?found|(could not|can't|cannot) find|does not exist/i.test(message);
}

/** Returns a sentence about an error of a service. */
export function messageFor(error: unknown): string {
  const { name = '', code = '', message = '', hostname, errors = [] } = error as ServiceError;
  const text = `${code} ${message} ${errors.map((each) => each.code).join(' ')}`;
  if (error instanceof UserError) return message;
  if (/^(CredentialsProviderError|TokenProviderError)$/.test(name) && !EXPIRED.test(message)) {
    return `No AWS credentials were found. Sign in with \`aws sso login\` or \`aws configure\`, or choose a profile with --profile. (${message})`;
  }
  if (EXPIRED.test(name) || EXPIRED.test(message)) return 'The AWS credentials have expired. Sign in again, and repeat the command. The jobs continue.';
  if (UNKNOWN_KEY.test(name)) return 'AWS does not accept the credentials. Sign in again, or choose a profile with --profile.';
  if (/Region is missing/.test(message)) return 'No Region is configured. Specify --region, or set AWS_REGION.';
  if (UNREACHABLE.test(`${name} ${text}`)) return `The service cannot be reached${hostname ? ` at ${hostname}` : ''}. Check the Region and the network. (${text.trim()})`;
  if (isThrottled(error)) return 'The service throttles the calls of this account. Repeat the command later; `follow` makes fewer calls with a longer --interval.';
  if (/^AccessDenied/.test(name)) return `The credentials lack a permission: ${message}`;
  return `${name}: ${message}`;
}
