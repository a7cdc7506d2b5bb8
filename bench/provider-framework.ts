import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { mean } from './measure';

/** Its runtime is plain JavaScript without types. */
const load = createRequire(__filename);
const RUNTIME = join(dirname(load.resolve('aws-cdk-lib/package.json')), 'custom-resources', 'lib', 'provider-framework', 'runtime');

const IS_COMPLETE = 'is-complete';

/** What it takes the provider framework to wait for a job, on average. */
export interface FrameworkCost {
  readonly invocations: number;
  readonly transitions: number;
  readonly calls: number;
}

/**
 * Runs the handlers of aws-cdk-lib's provider framework for jobs of given lengths, in virtual time. Its state machine polls
 * by the retries of one task, at an interval that never changes; a job ends anywhere in it, so on average the answer is
 * half of it late.
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
  // Its calls of Lambda, Step Functions and CloudFormation go through one object, which its own tests replace as well.
  Object.assign(load(join(RUNTIME, 'outbound.js')), {
    startExecution: async ({ input }: { input: string }) => { started = input; },
    httpRequest: async () => { answered = true; },
    invokeFunction: async ({ FunctionName }: { FunctionName: string }) => {
      invocations++;
      // The user's handlers start the job, and look at it.
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

/** The framework logs every event. */
async function quietly(action: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await action();
  } finally {
    console.log = log;
  }
}
