import { App, aws_iam, aws_s3, aws_sqs, aws_ssm, CfnOutput, custom_resources, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LocalCloud } from '../../../local/cloud';

const ACCOUNT = '111122223333';
const AT_US = { account: ACCOUNT, region: 'us-east-1' };
const AT_IRELAND = { account: ACCOUNT, region: 'eu-west-1' };

let cloud: LocalCloud;
beforeEach(async () => {
  cloud = await LocalCloud.start();
});
afterEach(async () => cloud.stop());

const deploy = async (stack: Stack) => cloud.deploy((stack.node.root as App).synth(), stack.stackName);

describe('a custom resource of CDK', () => {
  test('carries a value to a stack in another Region', async () => {
    const app = new App();
    const one = new Stack(app, 'One', { env: AT_IRELAND, crossRegionReferences: true });
    const two = new Stack(app, 'Two', { env: AT_US, crossRegionReferences: true });
    const queue = new aws_sqs.Queue(one, 'Queue');
    new CfnOutput(one, 'Arn', { value: queue.queueArn });
    new CfnOutput(two, 'Arn', { value: queue.queueArn });
    const [{ outputs: { Arn: arn } }, { outputs }] = [await deploy(one), await deploy(two)];
    expect(arn).toMatch(/^arn:aws:sqs:eu-west-1:111122223333:/);
    expect(outputs).toEqual({ Arn: arn });
  });

  test('empties a bucket before it is deleted', async () => {
    const stack = new Stack(new App(), 'Stack', { env: AT_US });
    const bucket = new aws_s3.Bucket(stack, 'Bucket', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
    new CfnOutput(stack, 'Name', { value: bucket.bucketName });
    const { outputs: { Name: name } } = await deploy(stack);
    const { s3 } = cloud.in(AT_US);
    s3.put(String(name), 'data/train.csv', Buffer.from('1,2'), {});
    expect((await cloud.destroy('Stack'))?.status).toBe('DELETE_COMPLETE');
    expect(s3.store.has(String(name))).toBe(false);
  });

  test.each([
    ['calls the SDK of the runtime with the permissions that it has', '/model/*', 'CREATE_COMPLETE', { Version: '7' }, undefined],
    ['calls the SDK without a permission and fails', '/other', 'ROLLBACK_COMPLETE', {}, /is not authorized to perform: ssm:GetParameter/],
  ])('%s', async (_, allowed, status, outputs, reason) => {
    const stack = new Stack(new App(), 'Stack', { env: AT_US });
    const parameter = new aws_ssm.StringParameter(stack, 'Parameter', { parameterName: '/model/version', stringValue: '7' });
    const read = new custom_resources.AwsCustomResource(stack, 'Read', {
      onUpdate: {
        service: 'SSM',
        action: 'getParameter',
        parameters: { Name: '/model/version' },
        physicalResourceId: custom_resources.PhysicalResourceId.of('read'),
      },
      policy: custom_resources.AwsCustomResourcePolicy.fromStatements([
        new aws_iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [`arn:aws:ssm:us-east-1:${ACCOUNT}:parameter${allowed}`] }),
      ]),
      installLatestAwsSdk: false,
    });
    read.node.addDependency(parameter);
    new CfnOutput(stack, 'Version', { value: read.getResponseField('Parameter.Value') });
    const result = await deploy(stack);
    expect(result).toMatchObject({ status, outputs });
    const reasons = result.events.filter(({ resourceStatus }) => resourceStatus === 'CREATE_FAILED').map((event) => event.resourceStatusReason);
    expect(reasons).toEqual(reason ? [expect.stringMatching(reason)] : []);
  });

  test.each([
    ['the role itself', 'CREATE_COMPLETE'],
    ['the account, whose own policies then decide', 'ROLLBACK_COMPLETE'],
  ])('without a permission of its role, is allowed what a bucket policy allows to %s: %s', async (whom, status) => {
    const stack = new Stack(new App(), 'Stack', { env: AT_US });
    const bucket = new aws_s3.Bucket(stack, 'Bucket');
    const list = new custom_resources.AwsCustomResource(stack, 'List', {
      onUpdate: {
        service: 'S3',
        action: 'listObjectsV2',
        parameters: { Bucket: bucket.bucketName },
        physicalResourceId: custom_resources.PhysicalResourceId.of('list'),
      },
      policy: custom_resources.AwsCustomResourcePolicy.fromStatements([
        new aws_iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['arn:aws:s3:::another'] }),
      ]),
      installLatestAwsSdk: false,
    });
    const { policyDependable } = bucket.addToResourcePolicy(new aws_iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      principals: [whom === 'the role itself' ? list.grantPrincipal : new aws_iam.AccountRootPrincipal()],
    }));
    list.node.addDependency(policyDependable!);
    expect((await deploy(stack)).status).toBe(status);
  });
});
