import { advance } from '../../lambda/advance';
import { checkRequest } from '../../lambda/checks';
import type { CloudFormationEvent } from '../../lambda/events';
import { KINDS } from '../../lambda/kinds';
import { requestHash } from '../../lambda/naming';
import type { Services } from '../../lambda/services';
import { type JobProperties, OWNER_TAG } from '../../src/private/contract';

const KEY = 'AKIAIOSFODNN7EXAMPLE';

test('keys are refused wherever others can read them, all at once and without their values', () => {
  const request = {
    HyperParameters: { id: KEY, depth: '5' },
    Environment: { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', LEVEL: 'info' },
    Tags: [{ Key: 'team', Value: 'vision' }, { Key: 'key', Value: `ghp_${'a'.repeat(36)}` }],
    TrainingJobDefinitions: [{}, { StaticHyperParameters: { pem: '-----BEGIN PRIVATE KEY-----' } }],
  };
  expect(() => checkRequest(request)).toThrow(
    /^HyperParameters\.id, Environment\.AWS_SECRET_ACCESS_KEY, Tags\[1\], TrainingJobDefinitions\[1\]\.StaticHyperParameters\.pem must not hold [^:]*$/);
});

test.each([
  { HyperParameters: { checksum: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', password: 'hunter2' } },
  { InputDataConfig: [{ ChannelName: 'train', ContentType: KEY }] },
  { DebugHookConfig: { HookParameters: { Environment: KEY } }, Tags: [] },
  {},
])('what may be right passes: %j', (request) => {
  expect(() => checkRequest(request)).not.toThrow();
});

test('a job that is there already is gone on with, whatever its request holds', async () => {
  // given
  const request = (team: string) => ({ HyperParameters: { id: KEY }, Tags: [{ Key: 'team', Value: team }] });
  const properties = (team: string) => ({ Request: request(team), NamePrefix: 's-train', Wait: { Seconds: '600' } });
  const owner = { stackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/s/1', logicalId: 'Train' };
  const hash = requestHash(KINDS.trainingJob, owner, properties('vision') as JobProperties);
  const name = `s-train-${hash}`;
  const tags = { [OWNER_TAG.stack]: owner.stackId, [OWNER_TAG.resource]: owner.logicalId, [OWNER_TAG.hash]: hash };
  const event: CloudFormationEvent = {
    RequestType: 'Update',
    RequestId: 'request-2',
    ResponseURL: 'https://example.com/secret',
    ResourceType: 'Custom::SageMakerTrainingJob',
    StackId: owner.stackId,
    LogicalResourceId: owner.logicalId,
    PhysicalResourceId: name,
    ResourceProperties: properties('speech'),
    OldResourceProperties: properties('vision'),
  };
  const operations: string[] = [];
  const responses: string[] = [];
  let now = 0;
  const services: Services = {
    sageMaker: {
      async call(operation, { TrainingJobName }) {
        operations.push(operation);
        if (operation === 'ListTags') return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
        if (operation !== 'DescribeTrainingJob') return {};
        if (TrainingJobName !== name) throw Object.assign(new Error('Requested resource not found.'), { name: 'ValidationException' });
        return { TrainingJobArn: 'arn', TrainingJobStatus: 'Completed' };
      },
    },
    executions: { start: async () => undefined, running: async () => [], since: async () => [], stop: async () => undefined },
    respond: async (_url, body) => { responses.push(JSON.parse(body).Status); },
    now: () => now,
    pause: async () => undefined,
    functionTimeout: 60,
    region: 'eu-west-1',
  };

  // when
  let step = await advance({ event, memo: { sentAt: 0 } }, services);
  while (!step.done) {
    now += step.wait! * 1000;
    step = await advance(step, services);
  }

  // then
  expect(responses).toEqual(['SUCCESS']);
  expect(operations).toContain('AddTags');
  expect(operations).not.toContain('CreateTrainingJob');
});
