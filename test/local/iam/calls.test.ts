import { ACCOUNT, arn, iamWith, policy, REGION, roleArn } from './setup';
import { authorizeCalls, type PolicyDocument } from '../../../local/iam';
import type { Statement } from '../../../local/iam/policy';

type Input = Parameters<ReturnType<typeof authorizeCalls>>[3];

/** What a function is answered, by the policy of its role. */
async function answer(
  document: PolicyDocument, operation: string, input: Input, { service = 'sagemaker', caller = 'FUNCTION', tags = {}, key = 'key-1' } = {},
) {
  const iam = await iamWith({ roleArn: roleArn('function'), policies: [document] });
  const notebook = { name: 'lab', settings: { RoleArn: roleArn('lab'), SubnetId: 'subnet-1', KmsKeyId: key } };
  const authorize = authorizeCalls({
    iam,
    region: REGION,
    account: ACCOUNT,
    principalOf: (accessKeyId) => accessKeyId === 'FUNCTION'
      ? { account: ACCOUNT, arn: '', session: { sessionName: 'handler', roleArn: roleArn('function') }, isOpenedByAdministrator: false }
      : { account: ACCOUNT, arn: '', isOpenedByAdministrator: true },
    sagemaker: { tagsOf: () => new Map(Object.entries(tags)), notebooks: { all: () => [notebook] } as never },
  });
  return authorize(caller, service, operation, input, REGION);
}

const TAGS = [{ Key: 'team', Value: 'churn' }];
const train = { TrainingJobName: 'Churn-1', RoleArn: roleArn('job') };
const trainArn = arn('training-job/churn-1');
const create: Partial<Statement> = { Action: 'sagemaker:CreateTrainingJob', Resource: trainArn };
const pass: Partial<Statement> = { Action: 'iam:PassRole', Resource: roleArn('job') };

