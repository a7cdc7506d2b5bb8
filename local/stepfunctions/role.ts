import { randomUUID } from 'node:crypto';
import { ServiceError } from '../api/service-error';
import type { JsonObject } from '../json';
import type { Functions, StateMachineConfiguration } from '../services';
import type { SageMakerCall } from './sagemaker-integration';

/** The permissions of state machines' roles. */
export interface StateMachineRoles {
  /** Whether Step Functions can assume a role for a state machine. */
  trusts(roleArn: string, stateMachineArn: string): boolean;
  /** Whether a role allows delivering logs. */
  deliversLogs(roleArn: string): boolean;
  /** Returns the reason why a role does not allow invoking a function, with the message of AWS, or nothing if it is allowed. */
  refusal(roleArn: string, functionArn: string): string | undefined;
  /** Returns the reason why a role does not allow calling SageMaker, or nothing if it is allowed. */
  refusalOfCall(roleArn: string, operation: string, input: JsonObject): string | undefined;
  /** Whether a role allows Step Functions to create an EventBridge rule. */
  createsRule(roleArn: string, ruleName: string): boolean;
}

/** Roles that are not checked. */
export const ANY_ROLE: StateMachineRoles = {
  trusts: () => true, deliversLogs: () => true, refusal: () => undefined, refusalOfCall: () => undefined, createsRule: () => true,
};

/** Checks the role of a state machine, which creates the rules of its tasks. */
export function checkRole({ roleArn, stateMachineArn, logs }: StateMachineConfiguration, rules: readonly string[], roles: StateMachineRoles): void {
  if (!roles.trusts(roleArn, stateMachineArn)) {
    throw new ServiceError(
      'AccessDeniedException', 'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.');
  }
  if (logs && !roles.deliversLogs(roleArn)) {
    throw new ServiceError('AccessDeniedException', 'The state machine IAM Role is not authorized to access the Log Destination');
  }
  if (!rules.every((rule) => roles.createsRule(roleArn, rule))) {
    throw new ServiceError('AccessDeniedException', `'${roleArn}' is not authorized to create managed-rule.`);
  }
}

/** Returns SageMaker as a state machine calls it with its role. */
export function callableBy(roleArn: string, call: SageMakerCall, roles: StateMachineRoles): SageMakerCall {
  return (operation, input) => {
    const refusal = roles.refusalOfCall(roleArn, operation, input);
    if (refusal !== undefined) throw new ServiceError('AccessDeniedException', refusal);
    return call(operation, input);
  };
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
