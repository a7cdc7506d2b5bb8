import * as path from 'node:path';
import { App, Stack, TagManager, TagType } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { NotebookInstance, NotebookInstanceDesiredState, MlInstanceType } from '../../src';
import { JOB_KINDS, type JobKind, type KindOfJob } from '../../src/contract';
import { JobResource, type JobResourceProps } from '../../src/job/job-resource';
import { JobProvider } from '../../src/provider/job-provider';
import { Validation } from '../../src/validation/construct-validation';

const tags = () => new TagManager(TagType.STANDARD, 'Custom::Job');
/** Requests are not whole here, and what is wrong with them does not matter. */
const UNHEARD = new Validation(new App());
const wait = { waitForCompletion: true, jobLimitSeconds: 600 };

function addJob(scope: Construct, id: string, props: Partial<JobResourceProps> = {}): JobResource {
  const role = props.role ?? new iam.Role(scope, `${id}Role`, { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  return new JobResource(new Construct(scope, id), 'Resource', {
    kind: 'trainingJob', props: {}, tags: tags(), request: () => ({ RoleArn: role.roleArn }), wait, role, givenRole: role, validation: UNHEARD, ...props,
  });
}

function statements(template: Template): any[] {
  const policies = [...Object.values(template.findResources('AWS::IAM::Policy')), ...Object.values(template.findResources('AWS::IAM::ManagedPolicy'))];
  return policies.flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

test('a stack has one provider of nine resources, however many jobs there are', () => {
  const stack = new Stack(new App(), 'S');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/train');
  for (let job = 0; job < 5; job++) addJob(stack, `Job${job}`, { role });
  const template = Template.fromStack(stack);
  expect(Object.keys(template.toJSON().Resources)).toHaveLength(9 + 5);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 1);
});

test('the code of the function is the asset that CDK creates from a directory, with its metadata, but without a bucket', () => {
  const app = new App({ context: { 'aws:cdk:enable-asset-metadata': true } });
  const stack = new Stack(app, 'S');
  addJob(stack, 'Job');
  const likeIt = new lambda.Function(stack, 'Like', {
    runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromAsset(path.join(__dirname, '..', '..', 'assets', 'handler')),
  });
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function');
  const [like, own] = [stack.getLogicalId(likeIt.node.defaultChild as lambda.CfnFunction), Object.keys(functions).find((id) => id.startsWith('SageMakerJobProvider'))!];
  expect(functions[own].Properties.Code).toEqual(functions[like].Properties.Code);
  expect(functions[own].Metadata).toEqual(functions[like].Metadata);
  expect(stack.node.findChild('SageMakerJobProvider').node.findAll().filter((construct) => construct instanceof s3.BucketBase)).toEqual([]);
});

test('the function may start jobs of the kinds in the stack, on names with their prefixes, and with the tag of the stack', () => {
  const stack = new Stack(new App(), 'Churn');
  addJob(stack, 'Train');
  const creating = statements(Template.fromStack(stack)).filter(({ Action }) => [Action].flat().some((action: string) => action.startsWith('sagemaker:Create')));
  const Resource = { 'Fn::Join': ['', expect.arrayContaining([':training-job/churn-train-??????????????'])] };
  expect(creating).toEqual([{
    Action: 'sagemaker:CreateTrainingJob',
    Condition: { StringEquals: { 'aws:RequestTag/cdk-sagemaker-jobs:stack-id': { Ref: 'AWS::StackId' } } },
    Effect: 'Allow',
    Resource,
  }]);
});

test('the function may tag jobs while they are created; that this also needs the tags of the request is not documented', () => {
  const stack = new Stack(new App(), 'Churn');
  addJob(stack, 'Train');
  expect(statements(Template.fromStack(stack))).toContainEqual(expect.objectContaining({
    Action: 'sagemaker:AddTags',
    Condition: { StringEquals: { 'sagemaker:TaggingAction': Object.values(JOB_KINDS).map(({ noun }) => `Create${noun}`) } },
  }));
});

test('the function may clean up jobs that the template no longer has, where they have the stack\'s tag, and those only', () => {
  const stack = new Stack(new App(), 'Churn');
  addJob(stack, 'Train');
  const changing = statements(Template.fromStack(stack)).filter(({ Action }) => [Action].flat().some((action: string) => /^sagemaker:(Stop|Delete)/.test(action)));
  expect(changing).toHaveLength(1);
  expect(changing[0].Action.sort()).toEqual([
    'sagemaker:AddTags', 'sagemaker:DeleteTags', 'sagemaker:UpdateTrainingJob',
    ...Object.values<KindOfJob>(JOB_KINDS).flatMap(({ keepsRecords, noun }) => [`sagemaker:Stop${noun}`, ...keepsRecords ? [] : [`sagemaker:Delete${noun}`]]),
  ].sort());
  expect(changing[0].Condition).toEqual({ StringEquals: { 'aws:ResourceTag/cdk-sagemaker-jobs:stack-id': { Ref: 'AWS::StackId' } } });
});

test('the policy by which jobs are cleaned up does not depend on which jobs there are', () => {
  const cleaning = (ids: string[]) => {
    const stack = new Stack(new App(), 'Churn');
    for (const id of ids) addJob(stack, id, { kind: id === 'Tune' ? 'hyperParameterTuningJob' : 'trainingJob' });
    return statements(Template.fromStack(stack)).filter(({ Action }) => [Action].flat().some((action: string) => /^sagemaker:(Stop|Describe)/.test(action)));
  };
  expect(cleaning(['A'])).toEqual(cleaning(['A', 'B', 'Tune']));
});

test('a training job on a training plan may be started on the plan and on the capacity behind it', () => {
  const stack = new Stack(new App(), 'S');
  addJob(stack, 'Train', { trainingPlanArns: ['arn:aws:sagemaker:eu-west-1:111122223333:training-plan/one'] });
  const plans = statements(Template.fromStack(stack)).filter(({ Action }) => Action === 'sagemaker:CreateTrainingJob');
  expect(JSON.stringify(plans)).toMatch(/training-plan\/one.*reserved-capacity\/\*/);
});

test('the function may pass the roles of the jobs and no others, and to SageMaker only', () => {
  const stack = new Stack(new App(), 'S');
  addJob(stack, 'One', { role: iam.Role.fromRoleArn(stack, 'A', 'arn:aws:iam::111122223333:role/a') });
  addJob(stack, 'Two', { role: iam.Role.fromRoleArn(stack, 'B', 'arn:aws:iam::111122223333:role/b') });
  const passes = statements(Template.fromStack(stack)).filter(({ Action }) => Action === 'iam:PassRole');
  expect(passes).toEqual([{
    Action: 'iam:PassRole',
    Effect: 'Allow',
    Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    Resource: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'],
  }]);
});

test('the function may pass the roles that are made for jobs by their path, which is named once', () => {
  const stack = new Stack(new App(), 'S');
  for (const job of ['One', 'Two', 'Three']) addJob(stack, job, { givenRole: undefined });
  const [{ Resource }, ...others] = statements(Template.fromStack(stack)).filter(({ Action }) => Action === 'iam:PassRole');
  expect(others).toEqual([]);
  expect(JSON.stringify(Resource).match(/sagemaker-jobs/g)).toHaveLength(1);
});

test('a name in capitals is allowed in both cases, for the service makes lower case of names in ARNs', () => {
  const stack = new Stack(new App(), 'S');
  addJob(stack, 'Job', { name: 'MyJob' });
  const arns = JSON.stringify(statements(Template.fromStack(stack)));
  expect(arns).toContain(':training-job/MyJob"');
  expect(arns).toContain(':training-job/myjob"');
});

/** A policy as IAM gets it, with long names wherever the deployment makes them. */
function deployed(value: any): any {
  if (Array.isArray(value)) return value.map(deployed);
  if (typeof value !== 'object') return value;
  if ('Ref' in value) {
    const pseudo: { [name: string]: string } = {
      'AWS::AccountId': '111122223333',
      'AWS::Partition': 'aws-us-gov',
      'AWS::Region': 'ap-southeast-1',
      'AWS::StackId': `arn:aws:cloudformation:ap-southeast-1:111122223333:stack/${'s'.repeat(100)}/${'0'.repeat(36)}`,
    };
    return pseudo[value.Ref] ?? 'r'.repeat(120);
  }
  if ('Fn::GetAtt' in value) return 'a'.repeat(120);
  if ('Fn::Select' in value) return '0'.repeat(36);
  if ('Fn::Join' in value) return deployed(value['Fn::Join'][1]).join(value['Fn::Join'][0]);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, deployed(part)]));
}

