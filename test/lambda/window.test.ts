import { described, event, first, notFound, owned, play, Script } from './script';

test('a status word that the handler does not know is an error that names it, and the job is stopped first', async () => {
  let status = 'Hibernating';
  let exists = false;
  const script = new Script((operation) => {
    if (operation === 'CreateTrainingJob') exists = true;
    if (operation === 'StopTrainingJob') status = 'Stopped';
    if (operation === 'ListTags') return owned({ 'request-id': 'request-1' });
    return operation === 'DescribeTrainingJob' && exists ? described(status) : operation === 'DescribeTrainingJob' ? notFound() : {};
  });
  await play(script, first());
  expect(script.operations()).toContain('StopTrainingJob');
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining("has the status 'Hibernating', which this handler version does not support") })]);
});

test('a job that another principal deletes while it is waited for is a failure that says so', async () => {
  const script = new Script(notFound);
  await play(script, { ...first(), memo: { sentAt: 0, jobName: 's-train-1', trackedSince: 0 } });
  expect(script.responses[0].Reason).toBe("Training job 's-train-1' no longer exists: another principal deleted it.");
});

test('the number of looks at a job of an hour stays small', async () => {
  let exists = false;
  const script = new Script((operation) => {
    if (operation === 'CreateTrainingJob') exists = true;
    return operation === 'DescribeTrainingJob' && exists ? described(script.time < 3000_000 ? 'InProgress' : 'Completed') : operation === 'DescribeTrainingJob' ? notFound() : owned();
  });
  await play(script, first({ ResourceProperties: { ...event().ResourceProperties, Wait: { Seconds: '3300' } } }));
  expect(script.operations().filter((operation) => operation === 'DescribeTrainingJob').length).toBeLessThan(140);
  expect(script.time - 3000_000).toBeLessThanOrEqual(30_000);
});
