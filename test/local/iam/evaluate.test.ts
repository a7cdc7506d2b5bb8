import { decide, decideTrust } from '../../../local/iam/evaluate';
import type { Conditions, PolicyDocument, RequestContext, Statement } from '../../../local/iam/policy';

const ARN = 'arn:aws:s3:::data/train/part-00000';

const policy = (...statements: Partial<Statement>[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
});
const get = (context: RequestContext = {}, resource = ARN) => ({ action: 's3:GetObject', resource, context });
const all = { Action: '*', Resource: '*' };

test('what no policy allows is not allowed', () => {
  expect(decide(get(), [])).toBe('not allowed');
  expect(decide(get(), [policy({ Action: 's3:PutObject', Resource: '*' })])).toBe('not allowed');
});

test('a denial goes before everything that allows', () => {
  expect(decide(get(), [policy(all), policy({ Effect: 'Deny', Action: 's3:Get*', Resource: '*' })])).toBe('denied');
});

test.each<[string, Partial<Statement>, boolean]>([
  ['the very action and resource', { Action: 's3:GetObject', Resource: ARN }, true],
  ['one of several', { Action: ['s3:PutObject', 's3:GetObject'], Resource: ['arn:aws:s3:::other', ARN] }, true],
  ['the action in another case', { Action: 'S3:getobject', Resource: '*' }, true],
  ['the resource in another case', { Action: 's3:GetObject', Resource: ARN.toUpperCase() }, false],
  ['wildcards', { Action: 's3:Get*', Resource: 'arn:aws:s3:::data/tr?in/*' }, true],
  ['a wildcard that stands for one character only', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/tr?/part-00000' }, false],
  ['a prefix without a wildcard', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/train/' }, false],
  ['a dot that is no wildcard', { Action: 's3.GetObject', Resource: '*' }, false],
  ['everything but other actions', { NotAction: 's3:Put*', Resource: '*' }, true],
  ['everything but this action', { NotAction: ['s3:Get*'], Resource: '*' }, false],
  ['everything but other resources', { Action: '*', NotResource: 'arn:aws:s3:::secret/*' }, true],
  ['everything but this resource', { Action: '*', NotResource: 'arn:aws:s3:::data/*' }, false],
  ['a variable', { Action: '*', Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' }, true],
  ['a variable without a value', { Action: '*', Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/none}/*' }, false],
  ['a variable with a default', { Action: '*', Resource: "arn:aws:s3:::data/${aws:PrincipalTag/none, 'train'}/*" }, true],
  ['a variable whose value is no wildcard', { Action: '*', Resource: 'arn:aws:s3:::${aws:PrincipalTag/star}' }, false],
])('a statement on %s', (_what, statement, isAllowed) => {
  const context = { 'aws:PrincipalTag/team': 'train', 'aws:PrincipalTag/star': '*' };
  expect(decide(get(context), [policy(statement)])).toBe(isAllowed ? 'allowed' : 'not allowed');
});

test('a policy without a version has no variables', () => {
  const document = { Statement: { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::data/${aws:PrincipalTag/team}/*' } } as const;
  expect(decide(get({ 'aws:PrincipalTag/team': 'train' }), [document])).toBe('not allowed');
  expect(decide(get({}, 'arn:aws:s3:::data/${aws:PrincipalTag/team}/x'), [document])).toBe('allowed');
});

const CONTEXT = {
  'ip': '203.0.113.7',
  'team': 'churn',
  'source': 'arn:aws:sagemaker:us-east-1:111122223333:training-job/churn-1',
  'secure': 'true',
  'age': '30',
  'now': '2026-01-01T00:00:00Z',
  'aws:TagKeys': ['team', 'cost'],
};

test.each<[Conditions, boolean]>([
  [{ StringEquals: { team: 'churn' } }, true],
  [{ StringEquals: { TEAM: ['other', 'churn'] } }, true],
  [{ StringEquals: { team: 'Churn' } }, false],
  [{ StringEquals: { none: 'churn' } }, false],
  [{ StringEqualsIfExists: { none: 'churn' } }, true],
  [{ StringEqualsIfExists: { team: 'other' } }, false],
  [{ StringEqualsIgnoreCase: { team: 'CHURN' } }, true],
  [{ StringNotEquals: { team: ['other', 'churn'] } }, false],
  [{ StringNotEquals: { none: 'churn' } }, true],
  [{ StringNotEqualsIgnoreCase: { team: 'CHURN' } }, false],
  [{ StringLike: { team: 'ch*n' } }, true],
  [{ StringEquals: { team: 'ch*n' } }, false],
  [{ StringNotLike: { team: 'ch*n' } }, false],
  [{ StringEquals: { team: '${team}' } }, true],
  [{ ArnLike: { source: 'arn:aws:sagemaker:*:111122223333:training-job/*' } }, true],
  [{ ArnEquals: { source: 'arn:*:training-job/churn-1' } }, false],
  [{ ArnNotLike: { source: 'arn:aws:sagemaker:*:*:*' } }, false],
  [{ ArnLike: { source: '${source}' } }, true],
  [{ Bool: { secure: 'true' } }, true],
  [{ Bool: { secure: false } }, false],
  [{ NumericLessThanEquals: { age: 30 } }, true],
  [{ NumericGreaterThan: { age: '30' } }, false],
  [{ NumericNotEquals: { age: '31' } }, true],
  [{ DateLessThan: { now: '2026-06-01T00:00:00Z' } }, true],
  [{ DateGreaterThan: { now: '1780000000' } }, false],
  [{ Null: { none: 'true' } }, true],
  [{ Null: { team: true } }, false],
  [{ Null: { team: 'false' } }, true],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost', 'more'] } }, true],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, false],
  [{ 'ForAllValues:StringEquals': { none: ['team'] } }, true],
  [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'c*' } }, true],
  [{ 'ForAnyValue:StringEquals': { none: 'team' } }, false],
  [{ 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'cost' } }, false],
  [{ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'cost' } }, true],
  [{ IpAddress: { ip: ['198.51.100.0/24', '203.0.113.0/24'] } }, true],
  [{ IpAddress: { ip: '203.0.113.8' } }, false],
  [{ NotIpAddress: { ip: '203.0.113.7/32' } }, false],
  [{ IpAddress: { none: '0.0.0.0/0' } }, false],
  [{ NotIpAddress: { none: '0.0.0.0/0' } }, true],
  [{ StringEquals: { team: 'churn', none: 'x' } }, false],
  [{ StringEquals: { team: 'churn' }, Bool: { secure: 'false' } }, false],
])('the condition %j', (Condition, holds) => {
  expect(decide(get(CONTEXT), [policy({ ...all, Condition })])).toBe(holds ? 'allowed' : 'not allowed');
});

test.each(['BinaryEquals', 'StringMatches', 'ForSomeValues:StringEquals'])('the operator %s is an error, and allows nothing', (operator) => {
  expect(() => decide(get(CONTEXT), [policy({ ...all, Condition: { [operator]: { team: 'churn' } } })])).toThrow(`The condition operator ${operator} is not emulated.`);
});

describe('the trust of a role', () => {
  const trust = (statement: Partial<Statement>) => policy({ Action: 'sts:AssumeRole', ...statement });
  const service = 'sagemaker.amazonaws.com';

  test.each<[string, Partial<Statement>, boolean]>([
    ['in the service', { Principal: { Service: service } }, true],
    ['in several services', { Principal: { Service: ['lambda.amazonaws.com', service] } }, true],
    ['in the service of a region', { Principal: { Service: 'sagemaker.us-east-1.amazonaws.com' } }, true],
    ['in another service', { Principal: { Service: 'lambda.amazonaws.com' } }, false],
    ['in an account', { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, false],
    ['in everybody', { Principal: '*' }, true],
    ['in sessions with tags only', { Principal: { Service: service }, Action: 'sts:TagSession' }, false],
    ['in jobs of the account', { Principal: { Service: service }, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } }, true],
    ['in jobs of another account', { Principal: { Service: service }, Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } } }, false],
    ['in some jobs', { Principal: { Service: service }, Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:sagemaker:*:*:training-job/churn-*' } } }, true],
  ])('%s', (_what, statement, isTrusted) => {
    const context = { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': CONTEXT.source };
    expect(decideTrust(trust(statement), service, context)).toBe(isTrusted ? 'allowed' : 'not allowed');
  });
});