/** The policies of the function are within the sizes of IAM. */
function expectToFit(stack: Stack): void {
  const policies = Object.values<any>(Template.fromStack(stack).toJSON().Resources)
    .filter(({ Properties, Type }) => /^AWS::IAM::(Managed)?Policy$/.test(Type) && /FunctionRole/.test(JSON.stringify(Properties.Roles)));
  const managed = policies.filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
  // Without a request for more, a role may have ten.
  expect(managed.length).toBeLessThanOrEqual(10);
  for (const { Type, Properties } of policies) {
    const limit = Type === 'AWS::IAM::ManagedPolicy' ? 6144 : 10240;
    expect(JSON.stringify(deployed(Properties.PolicyDocument)).length).toBeLessThanOrEqual(limit);
  }
  // IAM counts all inline policies of a role together.
  expect(policies.length - managed.length).toBe(1);
}

test.each<[number, JobKind[]]>([
  [400, ['trainingJob']],
  [30, ['trainingJob']],
  [90, Object.keys(JOB_KINDS) as JobKind[]],
])('the policies of %s jobs with as many roles and long names in capitals stay within the sizes of IAM', (count, kinds) => {
  const stack = new Stack(new App(), 'S');
  for (let job = 0; job < count; job++) {
    const role = iam.Role.fromRoleArn(stack, `Role${job}`, `arn:aws:iam::111122223333:role/${'r'.repeat(50)}-${job}`);
    const kind = kinds[job % kinds.length];
    addJob(stack, `Job${job}`, { role, kind, namePrefix: `${'J'.repeat(kind === 'hyperParameterTuningJob' ? 15 : 45)}${job}` });
  }
  expectToFit(stack);
});

