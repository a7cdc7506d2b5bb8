import { LocalCloud } from '../../../local/cloud';

let cloud: LocalCloud;
beforeAll(async () => { cloud = await LocalCloud.start({ quotas: false }); });
afterEach(() => cloud.destroy('Stack'));
afterAll(() => cloud.stop());

type Statement = { readonly [element: string]: unknown };
const policy = (...statements: Statement[]) => ({ Version: '2012-10-17', Statement: statements });
const TRUST = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const ROLE = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } };
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' };

/** The reason why a stack with these resources cannot be created. */
async function refusal(resources: object): Promise<string | undefined> {
  const { events } = await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: resources } }));
  return events.find(({ resourceStatus, resourceStatusReason = '' }) => resourceStatus === 'CREATE_FAILED' && !/cancelled/.test(resourceStatusReason))?.resourceStatusReason;
}

interface Holder {
  /** A well-formed statement of the kind of policy. */
  readonly statement: Statement;
  resources(document: object): object;
}

const identity: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' };
const ofResource: Statement = { ...identity, Principal: '*' };

const HOLDERS: { readonly [name: string]: Holder } = {
  'the inline policy of a role': {
    statement: identity, resources: (PolicyDocument) => ({ It: { ...ROLE, Properties: { ...ROLE.Properties, Policies: [{ PolicyName: 'p', PolicyDocument }] } } }),
  },
  'a policy of a role': {
    statement: identity,
    resources: (PolicyDocument) => ({ Role: ROLE, It: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument } } }),
  },
  'a managed policy': { statement: identity, resources: (PolicyDocument) => ({ It: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } } }) },
  'a trust policy': {
    statement: TRUST.Statement[0], resources: (AssumeRolePolicyDocument) => ({ It: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } } }),
  },
  'the policy of a bucket': {
    statement: ofResource,
    resources: (PolicyDocument) => ({ Bucket: { Type: 'AWS::S3::Bucket' }, It: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument } } }),
  },
  'the policy of a key': {
    statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: ROOT },
    resources: (KeyPolicy) => ({ It: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } } }),
  },
  'the policy of a queue': {
    statement: ofResource,
    resources: (PolicyDocument) => ({ Queue: { Type: 'AWS::SQS::Queue' }, It: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument } } }),
  },
  'the policy of a topic': {
    statement: ofResource,
    resources: (PolicyDocument) => ({ Topic: { Type: 'AWS::SNS::Topic' }, It: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument } } }),
  },
  'the policy of a repository': {
    statement: { Effect: 'Allow', Action: 'ecr:BatchGetImage', Principal: ROOT },
    resources: (RepositoryPolicyText) => ({ It: { Type: 'AWS::ECR::Repository', Properties: { RepositoryPolicyText } } }),
  },
  'the policy of an endpoint of a VPC': {
    statement: ofResource,
    resources: (PolicyDocument) => ({
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      It: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: { Ref: 'Vpc' }, ServiceName: 'com.amazonaws.us-east-1.s3', PolicyDocument } },
    }),
  },
};

const FAULTS: readonly [string, Statement, string][] = [
  ['an unknown effect', { Effect: 'Maybe' }, 'Syntax errors in policy.'],
  ['an action without a service', { Action: 'GetObject' }, 'Actions/Conditions must be prefaced by a vendor'],
  ['an unknown operator', { Condition: { StringMatches: { 'aws:PrincipalArn': '*' } } }, 'Invalid Condition type : StringMatches.'],
];

describe.each(Object.entries(HOLDERS))('%s', (name, { resources, statement }) => {
  const isIdentity = statement === identity;
  test('that is well-formed is accepted', async () => {
    expect(await refusal(resources(policy(statement)))).toBeUndefined();
  });

  test.each(FAULTS)('is rejected with %s', async (_, fault, message) => {
    expect(await refusal(resources(policy({ ...statement, ...fault })))).toContain(message);
  });

  test('is rejected with another version', async () => {
    expect(await refusal(resources({ ...policy(statement), Version: '2020-01-01' }))).toContain('Syntax errors in policy.');
  });

  test('is rejected with two statements of the same ID', async () => {
    expect(await refusal(resources(policy({ ...statement, Sid: 'A' }, { ...statement, Sid: 'A' })))).toContain('must be unique');
  });

  test(`is rejected with ${isIdentity ? 'a principal' : 'a principal that is none'}`, async () => {
    const message = isIdentity ? 'Policy document should not specify a principal.' : 'Invalid principal in policy';
    expect(await refusal(resources(policy({ ...statement, Principal: { AWS: 'me' } })))).toContain(message);
  });

  test('is rejected with a resource that is no ARN, and a trust policy with any', async () => {
    const message = isIdentity ? 'must be in ARN format or "*".' : name === 'a trust policy' ? 'Has prohibited field Resource' : 'Policy has invalid resource';
    expect(await refusal(resources(policy({ ...statement, Resource: 'data/*' })))).toContain(message);
  });
});

test('a key policy that locks everybody out is rejected', async () => {
  const KeyPolicy = policy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: ROOT });
  expect(await refusal({ It: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } } })).toContain('will not allow you to update the key policy in the future');
});

test.each([['3599', 'is not greater or equal to 3600'], ['43201', 'is not less or equal to 43200']])('a session of at most %s seconds is rejected', async (MaxSessionDuration, message) => {
  expect(await refusal({ It: { ...ROLE, Properties: { ...ROLE.Properties, MaxSessionDuration } } })).toContain(message);
});

test.each([
  ['of AWS', 'arn:aws:iam::aws:policy/Nothing', 'The managed policy arn:aws:iam::aws:policy/Nothing is not emulated.'],
  ['of the account', 'arn:aws:iam::111122223333:policy/nothing', 'Policy arn:aws:iam::111122223333:policy/nothing does not exist or is not attachable.'],
])('a managed policy %s that does not exist is rejected', async (_, arn, message) => {
  expect(await refusal({ It: { ...ROLE, Properties: { ...ROLE.Properties, ManagedPolicyArns: [arn] } } })).toContain(message);
});

test('a trust policy that names a role that does not exist is rejected', async () => {
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:role/Nobody' } });
  expect(await refusal({ It: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } } })).toContain('Invalid principal in policy');
});
