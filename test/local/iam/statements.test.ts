import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { ChurnStack } from '../../../examples/training-job/stack';
import { LocalCloud } from '../../../local/cloud';
import { GIVEN_RESOURCES } from '../../fixtures/given-resources';
import { assemblyWithoutStatement, policyStatementsOf, templateIn } from '../../fixtures/policy-statements';
import { makeJobsQuick } from '../../fixtures/quick-jobs';

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

interface Life {
  /** How the creation, the change and the end of the stack went. A creation that has failed is the last of them. */
  readonly statuses: readonly string[];
  /** Why resources have failed, first things first. */
  readonly reasons: readonly string[];
  /** What the function has logged. */
  readonly logs: readonly string[];
}

const WHOLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_COMPLETE'];

/**
 * Lets the example live without the statement of its provider that holds an action.
 *
 * @param change What happens as soon as the change has its job, which is not quick then
 */
async function lifeWithout(action?: string, change?: (cloud: LocalCloud) => void): Promise<Life> {
  const cloud = await LocalCloud.start({ given: GIVEN_RESOURCES, region: 'eu-west-1', startAt: new Date('2026-01-01T00:00:00Z') });
  if (!change) makeJobsQuick(cloud);
  const edited = (assembly: string) => action === undefined
    ? assembly
    : assemblyWithoutStatement(assembly, 'Churn', statementOn(action), mkdtempSync(join(directory, 'without-')));
  try {
    const results = [await cloud.deploy(edited(assemblies[0]), 'Churn', { disableRollback: true })];
    if (results[0].status === 'CREATE_COMPLETE') {
      if (change) cloud.sagemaker.once('transition', () => change(cloud));
      results.push(await cloud.deploy(edited(assemblies[1]), 'Churn'), (await cloud.destroy('Churn'))!);
    }
    return {
      statuses: results.map(({ status }) => status),
      reasons: results.flatMap(({ events }) => events)
        .flatMap(({ resourceStatus, resourceStatusReason = '' }) => resourceStatus.endsWith('_FAILED') ? [resourceStatusReason] : []),
      logs: cloud.functions.allLogs(),
    };
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
    'states:StopExecution',
    'sagemaker:AddTags',
    'sagemaker:DescribeTrainingJob',
    'sagemaker:ListTrainingJobs',
    'sagemaker:StopTrainingJob',
    'sagemaker:CreateTrainingJob',
    'logs:DescribeLogStreams',
    'logs:GetLogEvents',
    'iam:PassRole',
  ]);
  const { statuses, reasons, logs } = await lifeWithout();
  expect({ statuses, reasons }).toEqual({ statuses: WHOLE, reasons: [] });
  expect(logs).not.toEqual([]);
});

const denied = (action: string) => new RegExp(`not authorized to perform: ${action} on resource: \\S+ because no identity-based policy allows`);

test.each<[string, string, RegExp]>([
  ['logs:CreateLogDelivery', 'Step Functions does not take the state machine', /The state machine IAM Role is not authorized to access the Log Destination/],
  // A function that may not start an execution tries again for seconds of real time: the policy may be too new.
  ['states:StartExecution', 'the function cannot take the event', denied('states:StartExecution')],
  ['lambda:InvokeFunction', 'the state machine does nothing, and nobody answers CloudFormation', /did not receive a response from your Custom Resource/],
  ['sagemaker:DescribeTrainingJob', 'the function cannot look whether there is a job', denied('sagemaker:DescribeTrainingJob')],
  ['sagemaker:CreateTrainingJob', 'no job is started', denied('sagemaker:CreateTrainingJob')],
  ['sagemaker:AddTags', 'no job with tags is started', denied('sagemaker:AddTags')],
  ['iam:PassRole', 'no job is given its role', denied('iam:PassRole')],
])('without the statement on %s %s: the stack is not created', async (action, _step, reason) => {
  const { statuses, reasons } = await lifeWithout(action);
  expect(statuses).toEqual(['CREATE_FAILED']);
  expect(reasons).toContainEqual(expect.stringMatching(reason));
});

test('without the statement on sagemaker:StopTrainingJob, which also allows to delete jobs, the stack cannot be deleted', async () => {
  const { statuses, reasons } = await lifeWithout('sagemaker:StopTrainingJob');
  expect(statuses).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_FAILED']);
  expect(reasons[0]).toMatch(denied('sagemaker:DeleteTrainingJob'));
});

test('without the statement on states:StopExecution an update that is cancelled cannot be rolled back: its event is still worked on', async () => {
  const cancel = (cloud: LocalCloud) => cloud.cloudFormation.cancelUpdate('Churn');
  expect((await lifeWithout(undefined, cancel)).statuses).toEqual(['CREATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);
  const { statuses, reasons } = await lifeWithout('states:StopExecution', cancel);
  expect(statuses.slice(0, 2)).toEqual(['CREATE_COMPLETE', 'UPDATE_ROLLBACK_FAILED']);
  expect(reasons).toContainEqual(expect.stringMatching(denied('states:StopExecution')));
});

test('without the statement on sagemaker:ListTrainingJobs the first job is started, a change is not, and the stack cannot be deleted: earlier jobs are not found', async () => {
  const { statuses, reasons } = await lifeWithout('sagemaker:ListTrainingJobs');
  expect(statuses).toEqual(['CREATE_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED']);
  expect(reasons).toContainEqual(expect.stringMatching(denied('sagemaker:ListTrainingJobs')));
});

test('without the statement on logs:CreateLogStream the function has no log, and all else goes well', async () => {
  const { statuses, logs } = await lifeWithout('logs:CreateLogStream');
  expect({ statuses, logs }).toEqual({ statuses: WHOLE, logs: [] });
});
