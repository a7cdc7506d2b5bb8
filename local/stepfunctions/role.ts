import { randomUUID } from 'node:crypto';
import { ServiceError } from '../api/service-error';
import type { Functions, StateMachineConfiguration } from '../services';

/** What the roles of state machines allow. */
export interface StateMachineRoles {
  /** Whether the service can assume a role for a state machine. */
  trusts(roleArn: string, stateMachineArn: string): boolean;
  /** Whether a role allows to deliver logs. */
  deliversLogs(roleArn: string): boolean;
  /** Why a role does not allow to invoke a function, in the words of AWS; nothing when it allows it. */
  refusal(roleArn: string, functionArn: string): string | undefined;
}

/** Roles that nobody looks at. */
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

/** The functions as a state machine reaches them by its role. */
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
