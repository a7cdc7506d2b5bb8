import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { JobProviders, TrainingJob } from '../../src';
import { LEAST } from '../fixtures/training-jobs';

const REGION = { env: { account: '111122223333', region: 'eu-west-1' } };

const train = (stack: Stack) => new TrainingJob(stack, 'Train', LEAST);

function templateOf(configure: (stack: Stack) => void): Template {
  const stack = new Stack(new App(), 'Churn', REGION);
  configure(stack);
  train(stack);
  return Template.fromStack(stack);
}

test('options of an app apply to all its stacks, and options of a stack take precedence', () => {
  const app = new App();
  JobProviders.of(app).configure({ logRetention: logs.RetentionDays.ONE_YEAR, memorySize: 512 });
  const stage = new Stage(app, 'Test');
  const [one, other] = ['One', 'Other'].map((id) => new Stack(stage, id));
  JobProviders.of(other).configure({ memorySize: 1024 });
  for (const stack of [one, other]) train(stack);
  Template.fromStack(one).hasResourceProperties('AWS::Lambda::Function', { MemorySize: 512 });
  Template.fromStack(other).hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1024 });
  Template.fromStack(other).allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
});

test('a later call for the same scope takes precedence, except for undefined options', () => {
  templateOf((stack) => {
    JobProviders.of(stack).configure({ memorySize: 512, enableTracing: true });
    JobProviders.of(stack).configure({ memorySize: 1024, enableTracing: undefined });
  }).hasResourceProperties('AWS::Lambda::Function', { MemorySize: 1024, TracingConfig: { Mode: 'Active' } });
});

test('options that are specified after the first job of a stack are rejected, for the stack and for its app', () => {
  const app = new App();
  const stack = new Stack(app, 'Churn');
  train(stack);
  for (const scope of [app, stack]) {
    expect(() => JobProviders.of(scope).configure({ memorySize: 512 }))
      .toThrow('Churn: JobProviders.configure: must be called before the first job or notebook instance of the stack is defined');
  }
  expect(() => JobProviders.of(new Stack(app, 'Other')).configure({ memorySize: 512 })).not.toThrow();
});

test.each([true, undefined, false])('the function reads the logs of failed jobs unless this is disabled: %s', (enableFailureLogs) => {
  const template = templateOf((stack) => JobProviders.of(stack).configure({ enableFailureLogs }));
  const isEnabled = enableFailureLogs ?? true;
  expect(JSON.stringify(template.toJSON()).includes('logs:GetLogEvents')).toBe(isEnabled);
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { FAILURE_LOGS: isEnabled ? Match.absent() : 'false' } } });
});

test('a construct in a stack cannot be configured, because the stack has one function', () => {
  const stack = new Stack(new App(), 'Churn');
  expect(() => JobProviders.of(new Construct(stack, 'Part')).configure({ rolePath: '/acme/' }))
    .toThrow('Churn/Part: JobProviders.configure: the scope must be an app, a stage or a stack');
});

test('the function can run in a VPC, and its role may make the network interfaces for that', () => {
  const template = templateOf((stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    JobProviders.of(stack).configure({ vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
  });
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', VpcConfig: { SubnetIds: Match.anyValue() } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']), Resource: '*' })]) },
  });
});

test('a key encrypts the environment, the executions and the logs, and allows the service of logs', () => {
  const template = templateOf((stack) => JobProviders.of(stack).configure({ encryptionKey: new kms.Key(stack, 'Key') }));
  template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', KmsKeyArn: Match.anyValue() });
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY' } });
  template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue() });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([Match.objectLike({
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
      })]),
    },
  });
});

test('the roles can be given names that begin as an organization wants', () => {
  const template = templateOf((stack) => JobProviders.of(stack).configure({ roleNamePrefix: 'acme-' }));
  const names = Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) => Properties.RoleName?.['Fn::Join'][1] ?? []);
  const unique = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
  expect(names).toEqual(expect.arrayContaining(['acme-', unique, '-function', '-states']));
});

test('a longer timeout reaches the function, which waits for invocations under way as long', () => {
  templateOf((stack) => JobProviders.of(stack).configure({ timeout: Duration.minutes(5) })).hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 300,
    Environment: { Variables: { TIMEOUT_SECONDS: '300' } },
  });
});

test('the function and the state machine can be traced', () => {
  const template = templateOf((stack) => JobProviders.of(stack).configure({ enableTracing: true }));
  template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', { TracingConfiguration: { Enabled: true } });
});

test('a permissions boundary of CDK reaches all roles', () => {
  const template = templateOf((stack) => {
    iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
  });
  template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
});

test('everything that is wrong is told at once', () => {
  expect(() => templateOf((stack) => JobProviders.of(stack).configure({
    memorySize: 64, timeout: Duration.seconds(10), roleNamePrefix: 'a-prefix-that-is-too-long', vpcSubnets: {},
  }))).toThrow(new RegExp([
    'JobProviders.configure.memorySize: must be 128 to 10240 MB; got 64',
    'JobProviders.configure.roleNamePrefix: must have 1 to 19 characters; got 25 characters: a-prefix-that-is-too-long',
    'JobProviders.configure.timeout: must be 30 to 900 seconds; got 10',
    'JobProviders.configure.vpcSubnets: requires `vpc`',
  ].join('[^]*')));
});

test('one metric tells of failures of the function and of the state machine', () => {
  const stack = new Stack(new App(), 'Churn');
  train(stack);
  JobProviders.of(stack).metricFailures().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith(['Errors', 'ExecutionsFailed', 'ExecutionsTimedOut'].map((MetricName) => Match.objectLike({
      MetricStat: { Metric: Match.objectLike({ MetricName }), Period: 300, Stat: 'Sum' },
    }))),
  });
});

test('a stack without a job has nothing to be watched', () => {
  expect(() => JobProviders.of(new Stack(new App(), 'Empty')).metricFailures())
    .toThrow('Empty: metricFailures: the stack must contain a job before this call');
  expect(() => JobProviders.of(new App()).metricFailures()).toThrow('App: metricFailures: the scope must be a stack, or a construct in a stack');
  expect(() => JobProviders.of(new Stage(new App(), 'Prod')).metricFailures()).toThrow('Prod: metricFailures: the scope must be a stack, or a construct in a stack');
});
