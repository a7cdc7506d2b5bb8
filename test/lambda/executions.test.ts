import { bindExecutions } from '../../lambda/executions';
import type { StepFunctions } from '../../lambda/step-functions';

const ARN = 'arn:aws:states:eu-west-1:111122223333:stateMachine:m';

/** Step Functions with executions, newest first, two in a page. */
function stepFunctions(executions: { name: string; startDate: number; status?: string }[], calls: object[] = []): StepFunctions {
  return {
    call: async (operation: string, input: { statusFilter?: string; nextToken?: string }) => {
      calls.push({ operation, ...input });
      const matching = executions.filter(({ status }) => input.statusFilter === undefined || status === input.statusFilter);
      const from = Number(input.nextToken ?? 0);
      return { executions: matching.slice(from, from + 2), ...from + 2 < matching.length ? { nextToken: String(from + 2) } : {} };
    },
  } as unknown as StepFunctions;
}

const RECORD = [5, 4, 3, 2, 1].map((startDate) => ({ name: `e${startDate}`, startDate, status: startDate % 2 === 0 ? 'SUCCEEDED' : 'RUNNING' }));

test('the executions that run are listed from all pages', async () => {
  expect(await bindExecutions(stepFunctions(RECORD), ARN).running()).toEqual(['e5', 'e3', 'e1']);
});

test('the executions since a time are listed whether they run or not, and no page is read that holds none of them', async () => {
  const calls: object[] = [];
  expect(await bindExecutions(stepFunctions(RECORD, calls), ARN).since(3000)).toEqual(['e5', 'e4', 'e3']);
  expect(calls).toHaveLength(2);
});

test('an execution is stopped by its name', async () => {
  const calls: object[] = [];
  await bindExecutions(stepFunctions([], calls), ARN).stop('e1');
  expect(calls).toMatchObject([{ operation: 'StopExecution', executionArn: 'arn:aws:states:eu-west-1:111122223333:execution:m:e1' }]);
});

test('an execution that was started before is started no second time, and that is no error', async () => {
  const taken = { call: async () => { throw Object.assign(new Error('taken'), { name: 'ExecutionAlreadyExists' }); } } as unknown as StepFunctions;
  await expect(bindExecutions(taken, ARN).start('e1', {})).resolves.toBeUndefined();
});
