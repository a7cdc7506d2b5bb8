import { LocalCloud } from '../../../local/cloud';
import { query } from '../query/requests';

const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const OWN = 'arn:aws:iam::111122223333:policy/jobs/own';
const TRUST = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'sagemaker.amazonaws.com' } }] };

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start({ startAt: new Date('2026-01-01T00:00:00Z') });
  await cloud.clock.run(cloud.cloudFormation.createStack({
    stackName: 'Stack',
    template: {
      Resources: {
        Own: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'own', Path: '/jobs/', Description: 'for jobs', PolicyDocument: allow('s3:PutObject'), Roles: [{ Ref: 'Role' }] } },
        Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'limit', PolicyDocument: allow('s3:*') } },
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: 'job',
            Tags: [{ Key: 'team', Value: 'ml' }],
            Path: '/jobs/',
            AssumeRolePolicyDocument: TRUST,
            Policies: [{ PolicyName: 'inline', PolicyDocument: allow('s3:GetObject') }],
            PermissionsBoundary: { Ref: 'Limit' },
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          },
        },
      },
    },
  }));
});
afterAll(async () => cloud.stop());

const iam = async (Action: string, parameters: { [name: string]: string } = {}) => {
  const { status, document } = await query(cloud, 'iam', { Action, ...Action.includes('Role') && Action !== 'ListRoles' && { RoleName: 'job' }, ...parameters });
  return { status, result: document[`${Action}Response`]?.[`${Action}Result`], error: document.ErrorResponse?.Error };
};
const decoded = (document: string) => JSON.parse(decodeURIComponent(document));

test('a role of a stack is described, with its trust policy', async () => {
  const { result: { Role } } = await iam('GetRole');
  expect(Role).toMatchObject({
    RoleName: 'job',
    RoleId: expect.stringMatching(/^AROA[0-9A-F]{17}$/),
    Path: '/jobs/',
    Arn: 'arn:aws:iam::111122223333:role/jobs/job',
    CreateDate: expect.stringMatching(/^2026-01-01T00:00:\d\d/),
    Tags: { member: [{ Key: 'team', Value: 'ml' }] },
  });
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
    member: [{ PolicyName: 'own', PolicyArn: OWN }, { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }],
  });
  expect(decoded((await iam('GetRolePolicy', { PolicyName: 'inline' })).result.PolicyDocument)).toEqual(allow('s3:GetObject'));
});

test('managed policies are listed by scope, path and attachment, in pages', async () => {
  const names = async (parameters: { [name: string]: string }): Promise<string[]> =>
    ((await iam('ListPolicies', parameters)).result.Policies.member ?? []).map(({ PolicyName }: { PolicyName: string }) => PolicyName);
  expect((await names({ Scope: 'Local' })).sort()).toEqual(['limit', 'own']);
  expect(await names({ Scope: 'Local', PathPrefix: '/jobs/' })).toEqual(['own']);
  expect((await names({ OnlyAttached: 'true' })).sort()).toEqual(['AWSLambdaBasicExecutionRole', 'own']);
  expect(await names({ Scope: 'AWS' })).toContain('AdministratorAccess');
  const { result: { IsTruncated, Marker } } = await iam('ListPolicies', { Scope: 'Local', MaxItems: '1' });
  expect(IsTruncated).toBe('true');
  expect((await iam('ListPolicies', { Scope: 'Local', MaxItems: '1', Marker })).result).toMatchObject({ IsTruncated: 'false', Policies: { member: [expect.anything()] } });
  expect(await iam('ListPolicies', { Scope: 'Mine' })).toMatchObject({ status: 400, error: { Code: 'ValidationError' } });
});

test('a managed policy is described, with its document', async () => {
  expect((await iam('GetPolicy', { PolicyArn: OWN })).result.Policy).toEqual({
    PolicyName: 'own',
    PolicyId: expect.stringMatching(/^ANPA[0-9A-F]{17}$/),
    Arn: OWN,
    Path: '/jobs/',
    CreateDate: expect.stringMatching(/^2026-01-01T00:00:/),
    UpdateDate: expect.stringMatching(/^2026-01-01T00:00:/),
    DefaultVersionId: 'v1',
    AttachmentCount: '1',
    PermissionsBoundaryUsageCount: '0',
    IsAttachable: 'true',
    Description: 'for jobs',
  });
  const boundary = await iam('GetPolicy', { PolicyArn: 'arn:aws:iam::111122223333:policy/limit' });
  expect(boundary.result.Policy).toMatchObject({ AttachmentCount: '0', PermissionsBoundaryUsageCount: '1' });
  expect(decoded((await iam('GetPolicyVersion', { PolicyArn: OWN, VersionId: 'v1' })).result.PolicyVersion.Document)).toEqual(allow('s3:PutObject'));
  expect(await iam('GetPolicyVersion', { PolicyArn: OWN, VersionId: 'v2' })).toMatchObject({ status: 404, error: { Code: 'NoSuchEntity' } });
  expect(await iam('GetPolicy', { PolicyArn: 'arn:aws:iam::111122223333:policy/none' })).toMatchObject({ status: 404, error: { Code: 'NoSuchEntity' } });
});

test('what there is not is NoSuchEntity', async () => {
  expect(await iam('GetRole', { RoleName: 'other' })).toMatchObject({ status: 404, error: { Code: 'NoSuchEntity' } });
  expect(await iam('GetRolePolicy', { PolicyName: 'other' })).toMatchObject({ status: 404, error: { Code: 'NoSuchEntity' } });
});

test.each<[string, { [name: string]: string }]>([
  ['GetRole', { RoleName: 'a b' }],
  ['ListRoles', { MaxItems: '0' }],
  ['ListRoles', { MaxItems: '1001' }],
  ['ListRoles', { PathPrefix: 'jobs' }],
  ['GetRolePolicy', {}],
  ['ListPolicies', { PathPrefix: '/jobs' }],
  ['GetPolicy', { PolicyArn: 'own' }],
  ['GetPolicyVersion', { PolicyArn: OWN, VersionId: '1' }],
  ['ListRoles', { RoleName: 'job' }],
])('%s rejects %j', async (action, parameters) => {
  expect(await iam(action, parameters)).toMatchObject({ status: 400, error: { Code: 'ValidationError' } });
});

test('the policies of a role are listed in pages', async () => {
  const first = (await iam('ListAttachedRolePolicies', { MaxItems: '1' })).result;
  expect(first).toMatchObject({ IsTruncated: 'true', AttachedPolicies: { member: [expect.anything()] } });
  const second = (await iam('ListAttachedRolePolicies', { Marker: first.Marker })).result;
  expect(second.AttachedPolicies.member[0].PolicyArn).not.toBe(first.AttachedPolicies.member[0].PolicyArn);
});
