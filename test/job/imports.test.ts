import { App, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  CompilationJob, type CompilationJobAttributes, HyperParameterTuningJob, type HyperParameterTuningJobAttributes, type ICompilationJob,
  type IHyperParameterTuningJob, type IOptimizationJob, type ITrainingJob, NotebookInstance, NotebookInstanceLifecycleConfig, OptimizationJob,
  type OptimizationJobAttributes, S3Location, TrainingJob, type TrainingJobAttributes,
} from '../../src';
import { actionsOf, statementsOf, templateOf } from '../fixtures/synth';

type Imported = ITrainingJob | IHyperParameterTuningJob | ICompilationJob | IOptimizationJob;
type Attributes = Omit<
  TrainingJobAttributes & HyperParameterTuningJobAttributes & CompilationJobAttributes & OptimizationJobAttributes, `${string}Arn`
>;

const arn = (resource: string) => `arn:aws:sagemaker:eu-west-1:111122223333:${resource}/vision-1`;

const ARNS = {
  trainingJobArn: 'training-job',
  hyperParameterTuningJobArn: 'hyper-parameter-tuning-job',
  compilationJobArn: 'compilation-job',
  optimizationJobArn: 'optimization-job',
};

const KINDS: ReadonlyArray<{
  readonly kind: string;
  readonly factory: string;
  readonly importJob: (stack: Stack, attributes?: Attributes) => Imported;
  readonly model: (job: Imported) => string;
}> = [
  {
    kind: 'training job',
    factory: 'TrainingJob.fromTrainingJobAttributes()',
    importJob: (stack, attributes = {}) => TrainingJob.fromTrainingJobAttributes(stack, 'Job', { trainingJobArn: arn('training-job'), ...attributes }),
    model: (job) => (job as ITrainingJob).s3ModelArtifacts,
  },
  {
    kind: 'hyperparameter tuning job',
    factory: 'HyperParameterTuningJob.fromHyperParameterTuningJobAttributes()',
    importJob: (stack, attributes = {}) => HyperParameterTuningJob.fromHyperParameterTuningJobAttributes(stack, 'Job', {
      hyperParameterTuningJobArn: arn('hyper-parameter-tuning-job'), ...attributes,
    }),
    model: (job) => (job as IHyperParameterTuningJob).bestTrainingJob.s3ModelArtifacts,
  },
  {
    kind: 'compilation job',
    factory: 'CompilationJob.fromCompilationJobAttributes()',
    importJob: (stack, attributes = {}) => CompilationJob.fromCompilationJobAttributes(stack, 'Job', {
      compilationJobArn: arn('compilation-job'), ...attributes,
    }),
    model: (job) => (job as ICompilationJob).s3ModelArtifacts,
  },
  {
    kind: 'optimization job',
    factory: 'OptimizationJob.fromOptimizationJobAttributes()',
    importJob: (stack, attributes = {}) => OptimizationJob.fromOptimizationJobAttributes(stack, 'Job', {
      optimizationJobArn: arn('optimization-job'), ...attributes,
    }),
    model: (job) => (job as IOptimizationJob).s3OutputLocation,
  },
];

