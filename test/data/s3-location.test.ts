import { App, CfnParameter, PhysicalName, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { S3Location, type S3LocationBindOptions } from '../../src';
import { IS_FLOOR } from '../fixtures/cdk-release';
import { actionsOf, statementsOf, templateOf } from '../fixtures/synth';

const roleOf = (scope: Construct) => new iam.Role(scope, 'User', { assumedBy: new iam.AnyPrincipal() });

/** What the user of a location may do, and on what. */
function bound(location: (stack: Stack) => S3Location, use: Omit<S3LocationBindOptions, 'grantee'>) {
  let uri: unknown;
  const template = templateOf((stack) => {
    uri = stack.resolve(location(stack).bind(stack, { grantee: roleOf(stack), ...use }).uri);
  });
  return { uri, template, actions: actionsOf(template, 'User'), statements: statementsOf(template, 'User') };
}

const bucketOf = (stack: Stack) => s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::data');

test('a prefix of a bucket is read by everything that begins with it', () => {
  const { statements, uri } = bound((stack) => S3Location.fromBucket(bucketOf(stack), 'train'), { forReading: true });

  expect(uri).toBe('s3://data/train');
  expect(statements).toEqual([
    { Action: 's3:GetObject', Effect: 'Allow', Resource: 'arn:aws:s3:::data/train*' },
    { Action: 's3:ListBucket', Effect: 'Allow', Resource: 'arn:aws:s3:::data', Condition: { StringLike: { 's3:prefix': 'train*' } } },
  ]);
});

test('a whole bucket is listed as a whole', () => {
  const { statements } = bound((stack) => S3Location.fromBucket(bucketOf(stack)), { forReading: true });

  expect(statements).toEqual([
    { Action: 's3:GetObject', Effect: 'Allow', Resource: 'arn:aws:s3:::data/*' },
    { Action: 's3:ListBucket', Effect: 'Allow', Resource: 'arn:aws:s3:::data' },
  ]);
});

test('a prefix with a trailing slash is also listed without it', () => {
  const { statements } = bound((stack) => S3Location.fromBucket(bucketOf(stack), 'train/'), { forReading: true });

  expect(statements).toEqual([
    { Action: 's3:GetObject', Effect: 'Allow', Resource: 'arn:aws:s3:::data/train/*' },
    { Action: 's3:ListBucket', Effect: 'Allow', Resource: 'arn:aws:s3:::data', Condition: { StringLike: { 's3:prefix': ['train/*', 'train'] } } },
  ]);
});

test.each<[string, (stack: Stack) => S3Location]>([
  ['a bucket', (stack) => S3Location.fromBucket(s3.Bucket.fromBucketName(stack, 'Directory', 'data--euw1-az1--x-s3'), 'train/')],
  ['a URI', () => S3Location.fromUri('s3://data--euw1-az1--x-s3/train/')],
])('%s in S3 Express One Zone is read and written in a session', (_, location) => {
  const { statements, uri } = bound(location, { forReading: true, forWriting: true });

  expect(uri).toBe('s3://data--euw1-az1--x-s3/train/');
  expect(statements).toEqual([{
    Action: 's3express:CreateSession',
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3express:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':bucket/data--euw1-az1--x-s3']] },
  }]);
});

test('what is written can neither be read nor listed', () => {
  expect(bound((stack) => S3Location.fromBucket(bucketOf(stack), 'models/'), { forWriting: true }).actions).toEqual(['s3:AbortMultipartUpload', 's3:PutObject']);
});

test('a bucket of another account allows it as well', () => {
  const app = new App();
  const owner = new Stack(app, 'Owner', { env: { account: '111122223333', region: 'eu-west-1' } });
  const user = new Stack(app, 'User', { env: { account: '444455556666', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(owner, 'Bucket', { bucketName: PhysicalName.GENERATE_IF_NEEDED });
  const grantee = new iam.Role(user, 'Role', { assumedBy: new iam.AnyPrincipal(), roleName: PhysicalName.GENERATE_IF_NEEDED });

  S3Location.fromBucket(bucket, 'train/').bind(user, { grantee, forReading: true });

  Template.fromStack(owner).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Action: 's3:GetObject', Resource: { 'Fn::Join': ['', [Match.anyValue(), '/train/*']] } }),
        Match.objectLike({ Action: 's3:ListBucket', ...IS_FLOOR ? {} : { Condition: { StringLike: { 's3:prefix': ['train/*', 'train'] } } } }),
      ],
    },
  });
});

