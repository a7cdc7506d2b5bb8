import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { LocalCloudOptions } from '../../../local/cloud';
import { ContainerImage, HyperParameterTuningJob, InputChannel, S3Location, TrainingJob, type TrainingJobProps } from '../../../src';
import { type Contents, eventsOf, World } from '../../deploy/world';
import { LEAST_TUNING } from '../../fixtures/hyper-parameter-tuning-jobs';
import { LEAST } from '../../fixtures/training-jobs';

let world: World;
const start = async (options?: LocalCloudOptions) => { world = await World.start(options); };
afterEach(() => world.stop());

const SAGEMAKER = new iam.ServicePrincipal('sagemaker.amazonaws.com');
const train = (props: (...stack: Parameters<Contents>) => Partial<TrainingJobProps> = () => ({})): Contents => (stack) => {
  new TrainingJob(stack, 'Job', {
    trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
    outputLocation: S3Location.fromUri('s3://results/models'),
    ...props(stack),
  });
};
const reasons = (result: Awaited<ReturnType<World['deploy']>>, logicalId = 'Job') => eventsOf(result, logicalId).join('\n');
const importedRole = (roleArn = 'arn:aws:iam::111122223333:role/Given') => train((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Given', roleArn) }));

test('an action of the function that is denied fails the deployment in the words of AWS', async () => {
  await start();
  const result = await world.deploy((stack) => {
    train()(stack);
    const role = stack.node.findChild('SageMakerJobProvider').node.findChild('FunctionRole') as iam.Role;
    role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['sagemaker:Create*'], resources: ['*'] }));
  });

  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(reasons(result)).toMatch(
    /AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role\/\S+\/SageMakerJobs-\S+ is not authorized to perform: sagemaker:CreateTrainingJob on resource: arn:aws:sagemaker:eu-west-1:111122223333:training-job\/stack-job-\S+ with an explicit deny in an identity-based policy/);
});

test('a permissions boundary bounds what the policies of a role allow', async () => {
  await start();
  const result = await world.deploy((stack) => {
    train()(stack);
    const statement = new iam.PolicyStatement({ notActions: ['sagemaker:CreateTrainingJob'], resources: ['*'] });
    const boundary = new iam.ManagedPolicy(stack, 'Boundary', { statements: [statement] });
    iam.PermissionsBoundary.of(stack.node.findChild('SageMakerJobProvider')).apply(boundary);
  });

  expect(reasons(result)).toContain('because no permissions boundary allows the sagemaker:CreateTrainingJob action');
});

test('a managed policy that is not known fails the role that it is attached to', async () => {
  await start();
  const result = await world.deploy((stack) => {
    const policy = iam.ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
    new iam.Role(stack, 'Role', { assumedBy: SAGEMAKER, managedPolicies: [policy] });
  });
  expect(reasons(result, 'Role')).toContain('The managed policy arn:aws:iam::aws:policy/PowerUserAccess is not emulated.');
});

