import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { LocalCloud } from '../../../local/cloud';
import { clientConfig } from '../environments/clients';
import { identityOf, query } from '../query/requests';

let cloud: LocalCloud;
beforeAll(async () => { cloud = await LocalCloud.start({ startAt: new Date('2026-01-01T00:00:00Z') }); });
afterAll(async () => cloud.stop());

const assume = async (role: string, RoleSessionName = 'me') =>
  query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: `arn:aws:iam::111122223333:role/${role}`, RoleSessionName });

test('somebody unknown is the administrator of the account', async () => {
  expect(await identityOf(cloud, 'AKIDTEST')).toBe('arn:aws:iam::111122223333:user/administrator');
});

describe('a role', () => {
  test.each(['deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role', 'cfn-exec-role'])(
    'of the bootstrap stack can be assumed: %s', async (purpose) => {
      const name = `cdk-hnb659fds-${purpose}-111122223333-us-east-1`;
      const { AssumeRoleResult: { Credentials, AssumedRoleUser } } = (await assume(name)).document.AssumeRoleResponse;
      expect(AssumedRoleUser.Arn).toBe(`arn:aws:sts::111122223333:assumed-role/${name}/me`);
      expect(Credentials).toEqual({
        AccessKeyId: expect.stringMatching(/^ASIA/), SecretAccessKey: expect.any(String), SessionToken: expect.any(String), Expiration: '2026-01-01T01:00:00.000Z',
      });
      expect(await identityOf(cloud, Credentials.AccessKeyId)).toBe(AssumedRoleUser.Arn);
    });

  test('of a stack can be assumed by whom it trusts, as long as the stack exists', async () => {
    const trusting = (RoleName: string, Principal: object) => ({
      Type: 'AWS::IAM::Role',
      Properties: { RoleName, AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] } },
    });
    const Resources = {
      Reader: trusting('reader', { AWS: 'arn:aws:iam::111122223333:root' }),
      Job: trusting('job', { Service: 'sagemaker.amazonaws.com' }),
    };
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Roles', template: { Resources } }));
    await cloud.clock.advance(11_000);
    expect((await assume('reader')).status).toBe(200);
    expect((await assume('job')).status).toBe(403);
    await cloud.destroy('Roles');
    expect(await assume('reader')).toMatchObject({ status: 403, document: { ErrorResponse: { Error: { Code: 'AccessDenied' } } } });
  });

  test('is assumed in a session with a name', async () => {
    const refused = await assume('cdk-hnb659fds-deploy-role-111122223333-us-east-1', 'a b');
    expect(refused).toMatchObject({ status: 400, document: { ErrorResponse: { Error: { Code: 'ValidationError' } } } });
  });

  test('has sessions of at most its own maximum, which a session policy can limit', async () => {
    const Resources = {
      Short: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'short',
          MaxSessionDuration: 7200,
          AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] },
          Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
        },
      },
    };
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Short', template: { Resources } }));
    await cloud.clock.advance(11_000);
    const open = async (more: object) => query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::111122223333:role/short', RoleSessionName: 'me', ...more });
    expect((await open({ DurationSeconds: '7200' })).status).toBe(200);
    expect((await open({ DurationSeconds: '7201' })).document.ErrorResponse.Error.Message).toBe('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
    expect((await open({ Policy: '{' })).document.ErrorResponse.Error.Code).toBe('MalformedPolicyDocument');
    const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }] });
    const { AccessKeyId } = (await open({ Policy })).document.AssumeRoleResponse.AssumeRoleResult.Credentials;
    const call = async (operation: string, input: object) => fetch(cloud.endpoint.url, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        'authorization': `AWS4-HMAC-SHA256 Credential=${AccessKeyId}/20260101/us-east-1/ssm/aws4_request`, 'x-amz-target': `AmazonSSM.${operation}`, 'content-type': 'application/x-amz-json-1.1',
      },
    }).then(async (response) => (await response.json() as { __type?: string; message?: string }));
    expect(await call('GetParameter', { Name: '/nothing' })).toMatchObject({ __type: 'ParameterNotFound' });
    expect(await call('DeleteParameter', { Name: '/nothing' })).toMatchObject({ __type: 'AccessDeniedException', message: expect.stringContaining('because no session policy allows the ssm:DeleteParameter action') });
  });

  test('has sessions of at most one hour without another maximum, also if no stack has created it', async () => {
    const existing = await LocalCloud.start({ roles: [{ roleArn: 'arn:aws:iam::111122223333:role/existing', trust: { Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] } }] });
    const statuses = await Promise.all(['3600', '3601'].map(async (DurationSeconds) => (
      (await query(existing, 'sts', { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::111122223333:role/existing', RoleSessionName: 'me', DurationSeconds })).status)));
    await existing.stop();
    expect(statuses).toEqual([200, 400]);
  });

  test('has sessions whose policy also limits calls of S3, and whose tags are those of the role', async () => {
    const trust = { Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] };
    const onOwnTeam = { Effect: 'Allow', Action: 'ssm:*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'churn' } } };
    const role = (RoleName: string, team: string) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName,
        AssumeRolePolicyDocument: trust,
        Tags: [{ Key: 'team', Value: team }],
        Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, onOwnTeam] } }],
      },
    });
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Teams', template: { Resources: { Churn: role('churn', 'churn'), Other: role('other', 'other') } } }));
    await cloud.clock.advance(11_000);
    cloud.s3.createBucket('of-teams');
    const open = async (name: string, policy?: object) => {
      const { document } = await query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: `arn:aws:iam::111122223333:role/${name}`, RoleSessionName: 'me', ...policy && { Policy: JSON.stringify(policy) } });
      return clientConfig(cloud, 'us-east-1', document.AssumeRoleResponse.AssumeRoleResult.Credentials.AccessKeyId as string);
    };
    const s3 = new S3Client({ ...await open('churn', { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::of-teams/*' }] }), forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket: 'of-teams', Key: 'key', Body: 'content' }));
    await expect(s3.send(new GetObjectCommand({ Bucket: 'of-teams', Key: 'key' }))).rejects.toMatchObject({ name: 'AccessDenied' });
    s3.destroy();
    const get = async (name: string) => {
      const ssm = new SSMClient(await open(name));
      const error: Error = await ssm.send(new GetParameterCommand({ Name: '/nothing' })).catch((refusal) => refusal);
      ssm.destroy();
      return error.name;
    };
    expect([await get('churn'), await get('other')]).toEqual(['ParameterNotFound', 'AccessDeniedException']);
  });
});
