import { described, first, notFound, owned, play, Script } from './script';

test('what the function may not do yet, because its policy is new, is tried again; what it may not do for long is an error', async () => {
  for (const [seconds, status] of [[60, 'SUCCESS'], [600, 'FAILED']] as const) {
    let exists = false;
    const script: Script = new Script((operation) => {
      if (script.time < seconds * 1000) throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
      if (operation === 'CreateTrainingJob') exists = true;
      if (operation === 'DescribeTrainingJob' && !exists) return notFound();
      return operation === 'ListTags' ? owned() : described('Completed');
    });
    await play(script, first());
    expect(script.responses).toEqual([expect.objectContaining({ Status: status })]);
    expect(script.time).toBeLessThan(200_000);
  }
});

test('a job that is not to be seen for some seconds after its creation is waited for', async () => {
  const script: Script = new Script((operation) => {
    if (operation !== 'DescribeTrainingJob') return operation === 'ListTags' ? owned() : {};
    return script.operations().includes('CreateTrainingJob') && script.time > 20_000 ? described('Completed') : notFound();
  });
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'SUCCESS' })]);
  expect(script.operations().filter((operation) => operation === 'CreateTrainingJob')).toHaveLength(1);
});

test.each([
  ['every second call', (count: number) => count % 2 === 0, 'SUCCESS'],
  ['every call', () => true, 'FAILED'],
])('a service that throttles %s is called again in the same step, and not for ever', async (_which, throttles, status) => {
  let [count, exists] = [0, false];
  const script = new Script((operation) => {
    if (throttles(++count)) throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    if (operation === 'CreateTrainingJob') exists = true;
    if (operation === 'DescribeTrainingJob') return exists ? described('Completed') : notFound();
    return {};
  });
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: status })]);
  expect(count).toBeLessThan(200);
});

test('a service that cannot be reached is answered for before CloudFormation gives up', async () => {
  const script = new Script(() => { throw Object.assign(new Error('try later'), { name: 'ServiceUnavailable' }); });
  await play(script, first());
  expect(script.responses).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringContaining('SageMaker could not be reached in time. ServiceUnavailable: try later') })]);
  expect(script.time).toBeLessThan(3600_000);
});
