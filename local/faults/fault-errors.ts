import type { Occasion } from './occasion';
import { ServiceError } from '../api/service-error';
import { accountLimitExceeded, cannotAssume } from '../sagemaker/refusals';

/** Services with the Query protocol. */
const QUERY_SERVICES = ['cloudformation', 'iam', 'sts'];

export function throttled({ service }: Occasion): ServiceError {
  if (service === 'lambda') return new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
  if (service === 's3') return new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
  return new ServiceError(QUERY_SERVICES.includes(service) ? 'Throttling' : 'ThrottlingException', 'Rate exceeded');
}

export function failed({ service }: Occasion): ServiceError {
  if (service === 'lambda') return new ServiceError('ServiceException', 'The service encountered an internal error.', 500);
  if (service === 's3') return new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);
  return new ServiceError('InternalFailure', 'The request processing has failed because of an unknown error, exception or failure.', 500);
}

export function accessDenied({ service, operation, caller }: Occasion): ServiceError {
  const action = `${service}:${operation}`;
  return new ServiceError(
    QUERY_SERVICES.includes(service) || service === 's3' ? 'AccessDenied' : 'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    QUERY_SERVICES.includes(service) || service === 's3' ? 403 : 400,
  );
}

/** The error for the quota of the first instance type in the request. */
export function limitReached({ operation, input }: Occasion): ServiceError {
  const [, instanceType = 'instances'] = /"InstanceType":"([^"]+)"/.exec(JSON.stringify(input)) ?? [];
  const usage = operation.replace(/^Create/, '').replace(/([a-z])(?=[A-Z])/g, '$1 ').toLowerCase();
  return accountLimitExceeded(`${instanceType} for ${usage} usage`, 0, 0, 1);
}

/** The error of SageMaker until a new role can be assumed. */
export function roleNotSpread({ input }: Occasion): ServiceError {
  const [, role = 'role'] = /"RoleArn":"([^"]+)"/.exec(JSON.stringify(input)) ?? [];
  return cannotAssume(role);
}