test.each([['models', 'models/*'], ['models/', 'models/*'], ['/models', 'models/*'], [undefined, '*']])('what is written to %s goes to %s', (prefix, objects) => {
  const { statements } = bound((stack) => S3Location.fromBucket(bucketOf(stack), prefix), { forWriting: true });

  expect(statements.map(({ Resource }) => Resource)).toEqual([`arn:aws:s3:::data/${objects}`]);
});

test.each<[string, Partial<S3LocationBindOptions>, string | string[]]>([
  ['read', { forReading: true }, 'kms:Decrypt'],
  ['written, in parts if it is large', { forWriting: true }, ['kms:Decrypt', 'kms:GenerateDataKey']],
])('the key of a bucket is included in what can be %s, for S3 only', (_, use, Action) => {
  const { statements } = bound((stack) => S3Location.fromBucket(new s3.Bucket(stack, 'Own', { encryptionKey: new kms.Key(stack, 'Key') }), 'train'), use);

  expect(statements).toContainEqual({
    Action,
    Effect: 'Allow',
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    Condition: { StringLike: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com*']] } } },
  });
});

test('a URI is read and written below its prefix', () => {
  const arn = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${resource}`]] });

  const { statements } = bound(() => S3Location.fromUri('s3://data/train/'), { forReading: true, forWriting: true });

  expect(statements.map(({ Resource }) => Resource)).toEqual([arn('data/train/*'), arn('data'), arn('data/train/*')]);
});

test('a URI of a bucket means all of it', () => {
  const { statements } = bound(() => S3Location.fromUri('s3://data'), { forReading: true });

  expect(JSON.stringify(statements)).toContain(':s3:::data/*');
});

test('a URI that is a token gives permissions by what it will be', () => {
  const { statements, uri } = bound((stack) => S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString), { forReading: true });

  const path = { 'Fn::Select': [1, { 'Fn::Split': ['s3://', { Ref: 'Uri' }] }] };
  expect(uri).toEqual({ Ref: 'Uri' });
  expect(statements.map(({ Resource }) => Resource)).toEqual([
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', path, '*']] },
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::Select': [0, { 'Fn::Split': ['/', path] }] }]] },
  ]);
});

test('an https address gives no permissions', () => {
  expect(bound(() => S3Location.fromUri('https://s3.amazonaws.com/data/train'), { forReading: true }).statements).toEqual([]);
});

test('an asset is uploaded once, and can be read, and no other asset', () => {
  const location = S3Location.fromAsset(__filename);

  const { actions, statements, uri } = bound((stack) => {
    location.bind(stack, { grantee: roleOf(new Stack(stack, 'Nested')) });
    return location;
  }, { forReading: true });

  expect(JSON.stringify(uri)).toMatch(/s3:\/\/cdk-hnb659fds-assets-.*\.ts/);
  expect(actions).toEqual(['s3:GetObject', 's3:ListBucket']);
  expect(JSON.stringify(statements)).toMatch(/\/[0-9a-f]{64}\.ts"/);
});

test('the construct of an asset has the name of the file, which is the same on every machine', () => {
  const stack = new Stack();
  const grantee = roleOf(new Stack(stack, 'Nested'));
  const [once, again] = [S3Location.fromAsset(__filename), S3Location.fromAsset(__filename)];
  for (const location of [once, once, again]) location.bind(stack, { grantee });

  expect(stack.node.children.map(({ node }) => node.id).filter((id) => id.startsWith('Asset'))).toEqual(['Asset:s3-location.test.ts', 'Asset:s3-location.test.ts2']);
});

test('nothing can be written to an asset', () => {
  expect(() => bound(() => S3Location.fromAsset(__filename), { forWriting: true })).toThrow(/^Stack: an asset is read-only and cannot be an output location; got /);
});