test('a call that no policy allows is denied in the words of AWS', async () => {
  expect(await answer(policy(), 'CreateTrainingJob', train)).toMatchObject({
    code: 'AccessDeniedException',
    statusCode: 400,
    message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/function/handler is not authorized to perform: sagemaker:CreateTrainingJob on resource: ${trainArn} `
      + 'because no identity-based policy allows the sagemaker:CreateTrainingJob action',
  });
});

test('an explicit denial is told as such', async () => {
  const denied = await answer(policy(create, pass, { Effect: 'Deny', Action: 'sagemaker:*', Resource: '*' }), 'CreateTrainingJob', train);
  expect(denied!.message).toMatch(/on resource: .* with an explicit deny in an identity-based policy$/);
});

test('whoever is no function may do everything', async () => {
  expect(await answer(policy(), 'CreateTrainingJob', train, { caller: 'PERSON' })).toBeUndefined();
});

test.each([
  ['sagemaker', 'DescribePipeline'], ['states', 'CreateStateMachine'], ['sqs', 'SendMessage'],
])('a call that nobody knows the permissions of is denied, whatever is allowed: %s %s', async (service, operation) => {
  const denied = await answer(policy({ Action: '*', Resource: '*' }), operation, {}, { service });
  expect(denied).toMatchObject({ code: 'AccessDeniedException', message: `The local cloud does not know the permissions that ${service}:${operation} requires.` });
});

test.each<[string, string, Input, string, string]>([
  ['sagemaker', 'DescribeTrainingJob', { TrainingJobName: 'Churn-1' }, 'sagemaker:DescribeTrainingJob', trainArn],
  ['sagemaker', 'UpdateTrainingJob', { TrainingJobName: 'a' }, 'sagemaker:UpdateTrainingJob', arn('training-job/a')],
  ['sagemaker', 'StopHyperParameterTuningJob', { HyperParameterTuningJobName: 'a' }, 'sagemaker:StopHyperParameterTuningJob', arn('hyper-parameter-tuning-job/a')],
  ['sagemaker', 'ListTrainingJobsForHyperParameterTuningJob', { HyperParameterTuningJobName: 'a' }, 'sagemaker:ListTrainingJobsForHyperParameterTuningJob', arn('hyper-parameter-tuning-job/a')],
  ['sagemaker', 'DeleteCompilationJob', { CompilationJobName: 'a' }, 'sagemaker:DeleteCompilationJob', arn('compilation-job/a')],
  ['sagemaker', 'StopNotebookInstance', { NotebookInstanceName: 'a' }, 'sagemaker:StopNotebookInstance', arn('notebook-instance/a')],
  ['sagemaker', 'DescribeNotebookInstanceLifecycleConfig', { NotebookInstanceLifecycleConfigName: 'a' }, 'sagemaker:DescribeNotebookInstanceLifecycleConfig', arn('notebook-instance-lifecycle-config/a')],
  ['sagemaker', 'ListTags', { ResourceArn: trainArn }, 'sagemaker:ListTags', trainArn],
  ['sagemaker', 'ListTrainingJobs', {}, 'sagemaker:ListTrainingJobs', '*'],
  ['states', 'StartExecution', { stateMachineArn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:m` }, 'states:StartExecution', `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:m`],
  ['states', 'StopExecution', { executionArn: `arn:aws:states:${REGION}:${ACCOUNT}:execution:m:e` }, 'states:StopExecution', `arn:aws:states:${REGION}:${ACCOUNT}:execution:m:e`],
  ['ssm', 'PutParameter', { Name: '/cdk/exports/a' }, 'ssm:PutParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/cdk/exports/a`],
  ['ssm', 'GetParameter', { Name: 'model:2' }, 'ssm:GetParameter', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/model`],
  ['ssm', 'DeleteParameters', { Names: ['/cdk/exports/a'] }, 'ssm:DeleteParameters', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/cdk/exports/a`],
  ['ssm', 'AddTagsToResource', { ResourceId: '/cdk/exports/a' }, 'ssm:AddTagsToResource', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/cdk/exports/a`],
  ['ssm', 'GetParametersByPath', { Path: '/cdk/exports' }, 'ssm:GetParametersByPath', `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/cdk/exports`],
  ['ssm', 'DescribeParameters', {}, 'ssm:DescribeParameters', '*'],
])('%s %s needs the action on its resource', async (service, operation, input, action, resource) => {
  expect((await answer(policy(), operation, input, { service }))!.message).toContain(`perform: ${action} on resource: ${resource} because`);
  expect(await answer(policy({ Action: action, Resource: resource }), operation, input, { service })).toBeUndefined();
});

test('who creates a job passes its role, to SageMaker', async () => {
  expect((await answer(policy(create), 'CreateTrainingJob', train))!.message).toContain(`perform: iam:PassRole on resource: ${roleArn('job')}`);
  const passTo = (service: string) => ({ ...pass, Condition: { StringEquals: { 'iam:PassedToService': service } } });
  expect(await answer(policy(create, passTo('lambda.amazonaws.com')), 'CreateTrainingJob', train)).toMatchObject({ code: 'AccessDeniedException' });
  expect(await answer(policy(create, passTo('sagemaker.amazonaws.com')), 'CreateTrainingJob', train)).toBeUndefined();
});

test('who creates a tuning job passes the role of each of its definitions', async () => {
  const tune = { HyperParameterTuningJobName: 'a', TrainingJobDefinitions: [{ RoleArn: roleArn('one') }, { RoleArn: roleArn('two') }] };
  const allowed = [{ Action: 'sagemaker:*', Resource: '*' }, { Action: 'iam:PassRole', Resource: roleArn('one') }];
  expect((await answer(policy(...allowed), 'CreateHyperParameterTuningJob', tune))!.message).toContain(`on resource: ${roleArn('two')}`);
});

test('who creates a job with tags may add tags to it', async () => {
  const tagged = { ...train, Tags: TAGS };
  expect((await answer(policy(create, pass), 'CreateTrainingJob', tagged))!.message).toContain(`perform: sagemaker:AddTags on resource: ${trainArn}`);
  const add = { Action: 'sagemaker:AddTags', Resource: trainArn, Condition: { StringEquals: { 'sagemaker:TaggingAction': 'CreateTrainingJob' } } };
  expect(await answer(policy(create, pass, add), 'CreateTrainingJob', tagged)).toBeUndefined();
  // That this authorization contains the tags of the request is not documented.
  const addByTag = { ...add, Condition: { StringEquals: { 'aws:RequestTag/team': 'churn' } } };
  expect((await answer(policy(create, pass, addByTag), 'CreateTrainingJob', tagged))!.message).toContain('perform: sagemaker:AddTags');
});

test.each<[string, Statement['Condition'], boolean]>([
  ['tags of the request', { StringEquals: { 'aws:RequestTag/team': 'churn' } }, true],
  ['other tags of the request', { StringEquals: { 'aws:RequestTag/team': 'other' } }, false],
  ['keys of tags', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'cost' } }, false],
  ['the type of instances', { 'ForAllValues:StringLike': { 'sagemaker:InstanceTypes': 'ml.m5.*' } }, true],
  ['another type of instances', { 'ForAnyValue:StringLike': { 'sagemaker:InstanceTypes': 'ml.p4d.*' } }, false],
  ['the longest runtime', { NumericLessThanEquals: { 'sagemaker:MaxRuntimeInSeconds': '600' } }, true],
  ['a VPC that the request does not name', { Null: { 'sagemaker:VpcSubnets': 'false' } }, false],
  ['tags of a job that does not exist yet', { Null: { 'aws:ResourceTag/team': 'true' } }, true],
])('a condition on %s', async (_what, Condition, isAllowed) => {
  const request = {
    ...train, Tags: TAGS, ResourceConfig: { InstanceType: 'ml.m5.xlarge' }, StoppingCondition: { MaxRuntimeInSeconds: 600 },
  };
  const add = { Action: 'sagemaker:AddTags', Resource: '*' };
  expect(await answer(policy({ ...create, Condition }, pass, add), 'CreateTrainingJob', request) === undefined).toBe(isAllowed);
});

test('what exists is told apart by its tags', async () => {
  const stop = policy({ Action: 'sagemaker:StopTrainingJob', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'churn' } } });
  const input = { TrainingJobName: 'a' };
  expect(await answer(stop, 'StopTrainingJob', input, { tags: { team: 'churn' } })).toBeUndefined();
  expect(await answer(stop, 'StopTrainingJob', input, { tags: { team: 'other' } })).toMatchObject({ code: 'AccessDeniedException' });
  expect(await answer(stop, 'StopTrainingJob', input)).toMatchObject({ code: 'AccessDeniedException' });
});

test('a key that the service does not supply for an action is not there, whatever the request says', async () => {
  const describe = policy({ Action: 'sagemaker:DescribeTrainingJob', Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'churn' } } });
  expect(await answer(describe, 'DescribeTrainingJob', { TrainingJobName: 'a', Tags: TAGS })).toMatchObject({ code: 'AccessDeniedException' });
});

test('who starts a notebook instance passes its role, makes its network interface and lets its volume use the key', async () => {
  const allowed: Partial<Statement>[] = [];
  const missing = async () => /perform: (\S+)/.exec((await answer(policy(...allowed), 'StartNotebookInstance', { NotebookInstanceName: 'lab' }))?.message ?? '')?.[1];
  const asked = [];
  for (let action = await missing(); action; action = await missing()) {
    asked.push(action);
    allowed.push({ Action: action, Resource: '*' });
  }
  expect(asked).toEqual([
    'sagemaker:StartNotebookInstance', 'iam:PassRole', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'kms:DescribeKey', 'kms:CreateGrant',
  ]);
});

test('a key that is named by an alias is not looked at', async () => {
  const start = policy({ Action: ['sagemaker:*', 'iam:*', 'ec2:*'], Resource: '*' });
  const input = { NotebookInstanceName: 'lab' };
  const arnOf = (key: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:${key}`;
  for (const key of ['key-1', arnOf('key/key-1')]) {
    expect((await answer(start, 'StartNotebookInstance', input, { key }))!.message).toContain(`perform: kms:DescribeKey on resource: ${arnOf('key/key-1')} `);
  }
  for (const key of ['alias/lab', arnOf('alias/lab')]) expect(await answer(start, 'StartNotebookInstance', input, { key })).toBeUndefined();
});

test('a job on a training plan is authorized for the plan and for the capacity behind it', async () => {
  const plan = { ...train, ResourceConfig: { TrainingPlanArn: arn('training-plan/one') } };
  const on = (...resources: string[]) => policy(pass, { Action: 'sagemaker:CreateTrainingJob', Resource: [trainArn, ...resources] });
  expect((await answer(on(), 'CreateTrainingJob', plan))!.message).toContain('training-plan/one');
  expect((await answer(on(arn('training-plan/*')), 'CreateTrainingJob', plan))!.message).toContain('reserved-capacity/');
  expect(await answer(on(arn('training-plan/*'), arn('reserved-capacity/*')), 'CreateTrainingJob', plan)).toBeUndefined();
});

describe('a stack that reads the output of another one', () => {
  const resource = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Producer/1`;
  const read = { action: 'cloudformation:DescribeStacks', resource };
  const trusts = (AWS: string): PolicyDocument => policy({ Principal: { AWS }, Action: 'sts:AssumeRole' });
  const reading = (AWS: string, ...statements: Partial<Statement>[]) => iamWith({ roleArn: roleArn('reader'), trust: trusts(AWS), policies: [policy(...statements)] });
  const describeStacks = { Action: 'cloudformation:DescribeStacks', Resource: resource };

  test('does so as the administrator, or with a role that may describe stacks', async () => {
    const iam = await reading(roleArn('deployer'), describeStacks);
    expect(iam.refusalOf(read)).toBeUndefined();
    expect(iam.refusalOf({ ...read, roleArn: roleArn('reader') })).toBeUndefined();
    expect((await reading(ACCOUNT)).refusalOf({ ...read, roleArn: roleArn('reader') })).toMatch(/is not authorized to perform: cloudformation:DescribeStacks on resource/);
  });

  test.each<[string, string, string, boolean]>([
    ['the role itself', roleArn('deployer'), roleArn('deployer'), true],
    ['the account of the role', `arn:aws:iam::${ACCOUNT}:root`, roleArn('deployer'), true],
    ['the account of the deployer', ACCOUNT, ACCOUNT, true],
    ['another role', roleArn('other'), roleArn('deployer'), false],
    ['another account', 'arn:aws:iam::444455556666:root', ACCOUNT, false],
  ])('assumes a role that trusts %s', async (_, trusted, assumedBy, isAllowed) => {
    const refusal = (await reading(trusted, describeStacks)).refusalOf({ ...read, roleArn: roleArn('reader'), assumedBy });
    expect(refusal).toEqual(isAllowed ? undefined : `${assumedBy} is not authorized to perform: sts:AssumeRole on resource: ${roleArn('reader')}`);
  });

  test('does not assume a role that does not exist', async () => {
    expect((await iamWith()).refusalOf({ ...read, roleArn: roleArn('none'), assumedBy: ACCOUNT })).toMatch(/sts:AssumeRole/);
  });
});
