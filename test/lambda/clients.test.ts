import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import { NormalizedSchema } from '@smithy/core/schema';
import { bindServices } from '../../lambda/clients';
import { HANDLED_KINDS } from '../../lambda/handled-kinds';
import type { Services } from '../../lambda/handler-services';

const NOTEBOOK_OPERATIONS = ['DescribeNotebookInstance', 'UpdateNotebookInstance', 'StartNotebookInstance', 'StopNotebookInstance'];
const OPERATIONS = [
  ...new Set(Object.values(HANDLED_KINDS).flatMap(({ operations }) => Object.values(operations))),
  ...NOTEBOOK_OPERATIONS, 'ListTrainingJobsForHyperParameterTuningJob', 'AddTags', 'DeleteTags', 'ListTags',
];

const environment = { ...process.env };
let server: Server;
let targets: unknown[];
let sent: string[];
let statusCode: number;
let body: string;
let services: Services;

beforeEach(async () => {
  [targets, sent, statusCode, body] = [[], [], 200, '{"Tags":[{"Key":"a","Value":"1"}]}'];
  server = createServer((request, response) => {
    targets.push(request.headers['x-amz-target']);
    request.setEncoding('utf8').on('data', (part: string) => sent.push(part)).on('end', () => response.writeHead(statusCode).end(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:111122223333:stateMachine:m',
  });
  services = bindServices();
});

afterEach(() => {
  server.close();
  server.closeAllConnections();
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
});

test('every operation that the handler calls is called under its name', async () => {
  for (const operation of OPERATIONS) await services.sageMaker.call(operation, {});
  expect(targets).toEqual(OPERATIONS.map((operation) => `SageMaker.${operation}`));
});

test('the response of the service is returned', async () => {
  expect(await services.sageMaker.call('ListTags', { ResourceArn: 'arn' })).toMatchObject({ Tags: [{ Key: 'a', Value: '1' }] });
});

test('a response of the service has times as dates, and no members without a value', async () => {
  body = '{"CreationTime":1767225600.5,"FailureReason":null,"TrainingTimeInSeconds":7,"SecondaryStatusTransitions":[{"StartTime":1767225600}]}';
  expect(await services.sageMaker.call('DescribeTrainingJob', {})).toEqual({
    CreationTime: new Date('2026-01-01T00:00:00.500Z'),
    TrainingTimeInSeconds: 7,
    SecondaryStatusTransitions: [{ StartTime: new Date('2026-01-01T00:00:00Z') }],
  });
});

/** The kind of each scalar member of a schema by its name: whether it is a time, a number, or neither. */
function kindsOf(schema: NormalizedSchema, seen: readonly unknown[] = []): (readonly [name: string, isTime: boolean, isNumber: boolean])[] {
  if (schema.isListSchema() || schema.isMapSchema()) return kindsOf(schema.getValueSchema(), seen);
  if (!schema.isStructSchema() || seen.includes(schema.getName())) return [];
  return [...schema.structIterator()].flatMap(([name, member]) => [
    [name, member.isTimestampSchema(), member.isNumericSchema()] as const,
    ...kindsOf(member, [...seen, schema.getName()]),
  ]);
}

test.each(OPERATIONS)('exactly the times in the response of %s have names that end with Time or Timestamp', (operation) => {
  const [, , , , , output] = (sagemaker as unknown as Record<string, [0, string, string, 0, unknown, unknown]>)[`${operation}$`];
  const kinds = kindsOf(NormalizedSchema.of(output as Parameters<typeof NormalizedSchema.of>[0]));
  expect(kinds.filter(([name, isTime, isNumber]) => (isTime || isNumber) && isTime !== /Time(stamp)?$/.test(name))).toEqual([]);
});

test('a rejection has the name and the message of the service, whatever the case of the member', async () => {
  [statusCode, body] = [400, '{"__type":"ResourceInUse","Message":"in use"}'];
  await expect(services.sageMaker.call('CreateTrainingJob', {})).rejects.toMatchObject({ name: 'ResourceInUse', message: 'in use' });
});

test('a call that fails is not made again by the client', async () => {
  statusCode = 500;
  await expect(services.sageMaker.call('ListTags', { ResourceArn: 'arn' })).rejects.toThrow();
  expect(targets).toHaveLength(1);
});

test('each network interface of a security group is returned once, also if it has several addresses', async () => {
  body = ['eni-1', 'eni-2', 'eni-1'].map((id) => `<item><networkInterfaceId>${id}</networkInterfaceId></item>`).join('');
  expect(await services.networkInterfacesOf('sg-1')).toEqual(['eni-1', 'eni-2']);
  expect(sent).toEqual(['Action=DescribeNetworkInterfaces&Version=2016-11-15&Filter.1.Name=group-id&Filter.1.Value.1=sg-1']);
});

test.each([
  ['<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>too many</Message></Error></Errors></Response>', 'RequestLimitExceeded', 'too many'],
  ['no XML', 'Unknown', 'Unknown'],
])('a rejection by EC2 has its name and its message: %s', async (rejection, name, message) => {
  [statusCode, body] = [503, rejection];
  await expect(services.networkInterfacesOf('sg-1')).rejects.toMatchObject({ name, message });
});

test('executions are those of the state machine in the environment', async () => {
  await services.executions.start('e1', {});
  expect(targets).toEqual(['AWSStepFunctions.StartExecution']);
});

test('an invocation can run for the timeout of the environment, or the default, and the ten seconds in which Lambda initializes the function', () => {
  expect(services.functionTimeout).toBe(70);
  process.env.TIMEOUT_SECONDS = '120';
  expect(bindServices().functionTimeout).toBe(130);
});

test('the region and the time are those of the machine', () => {
  expect(services.region).toBe('eu-west-1');
  const before = services.now();
  expect(before).toBeLessThanOrEqual(Date.now());
  expect(services.now()).toBeGreaterThanOrEqual(before);
});