test.each([12, 60])('so do those of %s notebook instances whose state is held, each with a key of its own', (count) => {
  const stack = new Stack(new App(), 'S');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
  for (let notebook = 0; notebook < count; notebook++) {
    const volumeEncryptionKey = kms.Key.fromKeyArn(stack, `Key${notebook}`, `arn:aws:kms:ap-southeast-1:111122223333:key/${notebook}`.padEnd(84, '0'));
    new NotebookInstance(stack, `Notebook${notebook}`, {
      instanceType: MlInstanceType.ML_T3_MEDIUM, desiredState: NotebookInstanceDesiredState.STOPPED, vpc, volumeEncryptionKey,
    });
  }
  expectToFit(stack);
});

test('roles that are more than the policies of a role can name are told of at synthesis', () => {
  const stack = new Stack(new App(), 'S');
  for (let index = 0; index < 600; index++) {
    const givenRole = iam.Role.fromRoleArn(stack, `Role${index}`, `arn:aws:iam::111122223333:role/${'r'.repeat(50)}-${index}`);
    JobProvider.of(stack).permissions.allowJob({ kind: 'trainingJob', namePattern: 'job', givenRole });
  }
  Annotations.fromStack(stack).hasWarning('/S/SageMakerJobProvider/FunctionRole', Match.stringLikeRegexp('exceeds 10 managed policies attached to a Role'));
});

test('the function may not delete records of a kind for which SageMaker has no such operation', () => {
  const kind = jest.replaceProperty(JOB_KINDS, 'compilationJob', { ...JOB_KINDS.compilationJob, keepsRecords: true } as never);
  const stack = new Stack(new App(), 'S');
  addJob(stack, 'Job');
  kind.restore();
  const actions = statements(Template.fromStack(stack)).flatMap(({ Action }) => [Action].flat() as string[]);
  expect(actions).toContain('sagemaker:StopCompilationJob');
  expect(actions).not.toContain('sagemaker:DeleteCompilationJob');
});

