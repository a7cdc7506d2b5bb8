import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { everything } from './everything';
import { EXAMPLE_STACKS, JOB_STACKS } from './stacks';
import {
  JobProviders, NotebookInstance, NotebookInstanceDesiredState, MlInstanceType, S3Location, TrainingJob, type TrainingJobProps,
} from '../../src';
import { LEAST } from '../fixtures/training-jobs';

/** What two packs of cdk-nag find in an app, as `path rule`. */
function findings(make: (app: App) => unknown): string[] {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new ServerlessChecks());
  make(app);
  try {
    app.synth();
    return [];
  } catch (error) {
    const found = [...String(error).matchAll(/^ {3}(\S+) .*\n {3}Acknowledge with '([^']+)'/gm)].map(([, path, rule]) => `${path} ${rule}`);
    if (found.length === 0) throw error;
    return found.sort();
  }
}

function jobIn(app: App, props: (stack: Stack) => Partial<TrainingJobProps>): TrainingJob {
  const stack = new Stack(app, 'Stack');
  return new TrainingJob(stack, 'Job', { ...LEAST, ...props(stack) });
}

/** An app with a plugin that reads acknowledgments. */
function reviewedApp(): App {
  const app = new App();
  Validations.of(app).addPlugins({ name: 'review', validate: () => ({ success: true, violations: [] }) });
  return app;
}

/** Everything that the library has acknowledged in an app. */
function acknowledged(app: App): { readonly path: string; readonly rule: string; readonly reason: string }[] {
  return app.node.findAll()
    .flatMap(({ node: { metadata, path } }) => metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data).map(([rule, reason]) => ({ path, rule, reason: String(reason) }))));
}

/** What docs/security.md says of acknowledgments, as `rule: reason`. */
function documented(): string[] {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'security.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (`(?:AwsSolutions|Serverless)-.*?`) \| [^|]+ \| (.+) \|$/gm)];
  return rows.flatMap(([, rules, reason]) => rules.split(', ').map((rule) => `${rule.replace(/`/g, '')}: ${reason}`));
}

beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });

test('every example is looked at', () => {
  const examples = readdirSync(join(__dirname, '..', '..', 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(EXAMPLE_STACKS)).toEqual(expect.arrayContaining(examples.map(({ name }) => name).filter((name) => name !== 'demo')));
});

test.each(Object.entries(EXAMPLE_STACKS))('a review finds nothing in the example %s', (_, make) => {
  expect(findings(make)).toEqual([]);
});

test.each(Object.entries(JOB_STACKS))('nor in %s', (_, make) => {
  expect(findings(make)).toEqual([]);
});

test('nor in a notebook instance whose state is held', () => {
  expect(findings((app) => {
    const stack = new Stack(app, 'Stack');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
    new NotebookInstance(stack, 'Notebook', {
      instanceType: MlInstanceType.ML_T3_MEDIUM,
      desiredState: NotebookInstanceDesiredState.STOPPED,
      vpc,
      volumeEncryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    });
  })).toEqual([]);
});

test.each([['a role of its own', false], ['a role of another stack', true]])('nor in a job with %s, in the VPC and with the bucket and the keys of that stack', (_, isShared) => {
  expect(findings((app) => {
    const shared = new Stack(app, 'Shared');
    const bucket = new s3.Bucket(shared, 'Bucket', { enforceSSL: true, serverAccessLogsPrefix: 'logs' });
    const vpc = new ec2.Vpc(shared, 'Vpc', { natGateways: 1 });
    vpc.addFlowLog('FlowLog');
    const key = new kms.Key(shared, 'Key', { enableKeyRotation: true });
    const role = isShared ? new iam.Role(shared, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }) : undefined;
    jobIn(app, () => ({ vpc, role, outputLocation: S3Location.fromBucket(bucket, 'models/'), outputEncryptionKey: key, volumeEncryptionKey: key }));
  })).toEqual([]);
});

test('a prefix with a bracket without its pair, which no acknowledgment can name, does not matter to others', () => {
  const app = new App();
  const { stack } = jobIn(app, () => ({ outputLocation: S3Location.fromUri('s3://results/models (1') }));
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain('results/models (1/*');
});

test('nor in a provider that traces, in a VPC, with a key', () => {
  expect(findings((app) => {
    const stack = new Stack(app, 'Stack');
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
    JobProviders.of(stack).configure({ encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }), enableTracing: true, vpc });
    new TrainingJob(stack, 'Job', LEAST);
  })).toEqual([]);
});

test('what somebody else allows is found: only what the library allows is acknowledged', () => {
  expect(findings((app) => {
    jobIn(app, () => ({})).role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::other/*'] }));
  })).toEqual(['Stack/Job/Role/DefaultPolicy/Resource AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:s3:::other/*]']);
});

test('every reason is given at the construct that it is about, and the template knows nothing of it', () => {
  const app = reviewedApp();
  const { stack } = jobIn(app, () => ({}));
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('AwsSolutions');
  const all = acknowledged(app);
  expect(all.length).toBeGreaterThan(0);
  for (const { path, reason, rule } of all) {
    expect(path).toMatch(/^Stack\/(Job\/Role|SageMakerJobProvider\/\w+)$/);
    expect(rule).toMatch(/^(AwsSolutions::AwsSolutions|Serverless::Serverless)-\S+$/);
    expect(reason).toMatch(/^[A-Z].{20,}$/);
  }
});

test('wildcards of roles are not acknowledged in an app without a validation plugin', () => {
  const app = new App();
  jobIn(app, () => ({}));
  app.synth();
  expect(acknowledged(app).filter(({ rule }) => rule.includes('IAM5'))).toEqual([]);
});

test('wildcards of roles are acknowledged in a stage of an app with a validation plugin', () => {
  const app = reviewedApp();
  const stage = new Stage(app, 'Stage');
  new TrainingJob(new Stack(stage, 'Stack'), 'Job', LEAST);
  app.synth();
  expect(acknowledged(app).map(({ path }) => path)).toContain('Stage/Stack/Job/Role');
});

test('the documentation lists what is acknowledged, with the reasons, and nothing else', () => {
  const app = reviewedApp();
  const stack = new Stack(app, 'Stack');
  everything(stack, 'create');
  const inVpc = new Stack(app, 'InVpc');
  const vpc = ec2.Vpc.fromVpcAttributes(inVpc, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
  JobProviders.of(inVpc).configure({ vpc });
  new TrainingJob(inVpc, 'Job', LEAST);
  app.synth();
  const all = acknowledged(app)
    .filter(({ rule }) => /^(AwsSolutions|Serverless)::/.test(rule))
    .map(({ reason, rule }) => `${rule.replace(/^\w+::/, '').replace(/\[.*$/, '')}: ${reason}`);
  expect([...new Set(all)].sort()).toEqual(documented().sort());
});
