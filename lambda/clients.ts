import type { Services } from './handler-services';
import { CLOUD_WATCH_LOGS, JsonService, SAGEMAKER, STEP_FUNCTIONS } from './json-service';
import { networkInterfacesOf } from './network-interfaces';
import { put } from './respond';
import { bindExecutions } from './state-machine-executions';
import { ENVIRONMENT, FUNCTION_TIMEOUT_SECONDS } from '../src/contract';

/** The maximum number of seconds for which Lambda initializes a function. Its timeout does not include them. */
const INITIALIZATION_SECONDS = 10;

/** Returns the services of a function. */
export function bindServices(): Services {
  const region = process.env.AWS_REGION!;
  return {
    // A failed call is not repeated: the step and the state machine retry transient failures.
    sageMaker: new JsonService(SAGEMAKER, region, process.env, 1),
    executions: bindExecutions(new JsonService(STEP_FUNCTIONS, region), process.env[ENVIRONMENT.stateMachine]!, () => Date.now()),
    networkInterfacesOf: (securityGroupId) => networkInterfacesOf(region, securityGroupId),
    // A failed call is not repeated: the response to CloudFormation does not depend on it.
    logs: process.env[ENVIRONMENT.failureLogs] === 'false' ? undefined : new JsonService(CLOUD_WATCH_LOGS, region, process.env, 1),
    respond: put,
    now: () => Date.now(),
    functionTimeout: INITIALIZATION_SECONDS + Number(process.env[ENVIRONMENT.timeout] ?? FUNCTION_TIMEOUT_SECONDS),
    region,
  };
}
