import { checkGrammar, checkKeyLockout, checkResourceGrammar } from '../../../local/iam/grammar';

const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' };
const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } };
const policy = (...Statement: object[]) => ({ PolicyDocument: { Version: '2012-10-17', Statement } }) as never;
const role = (...Statement: object[]) => ({ AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } }) as never;

test('well-formed policies are accepted', () => {
  const conditional = { ...READ, Sid: 'Read1', Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': 'a*' }, 'IpAddress': { 'aws:SourceIp': '10.0.0.0/8' } } };
  expect(() => checkGrammar(policy(READ, conditional, { Effect: 'Deny', NotAction: ['iam:*'], NotResource: '*' }))).not.toThrow();
  expect(() => checkGrammar(role(TRUST))).not.toThrow();
  expect(() => checkGrammar({ ...role(TRUST) as object, Policies: [{ PolicyName: 'own', ...policy(READ) as object }] })).not.toThrow();
});

test.each<[string, object, string]>([
  ['no effect', { ...READ, Effect: undefined }, 'Syntax errors in policy.'],
  ['no actions', { ...READ, Action: [] }, 'Policy statement must contain actions.'],
  ['an action without a service', { ...READ, Action: 'GetObject' }, 'Actions/Conditions must be prefaced by a vendor'],
  ['no resources', { ...READ, Resource: undefined }, 'Policy statement must contain resources.'],
  ['a resource that is no ARN', { ...READ, Resource: ['*', 'data/*'] }, 'Resource data/* must be in ARN format or "*".'],
  ['an unknown operator', { ...READ, Condition: { StringMatches: { 'aws:PrincipalArn': '*' } } }, 'Invalid Condition type : StringMatches.'],
  ['a principal', { ...READ, Principal: '*' }, 'Policy document should not specify a principal.'],
  ['a statement ID with a hyphen', { ...READ, Sid: 'a-b' }, 'Statement IDs (SID) must be alpha-numeric.'],
])('a policy with %s is rejected', (_, statement, message) => {
  expect(() => checkGrammar(policy(statement))).toThrow(message);
  expect(() => checkGrammar({ Policies: [{ PolicyName: 'own', ...policy(statement) as object }] } as never)).toThrow(message);
});

test('a policy of another version, without statements, or with two statements of the same ID is rejected', () => {
  expect(() => checkGrammar({ PolicyDocument: { Version: '2020-01-01', Statement: [READ] } })).toThrow('Syntax errors in policy.');
  expect(() => checkGrammar({ PolicyDocument: { Version: '2012-10-17' } })).toThrow('Syntax errors in policy.');
  expect(() => checkGrammar(policy({ ...READ, Sid: 'a' }, { ...READ, Sid: 'a' }))).toThrow('must be unique');
});

test('a trust policy with a resource, or without a principal, is rejected', () => {
  expect(() => checkGrammar(role({ ...TRUST, Resource: '*' }))).toThrow('Has prohibited field Resource');
  expect(() => checkGrammar(role({ ...TRUST, Principal: undefined }))).toThrow('Missing required field Principal');
});

test.each([['an unknown kind', { User: 'me' }], ['a name', 'me'], ['a service without a domain', { Service: 'sagemaker' }], ['an account with letters', { AWS: 'me' }]])(
  'a trust policy whose principal is %s is rejected', (_, Principal) => {
    expect(() => checkGrammar(role({ ...TRUST, Principal }))).toThrow('Invalid principal in policy');
  });

test('the policy of a resource needs a principal and valid statements', () => {
  const ofBucket = (...Statement: object[]) => () => checkResourceGrammar({ Version: '2012-10-17', Statement } as never);
  const open = { ...READ, Principal: '*' };
  expect(ofBucket(open, { ...open, Effect: 'Deny', Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:role/r'], Service: 'logs.amazonaws.com' } })).not.toThrow();
  expect(ofBucket(READ)).toThrow('Missing required field Principal');
  expect(ofBucket({ ...open, Effect: 'Maybe' })).toThrow('Syntax errors in policy.');
  expect(ofBucket({ ...open, Resource: 'data' })).toThrow('Policy has invalid resource');
  expect(ofBucket({ ...open, Principal: { Team: 'a' } })).toThrow('Invalid principal in policy');
});

test('a key policy that locks everybody out is rejected', () => {
  const keyPolicy = (Principal: object, Action: string) => ({ Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }] }) as never;
  expect(() => checkKeyLockout(keyPolicy({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:*'))).not.toThrow();
  const message = 'The new key policy will not allow you to update the key policy in the future.';
  expect(() => checkKeyLockout(keyPolicy({ AWS: 'arn:aws:iam::111122223333:root' }, 'kms:Decrypt'))).toThrow(message);
  expect(() => checkKeyLockout(keyPolicy({ Service: 'sagemaker.amazonaws.com' }, 'kms:*'))).toThrow(message);
});
