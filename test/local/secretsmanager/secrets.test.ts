import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCloud } from '../../../local/cloud';
import { json, query } from '../query/requests';

const DAY = 86_400_000;
const START = new Date('2026-01-01T06:00:00Z');

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start({ startAt: START }); });
afterEach(() => cloud.stop());

/** Calls an operation of Secrets Manager. Returns the output, or the code of the error and its message. */
async function call(operation: string, input: object, on = cloud, accessKeyId?: string): Promise<any> {
  const { document, status } = await json(on, 'secretsmanager', `secretsmanager.${operation}`, input, accessKeyId);
  return status === 200 ? document : `${document.__type}: ${document.message}`;
}

test('a secret is created, read by its name and its ARN, described and listed', async () => {
  const created = await call('CreateSecret', { Name: 'app/key', SecretString: 'value', Description: 'the key', Tags: [{ Key: 'team', Value: 'ml' }] });
  expect(created).toEqual({ ARN: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:app\/key-\w{6}$/), Name: 'app/key', VersionId: expect.any(String) });
  const value = { ...created, SecretString: 'value', VersionStages: ['AWSCURRENT'], CreatedDate: START.getTime() / 1000 };
  expect(await call('GetSecretValue', { SecretId: 'app/key' })).toEqual(value);
  expect(await call('GetSecretValue', { SecretId: created.ARN })).toEqual(value);
  expect(await call('GetSecretValue', { SecretId: created.ARN.slice(0, -7) })).toEqual(value);
  const described = { ARN: created.ARN, Name: 'app/key', Description: 'the key', Tags: [{ Key: 'team', Value: 'ml' }], LastAccessedDate: Date.UTC(2026, 0, 1) / 1000 };
  expect(await call('DescribeSecret', { SecretId: 'app/key' })).toMatchObject({ ...described, VersionIdsToStages: { [created.VersionId]: ['AWSCURRENT'] } });
  expect(await call('ListSecrets', {})).toMatchObject({ SecretList: [{ ...described, SecretVersionsToStages: { [created.VersionId]: ['AWSCURRENT'] } }] });
});

test('a new value is the current version, and the one before keeps the label AWSPREVIOUS', async () => {
  const token = (character: string) => character.repeat(32);
  await call('CreateSecret', { Name: 'key', SecretString: 'a', ClientRequestToken: token('a') });
  expect(await call('PutSecretValue', { SecretId: 'key', SecretString: 'b', ClientRequestToken: token('b') }))
    .toMatchObject({ VersionId: token('b'), VersionStages: ['AWSCURRENT'] });
  expect(await call('UpdateSecret', { SecretId: 'key', SecretString: 'c', ClientRequestToken: token('c'), Description: 'third' })).toMatchObject({ VersionId: token('c') });
  const read = async (version: object) => {
    const answer = await call('GetSecretValue', { SecretId: 'key', ...version });
    return answer.SecretString ?? answer;
  };
  expect(await read({})).toBe('c');
  expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('b');
  expect(await read({ VersionId: token('a') })).toBe('a');
  expect(await read({ VersionStage: 'AWSPENDING' })).toBe('ResourceNotFoundException: Secrets Manager can\'t find the specified secret value for staging label: AWSPENDING');
  expect(await read({ VersionId: token('x') })).toMatch(/^ResourceNotFoundException: .* for VersionId: x{32}$/);
  expect((await call('ListSecretVersionIds', { SecretId: 'key', IncludeDeprecated: true })).Versions.map(({ VersionId }: any) => VersionId[0])).toEqual(['a', 'b', 'c']);
  expect((await call('ListSecretVersionIds', { SecretId: 'key' })).Versions.map(({ VersionId }: any) => VersionId[0])).toEqual(['b', 'c']);
});

test('a version with labels of its own leaves the current one as it is', async () => {
  await call('CreateSecret', { Name: 'key', SecretString: 'a' });
  await call('PutSecretValue', { SecretId: 'key', SecretString: 'b', VersionStages: ['AWSPENDING'] });
  expect(await call('GetSecretValue', { SecretId: 'key' })).toMatchObject({ SecretString: 'a' });
  expect(await call('GetSecretValue', { SecretId: 'key', VersionStage: 'AWSPENDING' })).toMatchObject({ SecretString: 'b' });
});

test('a repeated request with its token has no further effect, and a token is for one value', async () => {
  const token = 'a'.repeat(32);
  const first = await call('CreateSecret', { Name: 'key', SecretString: 'a', ClientRequestToken: token });
  expect(await call('CreateSecret', { Name: 'key', SecretString: 'a', ClientRequestToken: token })).toEqual(first);
  expect(await call('CreateSecret', { Name: 'key', SecretString: 'b', ClientRequestToken: token })).toMatch(/^ResourceExistsException: .*the secret key already exists/);
  expect(await call('PutSecretValue', { SecretId: 'key', SecretString: 'a', ClientRequestToken: token })).toMatchObject({ VersionId: token });
  expect(await call('PutSecretValue', { SecretId: 'key', SecretString: 'b', ClientRequestToken: token })).toMatch(/^ResourceExistsException: .*ClientRequestToken/);
});

