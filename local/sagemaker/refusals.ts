import { ServiceError, validationError } from '../api/service-error';

/** The error for a request that exceeds a quota of the account. */
export function accountLimitExceeded(quota: string, limit: number, used: number, wanted: number): ServiceError {
  return new ServiceError(
    'ResourceLimitExceeded',
    `The account-level service limit '${quota}' is ${limit} Instances, with current utilization of ${used} Instances and a request delta of ${wanted} Instances. Please use AWS Service Quotas to request an increase for this quota.`,
  );
}

/** The error for a role that the service cannot assume, or cannot assume yet. */
export function cannotAssume(roleArn: string): ServiceError {
  return validationError(
    `Could not assume role ${roleArn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`);
}
