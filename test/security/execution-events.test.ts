import { Duration, type Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { executionStatusEvent } from '../../local/events/execution-status-event';
import { JobProviders, TrainingJob } from '../../src';
import { World } from '../deploy/world';
import { LEAST } from '../fixtures/training-jobs';

/** Deploys a job, and returns what the events about executions on the default event bus contain, by status. */
async function eventsOf(configure: (stack: Stack) => void = () => {}): Promise<{ [status: string]: { input: any; output: any } }> {
  const world = await World.start();
  const events: { [status: string]: { input: any; output: any } } = {};
  try {
    const { clock, stateMachines } = world.cloud;
    stateMachines.on('status', (execution) => {
      const { detail } = executionStatusEvent(execution, clock.now()) as { detail: any };
      if (String(detail.name).startsWith('Job')) events[detail.status] = { input: JSON.parse(detail.input), output: JSON.parse(detail.output) };
    });
    const result = await world.deploy((stack) => {
      configure(stack);
      new TrainingJob(stack, 'Job', { ...LEAST, hyperParameters: { depth: '3' }, waitTimeout: Duration.minutes(30) });
    });
    expect(result.status).toBe('CREATE_COMPLETE');
    // The execution ends after its response.
    await clock.advance(5000);
  } finally {
    await world.stop();
  }
  return events;
}

test('events about an ended execution contain neither the request nor the response URL as its output', async () => {
  const { RUNNING, SUCCEEDED } = await eventsOf();
  // The input is required until the execution has responded.
  expect(RUNNING.input.event).toMatchObject({ ResponseURL: expect.any(String), ResourceProperties: { Request: { HyperParameters: { depth: '3' } } } });
  expect(SUCCEEDED.output).toBe(true);
});

test('events about executions contain no data with a key of the organization', async () => {
  const events = await eventsOf((stack) => JobProviders.of(stack).configure({ encryptionKey: new kms.Key(stack, 'Key') }));
  expect(events).toEqual({ RUNNING: { input: null, output: null }, SUCCEEDED: { input: null, output: null } });
});