test('the function passes no role for a job whose request has none', () => {
  const stack = new Stack(new App(), 'S');
  JobProvider.of(stack).permissions.allowJob({ kind: 'compilationJob', namePattern: 'job', hasRole: false });
  const actions = statements(Template.fromStack(stack)).flatMap(({ Action }) => [Action].flat() as string[]);
  expect(actions).toContain('sagemaker:CreateCompilationJob');
  expect(actions).not.toContain('iam:PassRole');
});

test.each<[JobKind, string]>([
  ['hyperParameterTuningJob', 'hyper-parameter-tuning-job/'],
  ['compilationJob', 'compilation-job/'],
  ['processingJob', 'processing-job/'],
  ['transformJob', 'transform-job/'],
  ['optimizationJob', 'optimization-job/'],
])('a %s is allowed on ARNs of its own', (kind, arn) => {
  const stack = new Stack(new App(), 'S');
  addJob(stack, 'Job', { kind });
  expect(JSON.stringify(statements(Template.fromStack(stack)))).toContain(`:${arn}s-job-??????????????`);
});

test('a job of several windows is its own resource and one continuation for each further window, in a line', () => {
  const stack = new Stack(new App(), 'S');
  const job = addJob(stack, 'Train', { wait: { waitForCompletion: true, jobLimitSeconds: 2 * 3600 } });
  const template = Template.fromStack(stack);
  const [own] = Object.keys(template.findResources('Custom::SageMakerTrainingJob'));
  const continuations = Object.entries(template.findResources('Custom::SageMakerJobContinuation'));
  expect(continuations.map(([, { Properties }]) => Properties.JobName)).toEqual([{ Ref: own }, { Ref: own }]);
  expect(continuations[1][1].DependsOn).toContain(continuations[0][0]);
  expect(continuations.map(([, { Properties }]) => Properties.Wait.HandOver)).toEqual(['true', undefined]);
  expect(stack.resolve(job.getAtt('TrainingJobArn'))).toEqual({ 'Fn::GetAtt': [continuations[1][0], 'TrainingJobArn'] });
  expect(stack.resolve(job.ref)).toEqual({ 'Fn::GetAtt': [continuations[1][0], 'TrainingJobName'] });
});

test('a value of a finished job cannot be read from a job that is not waited for', () => {
  const stack = new Stack(new App(), 'S');
  const job = addJob(stack, 'Train', { wait: { waitForCompletion: false, jobLimitSeconds: 600 } });
  expect(() => stack.resolve(job.getAttAfterCompletion('TrainingEndTime', 'trainingEndTime')))
    .toThrow('S/Train: trainingEndTime: must not be read if `waitForCompletion` is false, because it is known only after the job has ended');
  expect(stack.resolve(job.getAtt('TrainingJobArn'))).toHaveProperty('Fn::GetAtt');
});

test('tags leave room for those that a job is known by', () => {
  const problem = (count: number) => {
    const stack = new Stack(new App(), 'S');
    const many = tags();
    for (let tag = 0; tag < count; tag++) many.setTag(`tag${tag}`, 'x');
    const scope = new Construct(stack, 'Scope');
    const request = () => ({
      RoleArn: 'arn:aws:iam::111122223333:role/train',
      AlgorithmSpecification: { AlgorithmName: 'trees', TrainingInputMode: 'File' },
      OutputDataConfig: { S3OutputPath: 's3://results/models' },
    });
    addJob(scope, 'Job', { tags: many, request, validation: new Validation(scope) });
    try {
      Template.fromStack(stack);
      return '';
    } catch (error) {
      return String(error);
    }
  };
  expect(problem(43)).toBe('');
  expect(problem(44)).toContain('[S/Scope] tags: at most 43 tags are allowed (7 are reserved for ownership); got 44');
});
