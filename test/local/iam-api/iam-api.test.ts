import { LocalCloud } from '../../../local/cloud';
import { query } from '../query/requests';

const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] };

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start();
  await cloud.clock.run(cloud.cloudFormation.createStack({
    stackName: 'Stack',
    template: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: 'job',
            Path: '/jobs/',
            AssumeRolePolicyDocument: TRUST,
            Policies: [{ PolicyName: 'inline', PolicyDocument: allow('s3:GetObject') }],
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          },
        },
      },
    },
  }));
});
afterAll(async () => cloud.stop());

const iam = async (Action: string, parameters: { [name: string]: string } = {}) => {
  const { status, document } = await query(cloud, 'iam', { Action, RoleName: 'job', ...parameters });
  return { status, result: document[`${Action}Response`]?.[`${Action}Result`], error: document.ErrorResponse?.Error };
};
const decoded = (document: string) => JSON.parse(decodeURIComponent(document));

test('a role of a stack is described, with its trust policy', async () => {
  const { result: { Role } } = await iam('GetRole');
  expect(Role).toMatchObject({ RoleName: 'job', Path: '/jobs/', Arn: 'arn:aws:iam::111122223333:role/jobs/job' });
  expect(decoded(Role.AssumeRolePolicyDocument)).toEqual(TRUST);
});

test('roles are listed by path', async () => {
  const of = async (PathPrefix: string) => (await iam('ListRoles', { PathPrefix })).result;
  expect((await of('/jobs/')).Roles.member.map(({ Arn }: { Arn: string }) => Arn)).toEqual(['arn:aws:iam::111122223333:role/jobs/job']);
  expect(await of('/other/')).toMatchObject({ IsTruncated: 'false' });
});

test('its policies are listed, and the inline ones can be read', async () => {
  expect((await iam('ListRolePolicies')).result.PolicyNames).toEqual({ member: ['inline'] });
  expect((await iam('ListAttachedRolePolicies')).result.AttachedPolicies).toEqual({
    member: [{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }],
  });
  expect(decoded((await iam('GetRolePolicy', { PolicyName: 'inline' })).result.PolicyDocument)).toEqual(allow('s3:GetObject'));
});

test('what there is not is NoSuchEntity', async () => {
  expect(await iam('GetRole', { RoleName: 'other' })).toMatchObject({ status: 404, error: { Code: 'NoSuchEntity' } });
  expect(await iam('GetRolePolicy', { PolicyName: 'other' })).toMatchObject({ status: 404, error: { Code: 'NoSuchEntity' } });
});
