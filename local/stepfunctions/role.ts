import { randomUUID } from 'node:crypto';
import { ServiceError } from '../api/service-error';
import type { Functions, StateMachineConfiguration } from '../services';

/** The permissions of state machines' roles. */
export interface StateMachineRoles {
  /** Whether Step Functions can assume a role for a state machine. */
  trusts(roleArn: string, stateMachineArn: string): boolean;
  /** Whether a role allows delivering logs. */
  deliversLogs(roleArn: string): boolean;
  /** Returns the reason why a role does not allow invoking a function, with the message of AWS, or nothing if it is allowed. */
  refusal(roleArn: string, functionArn: string): string | undefined;
}

/** Roles that are not checked. */
export const ANY_ROLE: StateMachineRoles = { trusts: () => true, deliversLogs: () => true, refusal: () => undefined };

export function checkRole({ roleArn, stateMachineArn, logs }: StateMachineConfiguration, roles: StateMachineRoles): void {
  if (!roles.trusts(roleArn, stateMachineArn)) {
    throw new ServiceError(
      'AccessDeniedException', 'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.');
  }
  if (logs && !roles.deliversLogs(roleArn)) {
    throw new ServiceError('AccessDeniedException', 'The state machine IAM Role is not authorized to access the Log Destination');
  }
}

/** Returns the functions that a state machine can invoke with its role. */
export function invocableBy(roleArn: string, functions: Functions, roles: StateMachineRoles): Pick<Functions, 'invoke'> {
  return {
    async invoke(functionArn, payload) {
      const refusal = roles.refusal(roleArn, functionArn);
      if (refusal === undefined) return functions.invoke(functionArn, payload);
      throw new ServiceError(
        'AWSLambdaException', `${refusal} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ${randomUUID()}; Proxy: null)`);
    },
  };
}
