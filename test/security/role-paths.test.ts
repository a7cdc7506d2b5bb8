import { readFileSync } from 'fs';
import { App, Aspects, CfnResource, type IAspect, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import {
  ContainerImage, HyperParameterTuningJob, JobProviders, MlInstanceType, NotebookInstance, NotebookInstanceDesiredState, ProcessingJob, S3Location,
  TrainingJob, TransformJob, TransformModel,
} from '../../src';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { statementsOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';
import { errorsOf } from '../validation/setup';

/** Sets a path on all roles, as aspects of organizations do. */
class RolePath implements IAspect {
  constructor(private readonly path: string, private readonly name?: (node: CfnResource) => string) {}

  visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node) || node.cfnResourceType !== 'AWS::IAM::Role') return;
    node.addPropertyOverride('Path', this.path);
    if (this.name) node.addPropertyOverride('RoleName', this.name(node));
  }
}

const PASS_ROLE = 'iam:PassRole';

/** Everything that creates a role. */
function contents(stack: Stack): void {
  new TrainingJob(stack, 'First', LEAST);
  new TrainingJob(stack, 'Second', LEAST);
  new NotebookInstance(stack, 'Notebook', {
    instanceType: MlInstanceType.ML_T3_MEDIUM,
    desiredState: NotebookInstanceDesiredState.STOPPED,
    schedule: { stop: scheduler.ScheduleExpression.cron({ hour: '20', minute: '0' }) },
  });
}

function synthesized(prepare: (stack: Stack) => void = () => undefined): Template {
  const stack = new Stack(new App(), 'Stack');
  prepare(stack);
  contents(stack);
  return Template.fromStack(stack);
}

/** The resources of statements, with `<id>` instead of the unique part of the stack id. */
const passed = (template: Template) => statementsOf(template, 'SageMakerJobProvider').filter(({ Action }) => Action === PASS_ROLE)
  .flatMap(({ Resource }) => [Resource].flat()).map(plain);
const plain = (value: any): string => (typeof value === 'string' ? value : value['Fn::Join']
  ? value['Fn::Join'][1].map(plain).join(value['Fn::Join'][0])
  : value['Fn::Select'] ? '<id>' : value.Ref === 'AWS::Partition' ? 'aws' : value.Ref === 'AWS::AccountId' ? '111122223333' : `<${value.Ref}>`);
const rolesOf = (template: Template) => Object.entries(template.findResources('AWS::IAM::Role'))
  .map(([id, { Properties: { Path, RoleName } }]) => [id.replace(/Role.*$/, ''), Path && plain(Path), RoleName && plain(RoleName)]);

test('without settings, the function passes the roles by the paths of the library', () => {
  expect(passed(synthesized())).toEqual([
    'arn:aws:iam::111122223333:role/sagemaker-jobs/<id>/*', expect.stringMatching(/^arn:aws:iam::111122223333:role\/sagemaker-notebooks\/<id>\/[^/]+\/\*$/),
  ]);
});