test('a secret without a value has no version until one is put', async () => {
  const created = await call('CreateSecret', { Name: 'empty' });
  expect(created).not.toHaveProperty('VersionId');
  expect(await call('GetSecretValue', { SecretId: 'empty' })).toMatch(/^ResourceNotFoundException: .*staging label: AWSCURRENT/);
  await call('PutSecretValue', { SecretId: 'empty', SecretBinary: 'AAEC' });
  expect(await call('GetSecretValue', { SecretId: 'empty' })).toMatchObject({ SecretBinary: 'AAEC' });
});

describe('a deleted secret', () => {
  beforeEach(() => call('CreateSecret', { Name: 'key', SecretString: 'a' }));

  test('can be restored during its recovery window, and neither be read nor be created meanwhile', async () => {
    expect(await call('DeleteSecret', { SecretId: 'key', RecoveryWindowInDays: 7 })).toMatchObject({ Name: 'key', DeletionDate: (START.getTime() + 7 * DAY) / 1000 });
    expect(await call('GetSecretValue', { SecretId: 'key' })).toBe('InvalidRequestException: You can\'t perform this operation on the secret because it was marked for deletion.');
    expect(await call('CreateSecret', { Name: 'key' })).toMatch(/^InvalidRequestException: .* already scheduled for deletion/);
    expect(await call('DescribeSecret', { SecretId: 'key' })).toMatchObject({ DeletedDate: (START.getTime() + 7 * DAY) / 1000 });
    expect(await call('ListSecrets', {})).toEqual({ SecretList: [] });
    expect(await call('ListSecrets', { IncludePlannedDeletion: true })).toMatchObject({ SecretList: [{ Name: 'key' }] });
    await call('RestoreSecret', { SecretId: 'key' });
    expect(await call('GetSecretValue', { SecretId: 'key' })).toMatchObject({ SecretString: 'a' });
  });

  test('is gone after its recovery window, which is 30 days by default', async () => {
    await call('DeleteSecret', { SecretId: 'key' });
    await cloud.clock.advance(30 * DAY - 1);
    expect(await call('DescribeSecret', { SecretId: 'key' })).toMatchObject({ Name: 'key' });
    await cloud.clock.advance(1);
    expect(await call('DescribeSecret', { SecretId: 'key' })).toBe('ResourceNotFoundException: Secrets Manager can\'t find the specified secret.');
    expect(await call('CreateSecret', { Name: 'key' })).toMatchObject({ Name: 'key' });
  });

  test('is gone at once without a recovery window', async () => {
    await call('DeleteSecret', { SecretId: 'key', ForceDeleteWithoutRecovery: true });
    expect(await call('CreateSecret', { Name: 'key' })).toMatchObject({ Name: 'key' });
  });

  test.each([
    [{ RecoveryWindowInDays: 6 }, 'between 7 and 30 days'],
    [{ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }, 'in conjunction with RecoveryWindowInDays'],
  ])('is refused with %j', async (options, message) => {
    expect(await call('DeleteSecret', { SecretId: 'key', ...options })).toMatch(new RegExp(`^InvalidParameterException: .*${message}`));
  });
});

test.each<[string, object, string]>([
  ['CreateSecret', { Name: 'a b' }, 'ValidationException: Invalid name'],
  ['CreateSecret', { Name: 'key', SecretString: 'a', SecretBinary: 'YQ==' }, 'InvalidParameterException: You can\'t specify both'],
  ['CreateSecret', { Name: 'key', ClientRequestToken: 'short' }, 'length greater than or equal to 32'],
  ['PutSecretValue', { SecretId: 'key' }, 'ResourceNotFoundException|InvalidParameterException: You must provide'],
  ['GetSecretValue', { SecretId: 'nothing' }, 'ResourceNotFoundException: Secrets Manager can\'t find the specified secret.'],
])('%s of %j is refused', async (operation, input, message) => {
  expect(await call(operation, input)).toMatch(new RegExp(message));
});