describe.each(KINDS)('an imported $kind', ({ kind, factory, importJob, model }) => {
  test('with its role is a grantee', () => {
    const template = templateOf((stack) => {
      const role = new iam.Role(stack, 'JobRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
      new s3.Bucket(stack, 'Bucket').grantRead(importJob(stack, { role }));
    });

    expect(actionsOf(template, 'JobRole')).toContain('s3:GetObject*');
  });

  test('without its role is granted nothing', () => {
    const template = templateOf((stack) => iam.Grant.addToPrincipal({ grantee: importJob(stack), actions: ['sqs:SendMessage'], resourceArns: ['*'] }));

    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('with its security groups can be let in', () => {
    const template = templateOf((stack) => {
      const securityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0123456789abcdef0')];
      const database = new ec2.SecurityGroup(stack, 'Database', { vpc: new ec2.Vpc(stack, 'Vpc') });
      database.connections.allowFrom(importJob(stack, { securityGroups }), ec2.Port.tcp(5432));
    });

    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: 'sg-0123456789abcdef0', FromPort: 5432 });
  });

  test('without its security groups says where to pass them', () => {
    expect(() => importJob(new Stack(new App(), 'Stack')).connections)
      .toThrow(`Stack/Job: connections: unknown for an imported ${kind}; pass \`securityGroups\` to ${factory}`);
  });

  test('with its model grants reading the model and using its key', () => {
    const template = templateOf((stack) => {
      const serving = new iam.Role(stack, 'Serving', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
      const job = importJob(stack, {
        modelArtifacts: S3Location.fromUri('s3://results/vision-1/output/model.tar.gz'),
        outputEncryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234'),
      });
      expect(model(job)).toBe('s3://results/vision-1/output/model.tar.gz');
      expect(job.grantReadOutput(serving).success).toBe(true);
    });

    expect(actionsOf(template, 'Serving')).toEqual(['kms:Decrypt', 's3:GetObject', 's3:ListBucket']);
    expect(statementsOf(template, 'Serving')[0].Resource).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::results/vision-1/output/model.tar.gz*']] });
  });

  test('by its ARN is matched in rules by the ARN, because events contain the name with uppercase letters', () => {
    const stack = new Stack(new App(), 'Stack');
    const job = importJob(stack);
    const [member, resource] = Object.entries(ARNS).find(([name]) => name in job)!;
    const detail = { [member[0].toUpperCase() + member.slice(1)]: [arn(resource)] };

    const rules = 'onStateChange' in job ? [job.onStateChange('Rule')] : [];

    expect(rules.map((rule: any) => stack.resolve(rule._renderEventPattern()).detail)).toEqual(['compilation job', 'optimization job'].includes(kind) ? [] : [detail]);
  });

  test('by its ARN can have its exact name, which must be the one in the ARN', () => {
    const app = new App();
    const named = (id: string, name: string) => {
      const stack = new Stack(app, id);
      const [arnMember] = Object.entries(ARNS).find(([member]) => member in importJob(new Stack(), {}))!;
      const nameMember = arnMember.replace(/Arn$/, 'Name');
      const job: any = importJob(stack, { [nameMember]: name } as Attributes);
      return { name: job[nameMember], nameMember, arnMember };
    };

    expect(named('Stack', 'Vision-1').name).toBe('Vision-1');
    const { nameMember, arnMember } = named('Other', 'Vision-2');
    expect(() => app.synth()).toThrow(`Validation failed with the following errors:\n  [Other/Job] ${nameMember}: must be the name in \`${arnMember}\` (vision-1), except for uppercase letters; got Vision-2`);
  });

  test('without its model says where to pass it', () => {
    const job = importJob(new Stack(new App(), 'Stack'));

    const message = (property: string) => new RegExp(`^Stack/Job: ${property}: unknown for an imported ${kind}; pass \`modelArtifacts\` .* to ${factory.replace(/[()]/g, '\\$&')}$`);
    expect(() => model(job)).toThrow(message('(bestTrainingJob\\.)?s3(ModelArtifacts|OutputLocation)'));
    expect(() => job.grantReadOutput(new iam.AccountRootPrincipal())).toThrow(message('grantReadOutput'));
  });
});

test('an imported tuning job gives no advice for values of its best training job that no attribute can specify', () => {
  const job = HyperParameterTuningJob.fromHyperParameterTuningJobName(new Stack(new App(), 'Stack'), 'Job', 'vision-1');

  expect(() => job.bestTrainingJob.objectiveValue)
    .toThrow(/^Stack\/Job: bestTrainingJob\.objectiveValue: unknown for an imported hyperparameter tuning job$/);
});

test('everything that is imported by a text that is no ARN of its kind is reported together, and hides no other error', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  TrainingJob.fromTrainingJobArn(stack, 'Training', 'vision-1');
  HyperParameterTuningJob.fromHyperParameterTuningJobArn(stack, 'Tuning', arn('training-job'));
  CompilationJob.fromCompilationJobArn(stack, 'Compilation', 'arn:aws:s3:::results');
  NotebookInstance.fromNotebookInstanceArn(stack, 'Notebook', '');
  NotebookInstanceLifecycleConfig.fromNotebookInstanceLifecycleConfigArn(stack, 'Config', arn('notebook-instance'));
  new Construct(stack, 'Other').node.addValidation({ validate: () => ['another error'] });

  expect(() => app.synth()).toThrow([
    'Validation failed with the following errors:',
    '  [Stack/Training] trainingJobArn: must be an ARN that ends in training-job/<name>; got vision-1',
    `  [Stack/Tuning] hyperParameterTuningJobArn: must be an ARN that ends in hyper-parameter-tuning-job/<name>; got ${arn('training-job')}`,
    '  [Stack/Compilation] compilationJobArn: must be an ARN that ends in compilation-job/<name>; got arn:aws:s3:::results',
    '  [Stack/Notebook] notebookInstanceArn: must be an ARN that ends in notebook-instance/<name>; got ',
    `  [Stack/Config] notebookInstanceLifecycleConfigArn: must be an ARN that ends in notebook-instance-lifecycle-config/<name>; got ${arn('notebook-instance')}`,
    '  [Stack/Other] another error',
  ].join('\n'));
});

test('an ARN that is known only during the deployment is imported', () => {
  const stack = new Stack();
  const job = TrainingJob.fromTrainingJobArn(stack, 'Job', Fn.importValue('TrainingJobArn'));

  expect(stack.resolve(job.trainingJobName)).toEqual({ 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::ImportValue': 'TrainingJobArn' }] }] }] }] });
});
