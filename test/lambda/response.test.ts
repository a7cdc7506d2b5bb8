import { LONGEST_EVENT as event } from './longest-event';
import { responseBody } from '../../lambda/respond';

const physicalId = 'n'.repeat(63);

test('a response names the event that it answers', () => {
  expect(JSON.parse(responseBody(event, { status: 'FAILED', physicalId, reason: 'because' }))).toEqual({
    Status: 'FAILED',
    Reason: 'because',
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
});

test('a response keeps the beginning and the end of a reason that is too long', () => {
  const body = responseBody(event, { status: 'FAILED', physicalId, reason: `first ${'ü'.repeat(5000)} last` });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  expect(JSON.parse(body).Reason).toMatch(/^first ü+ … ü+ last$/);
});

test('a response gives the attributes, and no reason where there is none', () => {
  expect(JSON.parse(responseBody(event, { status: 'SUCCESS', physicalId, attributes: { TrainingJobName: 'job' } }))).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: physicalId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: { TrainingJobName: 'job' },
  });
});

test.each([1499, 1500])('a reason of %i bytes is told in full', (length) => {
  const reason = 'r'.repeat(length);
  expect(JSON.parse(responseBody(event, { status: 'FAILED', physicalId, reason })).Reason).toBe(reason);
});

test('of a reason that is too long most of what fits is kept, a third of that from its end', () => {
  const reason = Array.from({ length: 1000 }, (_, index) => `word${index}`).join(' ');
  const { Reason } = JSON.parse(responseBody(event, { status: 'FAILED', physicalId, reason }));
  const [head, tail] = Reason.split(' … ');
  expect(Buffer.byteLength(Reason)).toBeGreaterThan(1200);
  expect(Buffer.byteLength(Reason)).toBeLessThanOrEqual(1500);
  expect(reason.startsWith(head)).toBe(true);
  expect(reason.endsWith(tail)).toBe(true);
  expect(tail).toHaveLength(500);
});

test('a response that would be too long is left without its attributes, and tells a shorter reason', () => {
  const answer = { status: 'FAILED', physicalId, reason: 'r'.repeat(1400), attributes: { Url: 'u'.repeat(2600) } } as const;
  const response = JSON.parse(responseBody(event, answer));
  expect(response).not.toHaveProperty('Data');
  expect(response.Reason).toMatch(/^r+ … r+$/);
  expect(response.Reason.length).toBeLessThanOrEqual(400);
  expect(JSON.parse(responseBody(event, { ...answer, status: 'SUCCESS', reason: undefined, attributes: { Url: 'u'.repeat(4000) } }))).toEqual({
    Status: 'SUCCESS', PhysicalResourceId: physicalId, StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
  });
});

test('a response takes as many bytes as CloudFormation takes', () => {
  const rest = Buffer.byteLength(responseBody(event, { status: 'SUCCESS', physicalId, attributes: { Url: '' } }));
  const body = responseBody(event, { status: 'SUCCESS', physicalId, attributes: { Url: 'u'.repeat(4096 - rest) } });
  expect(Buffer.byteLength(body)).toBe(4096);
  expect(JSON.parse(body).Data.Url).toHaveLength(4096 - rest);
});
