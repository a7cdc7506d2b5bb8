import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ChurnStack } from '../../../examples/training-job/stack';
import { LocalCloud } from '../../../local/cloud';
import { assemblyWithoutStatement, type PolicyStatement, policyStatementsOf, templateIn } from '../../fixtures/policy-statements';

let directory: string;
/** The example, and a change of it that trains again. */
let assemblies: string[];
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'statements-'));
  assemblies = [6, 8].map((maxDepth) => {
    const app = new App({ outdir: mkdtempSync(join(directory, 'cdk.out-')) });
    new ChurnStack(app, 'Churn', { maxDepth, env: { region: 'eu-west-1' } });
    return app.synth().directory;
  });
});
afterAll(() => rmSync(directory, { recursive: true }));

const statements = () => policyStatementsOf(templateIn(assemblies[0], 'Churn'), 'SageMakerJobProvider');
const statementOn = (action: string) => statements().find(({ actions }) => actions.includes(action))!;

/** How the creation, the change and the end of the stack go. */
async function lifeWithout(statement?: PolicyStatement): Promise<string[]> {
  const cloud = await LocalCloud.start({ region: 'eu-west-1', startAt: new Date('2026-01-01T00:00:00Z') });
  try {
    const edited = (assembly: string) => statement
      ? assemblyWithoutStatement(assembly, 'Churn', statement, mkdtempSync(join(directory, 'without-')))
      : assembly;
    const statuses = [];
    for (const assembly of assemblies) statuses.push((await cloud.deploy(edited(assembly), 'Churn')).status);
    return [...statuses, (await cloud.destroy('Churn'))!.status];
  } finally {
    await cloud.stop();
  }
}

test('the provider of the example has these statements, and with all of them the example lives', async () => {
  expect(statements().map(({ actions }) => actions[0])).toEqual([
    'logs:CreateLogDelivery',
    'lambda:InvokeFunction',
    'logs:CreateLogStream',
    'states:StartExecution',
    'states:DescribeExecution',
    'sagemaker:AddTags',
    'sagemaker:DescribeTrainingJob',
    'sagemaker:StopTrainingJob',
    'sagemaker:CreateTrainingJob',
    'iam:PassRole',
  ]);
  expect(await lifeWithout()).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE']);
});

// Without states:StartExecution the function waits in real time before it gives up: see `enforcement`.
test.each([
  ['lambda:InvokeFunction'],
  ['sagemaker:DescribeTrainingJob'],
  ['sagemaker:CreateTrainingJob'],
  ['sagemaker:AddTags'],
  ['iam:PassRole'],
])('without the statement on %s the stack is not created', async (action) => {
  const [created] = await lifeWithout(statementOn(action));
  expect(created).toMatch(/^ROLLBACK_/);
});

test('without the statement on sagemaker:StopTrainingJob, which also allows to delete jobs, the stack cannot be deleted', async () => {
  expect(await lifeWithout(statementOn('sagemaker:StopTrainingJob'))).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_FAILED']);
});

test.each([
  // Only an event that comes while another one is still worked on needs it.
  ['states:DescribeExecution'],
  // Logs of functions and state machines are kept without asking whether their roles may write them.
  ['logs:CreateLogDelivery'],
  ['logs:CreateLogStream'],
])('nothing in this life of the stack needs the statement on %s', async (action) => {
  expect(await lifeWithout(statementOn(action))).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE']);
});
