import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { S3Location, type S3LocationBindOptions } from '../src';
import { actionsOf, statementsOf, templateOf } from './fixtures/synth';

const roleOf = (scope: Construct) => new iam.Role(scope, 'User', { assumedBy: new iam.AnyPrincipal() });

/** What the user of a location may do, and on what. */
function bound(location: (stack: Stack) => S3Location, use: Omit<S3LocationBindOptions, 'grantee'>) {
  let uri: unknown;
  const template = templateOf((stack) => {
    uri = stack.resolve(location(stack).bind(stack, { grantee: roleOf(stack), ...use }).s3Uri);
  });
  return { uri, template, actions: actionsOf(template, 'User'), statements: statementsOf(template, 'User') };
}

const bucketOf = (stack: Stack) => s3.Bucket.fromBucketArn(stack, 'Bucket', 'arn:aws:s3:::data');

test('a prefix of a bucket is read by everything that begins with it', () => {
  const { statements, uri } = bound((stack) => S3Location.fromBucket(bucketOf(stack), 'train'), { forReading: true });

  expect(uri).toBe('s3://data/train');
  expect(statements).toEqual([{
    Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'], Effect: 'Allow', Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data/train*'],
  }]);
});

test.each([['models', 'models/*'], ['models/', 'models/*'], ['/models', 'models/*'], [undefined, '*']])('what is written to %s goes to %s', (prefix, objects) => {
  const { statements } = bound((stack) => S3Location.fromBucket(bucketOf(stack), prefix), { forWriting: true });

  expect(statements.map(({ Resource }) => Resource)).toEqual([`arn:aws:s3:::data/${objects}`]);
});

test('the key of a bucket is included', () => {
  const { actions } = bound((stack) => S3Location.fromBucket(new s3.Bucket(stack, 'Own', { encryptionKey: new kms.Key(stack, 'Key') }), 'train'), { forReading: true });

  expect(actions).toContain('kms:Decrypt');
});

test('a URI is read and written below its prefix', () => {
  const arn = (resource: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${resource}`]] });

  const { statements } = bound(() => S3Location.fromUri('s3://data/train/'), { forReading: true, forWriting: true });

  expect(statements.map(({ Resource }) => Resource)).toEqual([[arn('data'), arn('data/train/*')], arn('data/train/*')]);
});

test('a URI of a bucket means all of it', () => {
  const { statements } = bound(() => S3Location.fromUri('s3://data'), { forReading: true });

  expect(JSON.stringify(statements)).toContain(':s3:::data/*');
});

test('a URI that is a token gives permissions by what it will be', () => {
  const { statements, uri } = bound((stack) => S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString), { forReading: true });

  const path = { 'Fn::Select': [1, { 'Fn::Split': ['s3://', { Ref: 'Uri' }] }] };
  expect(uri).toEqual({ Ref: 'Uri' });
  expect(statements[0].Resource).toEqual([
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::Select': [0, { 'Fn::Split': ['/', path] }] }]] },
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', path, '*']] },
  ]);
});

test('an https address gives no permissions', () => {
  expect(bound(() => S3Location.fromUri('https://s3.amazonaws.com/data/train'), { forReading: true }).statements).toEqual([]);
});

test('an asset is uploaded once, and can be read', () => {
  const location = S3Location.fromAsset(__filename);

  const { actions, uri } = bound((stack) => {
    location.bind(stack, { grantee: roleOf(new Stack(stack, 'Nested')) });
    return location;
  }, { forReading: true });

  expect(JSON.stringify(uri)).toMatch(/s3:\/\/cdk-hnb659fds-assets-.*\.ts/);
  expect(actions).toEqual(expect.arrayContaining(['s3:GetObject*']));
});

test('nothing can be written to an asset', () => {
  expect(() => bound(() => S3Location.fromAsset(__filename), { forWriting: true })).toThrow(/^Stack: an asset can be read only/);
});
