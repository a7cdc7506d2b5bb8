import { CopyObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { BUCKET, Fixture } from './setup';
import { clientConfig } from '../environments/clients';
import { query } from '../query/requests';

const OBJECT = `arn:aws:s3:::${BUCKET}/*`;
let fixture: Fixture;
beforeAll(async () => {
  fixture = await Fixture.start();
  const put = async (Key: string, rest: object = {}) => fixture.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'content', ...rest }));
  await put('plain');
  await put('tagged', { Tagging: 'a=b' });
  const role = (RoleName: string, ...Action: string[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }] },
      Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: OBJECT }] } }],
    },
  });
  const { cloud } = fixture;
  const Resources = {
    Writes: role('Writes', 's3:GetObject', 's3:PutObject'),
    Tags: role('Tags', 's3:GetObject', 's3:PutObject', 's3:PutObjectTagging'),
    CopiesTags: role('CopiesTags', 's3:GetObject', 's3:PutObject', 's3:PutObjectTagging', 's3:GetObjectTagging'),
  };
  expect((await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template: { Resources } }))).status).toBe('CREATE_COMPLETE');
  await cloud.clock.advance(11_000);
});
afterAll(() => fixture.stop());

async function sendAs(name: string, command: any): Promise<string> {
  const { document } = await query(fixture.cloud, 'sts', { Action: 'AssumeRole', RoleArn: `arn:aws:iam::111122223333:role/${name}`, RoleSessionName: 'me' });
  const accessKeyId = String(document.AssumeRoleResponse.AssumeRoleResult.Credentials.AccessKeyId);
  const client = new S3Client({ ...clientConfig(fixture.cloud, 'us-east-1', accessKeyId), forcePathStyle: true });
  const outcome = await client.send(command).then(() => 'allowed', (error: Error) => error.name);
  client.destroy();
  return outcome;
}
const copy = (from: string, rest: object = {}) => new CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/${from}`, ...rest });
const put = (rest: object = {}) => new PutObjectCommand({ Bucket: BUCKET, Key: 'new', Body: 'content', ...rest });

test.each<[string, string, object, string]>([
  ['an object without tags', 'Writes', put(), 'allowed'],
  ['an object with tags, without s3:PutObjectTagging', 'Writes', put({ Tagging: 'a=b' }), 'AccessDenied'],
  ['an object with tags, with s3:PutObjectTagging', 'Tags', put({ Tagging: 'a=b' }), 'allowed'],
  ['a copy of an object without tags', 'Writes', copy('plain'), 'allowed'],
  ['a copy of an object with tags, without s3:GetObjectTagging', 'Tags', copy('tagged'), 'AccessDenied'],
  ['a copy of an object with tags, with both permissions', 'CopiesTags', copy('tagged'), 'allowed'],
  ['a copy that replaces the tags, without s3:PutObjectTagging', 'Writes', copy('tagged', { TaggingDirective: 'REPLACE', Tagging: 'c=d' }), 'AccessDenied'],
  ['a copy that replaces the tags, with s3:PutObjectTagging', 'Tags', copy('tagged', { TaggingDirective: 'REPLACE', Tagging: 'c=d' }), 'allowed'],
  ['a copy that removes the tags', 'Writes', copy('tagged', { TaggingDirective: 'REPLACE' }), 'allowed'],
])('the permissions for %s', async (_, name, command, outcome) => {
  expect(await sendAs(name, command)).toBe(outcome);
});

/** Sends a request of the S3 API as it stands; gives the status and the code of the error. */
async function raw(method: string, path: string, body?: string, headers: { [name: string]: string } = {}) {
  const response = await fetch(`${fixture.cloud.endpoint.url}${path}`, {
    method,
    ...body !== undefined && { body },
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/s3/aws4_request', ...headers },
  });
  const [, code] = /<Code>(\w+)<\/Code>/.exec(await response.text()) ?? [];
  return { status: response.status, code };
}

const tagging = (count: number, key = 'k') => `<Tagging><TagSet>${Array.from({ length: count }, (_, index) => `<Tag><Key>${key}${index}</Key><Value>v</Value></Tag>`).join('')}</TagSet></Tagging>`;

test.each<[string, string, string, string | undefined, { [name: string]: string }, string]>([
  ['tags that are no XML', 'PUT', '/plain?tagging', 'tags', {}, 'MalformedXML'],
  ['an empty body of tags', 'PUT', '/plain?tagging', '', {}, 'MalformedXML'],
  ['tags in another document', 'PUT', '/plain?tagging', '<Other/>', {}, 'MalformedXML'],
  ['a tag without a key', 'PUT', '/plain?tagging', '<Tagging><TagSet><Tag><Value>v</Value></Tag></TagSet></Tagging>', {}, 'MalformedXML'],
  ['a key of a tag with other characters', 'PUT', '/plain?tagging', tagging(1, '#'), {}, 'InvalidTag'],
  ['51 tags of a bucket', 'PUT', '?tagging', tagging(51), {}, 'BadRequest'],
  ['eleven tags of an object in a header', 'PUT', '/new', '', { 'x-amz-tagging': Array.from({ length: 11 }, (_, index) => `k${index}=v`).join('&') }, 'BadRequest'],
  ['a tag of AWS in a header', 'PUT', '/new', '', { 'x-amz-tagging': 'aws:a=b' }, 'InvalidTag'],
  ['more than 2 KB of metadata', 'PUT', '/new', '', { 'x-amz-meta-a': 'x'.repeat(2048) }, 'MetadataTooLarge'],
  ['a deletion of nothing', 'POST', '?delete', '<Delete/>', {}, 'MalformedXML'],
  ['a deletion that is no XML', 'POST', '?delete', '{}', {}, 'MalformedXML'],
  ['a deletion of 1,001 objects', 'POST', '?delete', `<Delete>${'<Object><Key>k</Key></Object>'.repeat(1001)}</Delete>`, {}, 'MalformedXML'],
  ['a copy of no key', 'PUT', '/new', undefined, { 'x-amz-copy-source': BUCKET }, 'InvalidArgument'],
  ['a copy with another directive for metadata', 'PUT', '/new', undefined, { 'x-amz-copy-source': `${BUCKET}/plain`, 'x-amz-metadata-directive': 'MERGE' }, 'InvalidArgument'],
  ['a copy with another directive for tags', 'PUT', '/new', undefined, { 'x-amz-copy-source': `${BUCKET}/plain`, 'x-amz-tagging-directive': 'MERGE' }, 'InvalidArgument'],
  ['a list with a negative number of keys', 'GET', '?list-type=2&max-keys=-1', undefined, {}, 'InvalidArgument'],
  ['a list with a word as the number of keys', 'GET', '?max-keys=all', undefined, {}, 'InvalidArgument'],
  ['a list of versions with a fraction of keys', 'GET', '?versions&max-keys=1.5', undefined, {}, 'InvalidArgument'],
  ['a list in an unknown encoding', 'GET', '?list-type=2&encoding-type=xml', undefined, {}, 'InvalidArgument'],
  ['a key that is not encoded', 'PUT', '/%', '', {}, 'InvalidURI'],
])('S3 rejects %s', async (_, method, path, body, headers, code) => {
  expect(await raw(method, `/${BUCKET}${path}`, body, headers)).toEqual({ status: 400, code });
});

test.each<[string, string, string | undefined, string]>([
  ['part 0', 'PUT', '', 'InvalidArgument'],
  ['part 10,001', 'PUT', '', 'InvalidArgument'],
  ['a completion that is no XML', 'POST', '[]', 'MalformedXML'],
  ['a completion without parts', 'POST', '<CompleteMultipartUpload/>', 'MalformedXML'],
  ['a completion with a part without a number', 'POST', '<CompleteMultipartUpload><Part><ETag>a</ETag></Part></CompleteMultipartUpload>', 'MalformedXML'],
])('S3 rejects %s of a multipart upload', async (what, method, body, code) => {
  const response = await fetch(`${fixture.cloud.endpoint.url}/${BUCKET}/big?uploads`, {
    method: 'POST', headers: { 'authorization': 'AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/s3/aws4_request', 'x-amz-tagging': 'a=b' },
  });
  const [, id] = /<UploadId>(.+)<\/UploadId>/.exec(await response.text())!;
  const [, number] = /^part ([\d,]+)/.exec(what) ?? [];
  const part = number === undefined ? '' : `&partNumber=${number.replace(',', '')}`;
  expect(await raw(method, `/${BUCKET}/big?uploadId=${encodeURIComponent(id)}${part}`, body)).toEqual({ status: 400, code });
});
