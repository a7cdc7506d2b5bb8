import * as path from 'path';
import { App, Aws, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { ContainerImage, TrainingRepositoryAccessMode } from '../../src';
import { actionsOf, statementsOf } from '../fixtures/synth';

const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer'];

function bound(image: (stack: Stack) => ContainerImage, region?: string) {
  const stack = new Stack(new App(), 'Stack', region ? { env: { account: '111122223333', region } } : {});
  const config = stack.resolve(image(stack).bind(stack, { grantee: new iam.Role(stack, 'User', { assumedBy: new iam.AnyPrincipal() }) }));
  const template = Template.fromStack(stack);
  const pull = statementsOf(template, 'User').find(({ Action }) => Action.includes('ecr:BatchGetImage'));
  return { config, actions: actionsOf(template, 'User'), repository: JSON.stringify(pull?.Resource) };
}

test.each([[undefined, ':latest'], ['v1', ':v1'], ['sha256:abc', '@sha256:abc']])('an image of a repository by %s', (tag, suffix) => {
  const { actions, config } = bound((stack) => ContainerImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Repository', 'train'), tag));

  expect(JSON.stringify(config.imageUri)).toContain(`/train${suffix}`);
  expect(actions).toEqual(PULL);
});

test('an image that is built with the app', () => {
  const { actions, config } = bound(() => ContainerImage.fromAsset(path.join(__dirname, '..', 'fixtures', 'image')));

  expect(JSON.stringify(config.imageUri)).toContain('cdk-hnb659fds-container-assets-');
  expect(actions).toEqual(PULL);
});

test('a Deep Learning Container comes from the account of the region', () => {
  const { config, repository } = bound(() => ContainerImage.fromDlc('pytorch-training', '2.6.0-gpu'), 'eu-west-1');

  expect(JSON.stringify(config.imageUri)).toContain('763104351884.dkr.ecr.eu-west-1.');
  expect(JSON.stringify(config.imageUri)).toContain('/pytorch-training:2.6.0-gpu');
  expect(repository).toContain(':ecr:eu-west-1:763104351884:repository/pytorch-training');
});

test('a Deep Learning Container is found where the region is not known at synthesis', () => {
  const { config } = bound(() => ContainerImage.fromDlc('pytorch-training', '2.6.0-gpu'));

  expect(JSON.stringify(config.imageUri)).toContain('Fn::FindInMap');
});

test('an image in Amazon ECR by its URI can be pulled', () => {
  const { actions, repository } = bound(() => ContainerImage.fromUri('444455556666.dkr.ecr.us-east-1.amazonaws.com/team/train@sha256:abc'));

  expect(repository).toContain(':ecr:us-east-1:444455556666:repository/team/train"');
  expect(actions).toEqual(PULL);
});

test.each([
  ['a token', (stack: Stack) => new CfnParameter(stack, 'Tag').valueAsString],
  ['a path of a state', () => sfn.JsonPath.stringAt('$.tag')],
  ['an expression of a state', () => '{% $states.input.tag %}'],
])('an image in Amazon ECR can be pulled if %s is its tag', (_name, tag) => {
  const uri = '444455556666.dkr.ecr.us-east-1.amazonaws.com/team/train';
  const { actions, repository } = bound((stack) => ContainerImage.fromUri(`${uri}:${tag(stack)}`));

  expect(repository).toContain(':ecr:us-east-1:444455556666:repository/team/train"');
  expect(actions).toEqual(PULL);
  expect(bound((stack) => ContainerImage.fromUri(`${uri}-${tag(stack)}`)).repository ?? '').not.toContain('train"');
});

const ANY_REPOSITORY = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':repository/team/train']] };

test.each<[string, (stack: Stack) => string]>([
  ['the pseudo parameters', () => `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/team/train:v1`],
  ['the account and the Region of the stack', ({ account, region }) => `${account}.dkr.ecr.${region}.amazonaws.com/team/train@sha256:abc`],
  ['the pseudo parameters and no tag', () => `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.amazonaws.com.cn/team/train`],
  ['the pseudo parameters and a tag that is a token', (stack) => (
    `${Aws.ACCOUNT_ID}.dkr.ecr-fips.${Aws.REGION}.${Aws.URL_SUFFIX}/team/train:${new CfnParameter(stack, 'Tag').valueAsString}`)],
  ['the pseudo parameters and a tag that is a path of a state', () => (
    `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/team/train:${sfn.JsonPath.stringAt('$.tag')}`)],
])('an image in Amazon ECR can be pulled from exactly its repository if its URI contains %s', (_name, uri) => {
  const { actions, repository } = bound((stack) => ContainerImage.fromUri(uri(stack)));

  expect(JSON.parse(repository)).toEqual(ANY_REPOSITORY);
  expect(actions).toEqual(PULL);
});

test('an image can be pulled from a repository of the app if its URI is that of the repository', () => {
  const { repository } = bound((stack) => ContainerImage.fromUri(new ecr.Repository(stack, 'Repository').repositoryUriForTag('v1')));

  expect(repository).toMatch(/:repository\/",\{"Ref":"Repository\w+"\}\]\]\}$/);
});

test.each([
  ['another registry', () => ContainerImage.fromUri('docker.io/library/python:3')],
  ['a token', (stack: Stack) => ContainerImage.fromUri(new CfnParameter(stack, 'Uri').valueAsString)],
  ['an account that is a path of a state', () => ContainerImage.fromUri(`${sfn.JsonPath.stringAt('$.account')}.dkr.ecr.us-east-1.amazonaws.com/train:v1`)],
  ['a repository that is an expression of a state', () => ContainerImage.fromUri('444455556666.dkr.ecr.us-east-1.amazonaws.com/{%$states.input.image%}:v1')],
  ['a repository that is a path of a state', () => ContainerImage.fromUri(`444455556666.dkr.ecr.us-east-1.amazonaws.com/${sfn.JsonPath.stringAt('$.image')}:v1`)],
])('an image of %s gives no permissions', (_name, image) => {
  expect(bound(image).actions).toEqual([]);
});

test('the function that gives the credentials of a private registry can be invoked', () => {
  const { actions, config } = bound((stack) => ContainerImage.fromPrivateRegistry('registry.example.com/train', {
    credentialsProvider: lambda.Function.fromFunctionArn(stack, 'Credentials', 'arn:aws:lambda:eu-west-1:111122223333:function:credentials'),
  }));

  expect(config).toEqual({
    imageUri: 'registry.example.com/train',
    trainingRepositoryAccessMode: TrainingRepositoryAccessMode.VPC,
    trainingRepositoryCredentialsProviderArn: 'arn:aws:lambda:eu-west-1:111122223333:function:credentials',
  });
  expect(actions).toEqual(['lambda:InvokeFunction']);
});