describe('a role that cannot be assumed', () => {
  const refusal = (role: string) =>
    new RegExp(`ValidationException: Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`);

  test('does not exist', async () => {
    await start();
    expect(reasons(await world.deploy(importedRole()))).toMatch(refusal('arn:aws:iam::111122223333:role/Given'));
  });

  test('exists outside of all stacks where the cloud is told so', async () => {
    await start({ roles: [{ roleArn: 'arn:aws:iam::111122223333:role/Given' }] });
    expect((await world.deploy(importedRole())).status).toBe('CREATE_COMPLETE');
  });

  test.each<[string, iam.IPrincipal]>([
    ['another service', new iam.ServicePrincipal('lambda.amazonaws.com')],
    ['the service, for another account', SAGEMAKER.withConditions({ StringEquals: { 'aws:SourceAccount': '444455556666' } })],
    ['the service, for other jobs', SAGEMAKER.withConditions({ ArnLike: { 'aws:SourceArn': 'arn:aws:sagemaker:*:*:training-job/other-*' } })],
  ])('trusts %s', async (_what, assumedBy) => {
    await start();
    expect(reasons(await world.deploy(train((stack) => ({ role: new iam.Role(stack, 'Role', { assumedBy }) }))))).toMatch(refusal('\\S+'));
  });

  test('trusts the service for the jobs of the stack: it can be assumed', async () => {
    await start();
    const assumedBy = SAGEMAKER.withConditions({
      StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': 'arn:aws:sagemaker:eu-west-1:111122223333:*' },
    });
    expect((await world.deploy(train((stack) => ({ role: new iam.Role(stack, 'Role', { assumedBy }) })))).status).toBe('CREATE_COMPLETE');
  });

  test('trusts the service for an account, but SageMaker does not document that it supplies the account for a tuning job', async () => {
    await start();
    const assumedBy = SAGEMAKER.withConditions({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
    const result = await world.deploy((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy });
      const metricDefinitions = [{ name: 'validation:accuracy', regex: 'accuracy: ([0-9.]+)' }];
      new HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, role, trainingJobDefinition: { ...LEAST, metricDefinitions }, waitTimeout: Duration.minutes(10) });
    });
    expect(reasons(result)).toMatch(refusal('\\S+'));
  });

  test('was made a moment ago: the job is started when IAM has spread the role', async () => {
    await start();
    // The policy of the function does not change: both jobs have names with one prefix.
    const first = train(() => ({ trainingJobNamePrefix: 'churn' }));
    await world.deploy(first);
    // The policies of the first deployment have taken effect.
    await world.cloud.clock.advance(90_000);
    world.cloud.iam.propagationSeconds = 90;
    const before = world.cloud.clock.now();
    const result = await world.deploy((stack) => {
      first(stack);
      new TrainingJob(stack, 'Next', {
        trainingJobNamePrefix: 'churn', trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'), outputLocation: S3Location.fromUri('s3://results/next'),
      });
    });

    expect(result.status).toBe('UPDATE_COMPLETE');
    const calls = world.cloud.endpoint.calls.filter(({ operation, time }) => operation === 'CreateTrainingJob' && time.getTime() > before);
    expect(calls.flatMap(({ outcome }) => 'error' in outcome ? [outcome.error.message] : [])).toContainEqual(expect.stringMatching(/^Could not assume role /));
    expect(calls.at(-1)!.time.getTime()).toBeGreaterThanOrEqual(before + 90_000);
  });

  test('is that of a function', async () => {
    await start();
    const result = await world.deploy((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: SAGEMAKER });
      new lambda.Function(stack, 'Function', { role, runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromAsset(__dirname) });
    });
    expect(reasons(result, 'Function')).toContain('The role defined for the function cannot be assumed by Lambda.');
  });

  test('is that of a state machine', async () => {
    await start();
    const result = await world.deploy((stack) => {
      const role = new iam.Role(stack, 'Role', { assumedBy: SAGEMAKER });
      new sfn.StateMachine(stack, 'Machine', { role, definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Succeed(stack, 'Done')) });
    });
    expect(reasons(result, 'Machine')).toContain('Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.');
  });

  test('is that of a schedule', async () => {
    await start();
    const result = await world.deploy((stack) => {
      const { roleArn } = new iam.Role(stack, 'Role', { assumedBy: SAGEMAKER });
      new scheduler.CfnSchedule(stack, 'Schedule', {
        flexibleTimeWindow: { mode: 'OFF' }, scheduleExpression: 'rate(1 day)', target: { arn: 'arn:aws:scheduler:::aws-sdk:sagemaker:stopNotebookInstance', roleArn },
      });
    });
    expect(reasons(result, 'Schedule')).toContain('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  });
});

describe('the role of a job', () => {
  const given = (roleOf: (role: iam.Role) => void, props: Partial<TrainingJobProps> = {}) => train((stack) => {
    const role = new iam.Role(stack, 'Role', { assumedBy: SAGEMAKER });
    roleOf(role);
    return { role, ...props };
  });
  const without = (...actions: string[]) => (role: iam.Role) => {
    role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions, resources: ['*'] }));
  };
  const channels = { inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://data/train/'))] };

  test.each<[string, RegExp]>([
    ['ecr:BatchGetImage', /Access denied for repository: train in registry ID: 111122223333/],
    ['s3:ListBucket', /Unauthorized to List objects under S3 URL 's3:\/\/data\/train\/' .* is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::data /],
    ['s3:PutObject', /Access denied to OutputDataConfig S3 bucket 's3:\/\/results\/models.*'/],
  ])('without %s is refused when the job is created', async (action, message) => {
    await start();
    const result = await world.deploy(given(without(action), channels));
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    expect(reasons(result)).toMatch(message);
    expect(world.requests('CreateTrainingJob')).toEqual([]);
  });

  test.each<[string, RegExp]>([
    ['ecr:GetAuthorizationToken', /ClientError: AccessDenied: User: \S+\/SageMaker is not authorized to perform: ecr:GetAuthorizationToken on resource: \*/],
    ['s3:GetObject', /ClientError: Data download failed: AccessDenied: User: \S+ is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::data\/train\/part-00000/],
  ])('without %s fails the job', async (action, message) => {
    await start();
    const result = await world.deploy(given(without(action), channels));
    expect(reasons(result)).toMatch(message);
    expect(world.requests('CreateTrainingJob')).toHaveLength(1);
  });

  test.each([['logs:*', 'logs:CreateLogGroup'], ['cloudwatch:*', 'cloudwatch:PutMetricData']])('without %s lets the job go on, and says so', async (actions, denied) => {
    await start();
    const denials: string[] = [];
    world.cloud.sagemaker.on('denied', ({ action }) => denials.push(action));
    expect((await world.deploy(given(without(actions)))).status).toBe('CREATE_COMPLETE');
    expect(denials).toContain(denied);
  });

  test('needs the key of the bucket that the job reads', async () => {
    await start();
    const encrypted = (action?: string) => train((stack) => {
      const bucket = new s3.Bucket(stack, 'Data', { encryptionKey: new kms.Key(stack, 'Key') });
      const role = new iam.Role(stack, 'Role', { assumedBy: SAGEMAKER });
      if (action) without(action)(role);
      return { role, inputDataConfig: [InputChannel.fromS3('train', S3Location.fromBucket(bucket, 'train/'))] };
    });
    expect(reasons(await world.deploy(encrypted('kms:Decrypt')))).toMatch(/perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key\//);
    expect((await world.deploy(encrypted())).status).toBe('CREATE_COMPLETE');
  });

  test('needs what keys and a VPC ask for', async () => {
    const role = 'arn:aws:iam::111122223333:role/Job';
    const asked = ['kms:GenerateDataKey', 'kms:Encrypt', 'kms:CreateGrant', 'ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission'];
    for (const action of asked) {
      await start({
        roles: [{
          roleArn: role,
          policies: [{ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: action, Resource: '*' }] }],
        }],
      });
      const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
      const ended = new Promise<string>((resolve) => world.cloud.sagemaker.on('transition', ({ status, message }) => status !== 'InProgress' && resolve(message)));
      const creation = world.call('CreateTrainingJob', {
        TrainingJobName: 'a',
        RoleArn: role,
        AlgorithmSpecification: { TrainingImage: 'train:v1', TrainingInputMode: 'File' },
        OutputDataConfig: { S3OutputPath: 's3://results/models', KmsKeyId: key },
        ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1, VolumeSizeInGB: 30, VolumeKmsKeyId: key },
        VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
        StoppingCondition: { MaxRuntimeInSeconds: 600 },
      }).then(() => world.cloud.clock.run(ended), (error: Error) => error.message);
      expect(await creation).toContain(`perform: ${action} on resource: arn:aws:`);
      if (action !== asked.at(-1)) await world.stop();
    }
  });
});