test('with rolePath, every role has the path, and the function passes them by it', () => {
  const template = synthesized((stack) => JobProviders.of(stack).configure({ rolePath: '/acme/ml/' }));

  expect(rolesOf(template).map(([, path]) => path)).toEqual(rolesOf(template).map(() => expect.stringMatching(/^\/acme\/ml\//)));
  expect(passed(template)).toEqual([
    'arn:aws:iam::111122223333:role/acme/ml/sagemaker-jobs/<id>/*',
    expect.stringMatching(/^arn:aws:iam::111122223333:role\/acme\/ml\/sagemaker-notebooks\/<id>\/[^/]+\/\*$/),
  ]);
});

test('rolePath that is configured after a notebook instance applies to its role and the role of its schedule', () => {
  const stack = new Stack(new App(), 'Stack');
  new NotebookInstance(stack, 'Notebook', {
    instanceType: MlInstanceType.ML_T3_MEDIUM, schedule: { stop: scheduler.ScheduleExpression.cron({ hour: '20', minute: '0' }) },
  });
  JobProviders.of(stack).configure({ rolePath: '/acme/' });

  expect(rolesOf(Template.fromStack(stack)).map(([, path]) => path)).toEqual([expect.stringMatching(/^\/acme\/sagemaker-notebooks\//), '/acme/']);
});

test('roles of task states and of a transform model have the path that is configured later', () => {
  const stack = new Stack(new App(), 'Stack');
  const states = [
    TrainingJob.taskState(stack, 'Training', LEAST),
    HyperParameterTuningJob.taskState(stack, 'Tuning', LEAST_TUNING),
    ProcessingJob.taskState(stack, 'Processing', LEAST_PROCESSING),
    TransformJob.taskState(stack, 'Transform', {
      ...LEAST_TRANSFORM,
      model: TransformModel.fromS3(S3Location.fromUri('s3://models/churn.tar.gz'), {
        image: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:v1'),
      }),
    }),
  ];
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(sfn.Chain.start(states[0]).next(states[1]).next(states[2]).next(states[3])) });
  JobProviders.of(stack).configure({ rolePath: '/acme/' });

  const roles = rolesOf(Template.fromStack(stack)).filter(([id]) => id !== 'Machine');
  expect(roles).toEqual(['Training', 'Tuning', 'Processing', 'TransformModel'].map((id) => [id, '/acme/', undefined]));
});

test.each([[undefined, ''], ['/acme/', 'acme/']])('a policy of another account contains the name of the role of a task state with the rolePath %p', (rolePath, path) => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const other = new Stack(app, 'Other', { env: { account: '444455556666', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(other, 'Bucket', { bucketName: 'other-account' });
  const state = ProcessingJob.taskState(stack, 'Run', LEAST_PROCESSING);
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(state) });
  bucket.grantRead(state);
  JobProviders.of(stack).configure({ rolePath });

  const role = rolesOf(Template.fromStack(stack)).find(([id]) => id === 'Run')!;
  expect(role).toEqual(['Run', rolePath, expect.stringMatching(/^stackstackrunrole/)]);
  expect(JSON.stringify(Template.fromStack(other).findResources('AWS::S3::BucketPolicy'))).toContain(`:iam::111122223333:role/${path}${role[2]}"`);
});

test('a wrong rolePath fails at synthesis also in a stack with only a notebook instance', () => {
  const stack = new Stack(new App(), 'Stack');
  JobProviders.of(stack).configure({ rolePath: '/acme' });
  new NotebookInstance(stack, 'Notebook', { instanceType: MlInstanceType.ML_T3_MEDIUM });

  expect(() => Template.fromStack(stack)).toThrow('JobProviders.configure.rolePath: must begin and end with a slash; got /acme');
});

test.each(['acme', '/acme', '/a b/', `/${'a'.repeat(400)}/`])('the rolePath %s fails at synthesis', (rolePath) => {
  const stack = new Stack(new App(), 'Stack');
  JobProviders.of(stack).configure({ rolePath });
  new TrainingJob(stack, 'Job', LEAST);

  expect(errorsOf(stack).map(({ property, rule }) => `${property}: ${rule}`)).toEqual([expect.stringMatching(/^JobProviders.configure.rolePath: must .*; got /)]);
});

test('where an aspect changes the path of all roles, the function passes them by their names below it', () => {
  const template = synthesized((stack) => Aspects.of(stack).add(new RolePath('/acme/')));
  const names = rolesOf(template).filter(([id]) => /^(First|Second|Notebook)$/.test(id)).map(([, , name]) => name);

  expect(names).toEqual([expect.stringMatching(/^<id>-job-\w{8}$/), expect.stringMatching(/^<id>-job-\w{8}$/), expect.stringMatching(/^<id>-notebook-\w{8}$/)]);
  expect(new Set(names).size).toBe(3);
  expect(passed(template)).toEqual(['arn:aws:iam::111122223333:role/acme/<id>-job-*', `arn:aws:iam::111122223333:role/acme/${names[2]}`]);
});

test('where an aspect changes the names as well, the function passes the roles by what the names have in common', () => {
  const template = synthesized((stack) => Aspects.of(stack).add(new RolePath('/acme/', (node) => `acme-${node.node.path.replace(/\//g, '-')}`)));

  expect(passed(template)).toEqual(['arn:aws:iam::111122223333:role/acme/acme-Stack-*', 'arn:aws:iam::111122223333:role/acme/acme-Stack-Notebook-Role-Resource']);
});

test('an aspect that gives the roles of jobs different paths fails at synthesis, and names the setting', () => {
  const stack = new Stack(new App(), 'Stack');
  contents(stack);
  Aspects.of(stack.node.findChild('First')).add(new RolePath('/first/'));

  expect(() => Template.fromStack(stack)).toThrow('role: must have the same path as the roles of all other jobs in the stack; got /first/. Use JobProviders.of(app).configure({ rolePath })');
});

describe('roles that are created elsewhere', () => {
  /** The statements of each role: of the report for a customized app, otherwise of the policies. */
  const report = (customize: boolean) => {
    const app = new App();
    if (customize) iam.Role.customizeRoles(app);
    const stack = new Stack(app, 'Stack');
    contents(stack);
    const notebook = stack.node.findChild('Notebook') as NotebookInstance;
    notebook.grantStop(notebook);
    const assembly = app.synth();
    return {
      template: assembly.getStackByName('Stack').template,
      report: customize ? readFileSync(`${assembly.directory}/iam-policy-report.txt`, 'utf8') : '',
    };
  };

  test('have no policies in the template, and the report has every statement', () => {
    const { report: text, template } = report(true);
    const actions = [...new Set(Object.values<any>(report(false).template.Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action))];

    expect(Object.values<any>(template.Resources).map(({ Type }) => Type).filter((type) => /^AWS::IAM::/.test(type))).toEqual([]);
    expect(actions.length).toBeGreaterThan(20);
    expect(actions.filter((action) => !text.includes(`"${action}"`))).toEqual([]);
    expect(text).toContain('sagemaker:StopNotebookInstance');
  });

  test('are passed by their ARNs', () => {
    const { report: text } = report(true);
    const passRole = text.split('\n').join(' ').match(/"Action": "iam:PassRole".{0,900}/g) ?? [];

    expect(passRole.length).toBeGreaterThan(0);
    expect(text).not.toContain('role/sagemaker-jobs');
  });
});

describe('resources of another account', () => {
  const env = (account: string) => ({ account, region: 'eu-west-1' });
  const stacks = () => {
    const app = new App();
    return { app, data: new Stack(app, 'Data', { env: env('222222222222') }), training: new Stack(app, 'Training', { env: env('111111111111') }) };
  };
  /** The principals of another account that a policy allows something. */
  const principals = (template: Template, type: string) => JSON.stringify(Object.values(template.findResources(type)));

  test('a bucket, its key and a repository allow the role by its physical name', () => {
    const { data, training } = stacks();
    const key = new kms.Key(data, 'Key', { alias: 'data-key' });
    const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'data-222222222222', encryptionKey: key });
    const repository = new ecr.Repository(data, 'Repository', { repositoryName: 'train' });
    new TrainingJob(training, 'Job', {
      trainingImage: ContainerImage.fromEcrRepository(repository, 'v1'), outputLocation: S3Location.fromBucket(bucket, 'models/'),
    });
    new TrainingJob(training, 'Other', LEAST);

    const template = Template.fromStack(training);
    const named = rolesOf(template).filter(([id]) => id === 'Job' || id === 'Other');
    expect(named).toEqual([['Job', '/sagemaker-jobs/Training-eu-west-1/', expect.stringMatching(/^training[a-z0-9]+$/)], ['Other', '/sagemaker-jobs/Training-eu-west-1/', undefined]]);
    expect(passed(template)).toEqual(['arn:aws:iam::111111111111:role/sagemaker-jobs/Training-eu-west-1/*']);
    const arn = `:iam::111111111111:role/sagemaker-jobs/Training-eu-west-1/${named[0][2]}`;
    const other = Template.fromStack(data);
    for (const type of ['AWS::S3::BucketPolicy', 'AWS::KMS::Key']) expect(principals(other, type)).toContain(arn);
    // CDK allows principals of another account to use a repository by a tag that it puts on them.
    expect(principals(other, 'AWS::ECR::Repository')).toContain('iam::111111111111:root');
    const [tag] = /Training_\w+/.exec(principals(other, 'AWS::ECR::Repository'))!;
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: named[0][2], Tags: [{ Key: 'aws-cdk:id', Value: tag }] });
  });

  test('a role of a stack whose account is a token cannot be named, and the error says what to specify', () => {
    const { app, data } = stacks();
    const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'data-222222222222' });
    new TrainingJob(new Stack(app, 'Anywhere'), 'Job', { ...LEAST, outputLocation: S3Location.fromBucket(bucket, 'models/') });

    expect(() => app.synth()).toThrow('Anywhere/Job/Role: must have a physical name, because a resource in another account refers to it; specify account and region in `env` of the stack');
  });

  test('an aspect that changes the path of such a role fails at synthesis, and names the setting', () => {
    const { app, data, training } = stacks();
    const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'data-222222222222' });
    new TrainingJob(training, 'Job', { ...LEAST, outputLocation: S3Location.fromBucket(bucket, 'models/') });
    Aspects.of(training).add(new RolePath('/acme/'));

    expect(() => app.synth()).toThrow('[Training/Job/Role] role: must keep its path, because a policy of another account contains it; got /acme/');
  });
});

test('a role whose ARN is none is reported with the path of the construct, beside all other violations', () => {
  const stack = new Stack(new App(), 'Stack');
  const role = new Proxy(iam.Role.fromRoleName(stack, 'Role', 'train'), {
    get: (target, property) => (property === 'roleArn' ? 'AmazonSageMaker-ExecutionRole' : Reflect.get(target, property, target)),
  });
  new TrainingJob(stack, 'Job', { ...LEAST, role, maximumRetryAttempts: 31 });

  expect(errorsOf(stack).map(({ path, property, rule }) => `${path} ${property}: ${rule}`)).toEqual([
    'Stack/Job maximumRetryAttempts: must be 1 to 30; got 31',
    'Stack/Job role: must be the ARN of a role; got AmazonSageMaker-ExecutionRole',
  ]);
});
