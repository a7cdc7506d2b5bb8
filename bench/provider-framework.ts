import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mean } from './measure';

/** The runtime of the provider framework is plain JavaScript without types. */
const load = createRequire(__filename);
const RUNTIME = join(dirname(load.resolve('aws-cdk-lib/package.json')), 'custom-resources', 'lib', 'provider-framework', 'runtime');

const IS_COMPLETE = 'is-complete';

/** The average cost of waiting for a job with the provider framework. */
export interface FrameworkCost {
  readonly invocations: number;
  readonly transitions: number;
  readonly calls: number;
}

/**
 * Runs the handlers of aws-cdk-lib's provider framework for jobs of the specified lengths, in virtual time. Its state machine
 * polls by the retries of one task, at a constant interval. A job ends anywhere in it, so the average delay of the response is
 * half of it.
 */
export async function pollWithProviderFramework(lengths: readonly number[], meanDelay: number): Promise<FrameworkCost> {
  const costs: FrameworkCost[] = [];
  for (const length of lengths) costs.push(await poll(length, Math.max(1, 2 * meanDelay)));
  return {
    invocations: mean(costs.map(({ invocations }) => invocations)),
    transitions: mean(costs.map(({ transitions }) => transitions)),
    calls: mean(costs.map(({ calls }) => calls)),
  };
}

async function poll(length: number, interval: number): Promise<FrameworkCost> {
  let [now, invocations, transitions, calls] = [0, 0, 0, 0];
  let started: string | undefined;
  let answered = false;
  Object.assign(process.env, {
    USER_ON_EVENT_FUNCTION_ARN: 'on-event', USER_IS_COMPLETE_FUNCTION_ARN: IS_COMPLETE, WAITER_STATE_MACHINE_ARN: 'waiter',
  });
  // Its calls of Lambda, Step Functions and CloudFormation use one object, which its own tests replace, too.
  Object.assign(load(join(RUNTIME, 'outbound.js')), {
    startExecution: async ({ input }: { input: string }) => { started = input; },
    httpRequest: async () => { answered = true; },
    invokeFunction: async ({ FunctionName }: { FunctionName: string }) => {
      invocations++;
      // The user's handlers start the job and describe it.
      calls++;
      const answer = FunctionName === IS_COMPLETE ? { IsComplete: now >= length } : { PhysicalResourceId: 'job' };
      return { Payload: Buffer.from(JSON.stringify(answer)) };
    },
  });
  const { onEvent, isComplete } = load(join(RUNTIME, 'framework.js'));
  await quietly(async () => {
    invocations++;
    await onEvent({ RequestType: 'Create', ResponseURL: 'https://localhost/answer', StackId: 's', RequestId: 'r', LogicalResourceId: 'l', ResourceProperties: {} });
    for (; !answered; now += interval) {
      invocations++;
      transitions++;
      await isComplete(JSON.parse(started!)).catch((error: Error) => {
        if (error.name !== 'Error' && error.constructor.name !== 'Retry') throw error;
      });
    }
  });
  return { invocations, transitions, calls };
}

/** Runs an action without the framework's logs of every event. */
async function quietly(action: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await action();
  } finally {
    console.log = log;
  }
}