test('secrets are listed newest first, by prefixes and without what is negated, in pages', async () => {
  for (const [index, Name] of ['app/one', 'app/two', 'other'].entries()) {
    await cloud.clock.advance(1000);
    await call('CreateSecret', { Name, Description: `Number ${index}`, Tags: [{ Key: 'index', Value: `${index}` }] });
  }
  const names = async (input: object) => (await call('ListSecrets', input)).SecretList.map(({ Name }: { Name: string }) => Name);
  expect(await names({})).toEqual(['other', 'app/two', 'app/one']);
  expect(await names({ SortOrder: 'asc' })).toEqual(['app/one', 'app/two', 'other']);
  expect(await names({ Filters: [{ Key: 'name', Values: ['app/'] }] })).toEqual(['app/two', 'app/one']);
  expect(await names({ Filters: [{ Key: 'name', Values: ['APP/'] }] })).toEqual([]);
  expect(await names({ Filters: [{ Key: 'name', Values: ['!app/'] }] })).toEqual(['other']);
  expect(await names({ Filters: [{ Key: 'tag-value', Values: ['1', '2'] }] })).toEqual(['other', 'app/two']);
  expect(await names({ Filters: [{ Key: 'all', Values: ['TWO'] }] })).toEqual(['app/two']);
  expect(await names({ Filters: [{ Key: 'description', Values: ['number'] }, { Key: 'tag-key', Values: ['ind'] }, { Key: 'primary-region', Values: ['us-'] }] })).toHaveLength(3);
  const { NextToken } = await call('ListSecrets', { MaxResults: 2 });
  expect(await names({ MaxResults: 2, NextToken })).toEqual(['app/one']);
});

test('tags are added and removed', async () => {
  await call('CreateSecret', { Name: 'key', Tags: [{ Key: 'a', Value: '1' }] });
  await call('TagResource', { SecretId: 'key', Tags: [{ Key: 'b', Value: '2' }] });
  await call('UntagResource', { SecretId: 'key', TagKeys: ['a'] });
  expect(await call('DescribeSecret', { SecretId: 'key' })).toMatchObject({ Tags: [{ Key: 'b', Value: '2' }] });
});

describe('a random password', () => {
  const password = async (options: object = {}) => {
    const answer = await call('GetRandomPassword', options);
    return answer.RandomPassword ?? answer;
  };

  test('has 32 characters with each type, but no space', async () => {
    expect(await password()).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!-/:-@[-`{-~])\S{32}$/);
  });

  test('has the length and the characters that are asked for', async () => {
    expect(await password({ PasswordLength: 40, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeCharacters: '01234abcdef' })).toMatch(/^[5-9g-z]{40}$/);
    expect(await password({ PasswordLength: 4000, IncludeSpace: true })).toContain(' ');
    expect(await password({ PasswordLength: 1, RequireEachIncludedType: false })).toHaveLength(1);
  });

  test.each([
    [{ PasswordLength: 3 }, 'too short'],
    [{ ExcludeCharacters: '0123456789' }, 'excluded'],
    [{ PasswordLength: 5000 }, 'less than or equal to 4096'],
  ])('of %j is refused', async (options, message) => {
    expect(await password(options)).toMatch(message);
  });
});

test('a role is allowed what its policies allow, by the ARN and the tags of the secret', async () => {
  const Statement = [
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app-??????' },
    { Effect: 'Allow', Action: 'secretsmanager:PutSecretValue', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'ml' } } },
    { Effect: 'Allow', Action: 'secretsmanager:ListSecrets', Resource: '*' },
  ];
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] };
  const Policies = [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }];
  const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'reader', AssumeRolePolicyDocument: trust, Policies } };
  await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources: { Role } } }));
  await cloud.clock.advance(11_000);
  const { document } = await query(cloud, 'sts', { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::111122223333:role/reader', RoleSessionName: 'me' });
  const { AccessKeyId } = document.AssumeRoleResponse.AssumeRoleResult.Credentials;
  const as = (operation: string, input: object) => call(operation, input, cloud, AccessKeyId);

  await call('CreateSecret', { Name: 'app', SecretString: 'a' });
  await call('CreateSecret', { Name: 'other', SecretString: 'b', Tags: [{ Key: 'team', Value: 'ml' }] });
  expect(await as('GetSecretValue', { SecretId: 'app' })).toMatchObject({ SecretString: 'a' });
  expect(await as('GetSecretValue', { SecretId: 'other' })).toMatch(/^AccessDeniedException: .* secretsmanager:GetSecretValue/);
  expect(await as('PutSecretValue', { SecretId: 'other', SecretString: 'c' })).toMatchObject({ Name: 'other' });
  expect(await as('PutSecretValue', { SecretId: 'app', SecretString: 'c' })).toMatch(/^AccessDeniedException/);
  expect((await as('ListSecrets', {})).SecretList).toHaveLength(2);
  expect(await as('CreateSecret', { Name: 'new' })).toMatch(/^AccessDeniedException: .* secretsmanager:CreateSecret/);
});

test('the secrets of a directory are there in the next process', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  const first = await LocalCloud.start({ directory });
  await call('CreateSecret', { Name: 'kept', SecretString: 'value' }, first);
  await first.stop();
  const second = await LocalCloud.start({ directory });
  expect(await call('GetSecretValue', { SecretId: 'kept' }, second)).toMatchObject({ SecretString: 'value' });
  await second.stop();
  rmSync(directory, { recursive: true });
});
