import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, DeleteObjectCommand, DeleteObjectsCommand,
  GetObjectCommand, HeadObjectCommand, paginateListObjectsV2, PutObjectCommand, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { BUCKET, Fixture } from './setup';

let fixture: Fixture;
beforeEach(async () => { fixture = await Fixture.start(); });
afterEach(async () => fixture.stop());

const put = async (Key: string, Body: string | Readable, rest: object = {}) =>
  fixture.client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...rest }));
const get = async (Key: string) => {
  const { Body, ...rest } = await fixture.client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return { content: await Body!.transformToString(), ...rest };
};

describe('an object', () => {
  test('comes back with what was said about it', async () => {
    const { ETag } = await put('a folder/ä+b.json', '{}', { ContentType: 'application/json', Metadata: { owner: 'me' } });
    expect(ETag).toBe('"99914b932bd37a50b983c5e7c90ae93b"');
    expect(await get('a folder/ä+b.json')).toMatchObject({
      content: '{}', ETag, ContentType: 'application/json', ContentLength: 2, Metadata: { owner: 'me' }, LastModified: new Date('2026-01-01T00:00:00Z'),
    });
    expect(await fixture.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a folder/ä+b.json' }))).toMatchObject({ ETag, ContentLength: 2 });
  });

  test('takes the place of the one with the same key', async () => {
    await put('key', 'first');
    await put('key', 'second');
    expect(await get('key')).toMatchObject({ content: 'second' });
  });

  test('that streams in chunks is stored without them', async () => {
    await put('stream', Readable.from([Buffer.alloc(70_000, 'a'), Buffer.from('b')]), { ContentLength: 70_001 });
    expect((await get('stream')).content).toBe(`${'a'.repeat(70_000)}b`);
  });

  test('is verified by its checksum', async () => {
    await expect(put('key', 'content', { ChecksumSHA256: Buffer.alloc(32).toString('base64') })).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(get('key')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  });

  test('can be asked for only where there is none', async () => {
    await put('key', 'first');
    await expect(put('key', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
    expect(await get('key')).toMatchObject({ content: 'first' });
  });

  test('that is not there is NotFound to HEAD, which has no body', async () => {
    await expect(fixture.client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'key' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('of a bucket that is not there is NoSuchBucket', async () => {
    await expect(fixture.client.send(new GetObjectCommand({ Bucket: 'other', Key: 'key' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('can be deleted, and it is no error to do so twice', async () => {
    await put('key', 'content');
    await fixture.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'key' }));
    await fixture.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'key' }));
    await expect(get('key')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('has a subresource that is not emulated: it is refused, not taken for the object', async () => {
    const response = await fetch(`${fixture.cloud.endpoint.url}/${BUCKET}/key?acl`, {
      method: 'PUT', body: '<AccessControlPolicy/>', headers: { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/s3/aws4_request' },
    });
    expect(response.status).toBe(501);
    expect(await response.text()).toMatch(/<Error><Code>NotImplemented<\/Code>/);
    await expect(get('key')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});

describe('a list', () => {
  const list = async (input: object) => {
    const [keys, prefixes]: [string[], string[]] = [[], []];
    for await (const { Contents = [], CommonPrefixes = [] } of paginateListObjectsV2({ client: fixture.client }, { Bucket: BUCKET, ...input })) {
      keys.push(...Contents.map(({ Key }) => Key!));
      prefixes.push(...CommonPrefixes.map(({ Prefix }) => Prefix!));
    }
    return { keys, prefixes };
  };

  test('is in the order of the bytes, in pages', async () => {
    for (const key of ['b', 'a/2', 'a/1', 'B', 'ä & <c>']) await put(key, 'content');
    expect(await list({ MaxKeys: 2 })).toEqual({ keys: ['B', 'a/1', 'a/2', 'b', 'ä & <c>'], prefixes: [] });
    expect(await list({ StartAfter: 'a/2' })).toEqual({ keys: ['b', 'ä & <c>'], prefixes: [] });
  });

  test('names what has a beginning in common once', async () => {
    for (const key of ['models/a/1', 'models/a/2', 'models/b', 'other']) await put(key, 'content');
    expect(await list({ Prefix: 'models/', Delimiter: '/', MaxKeys: 1 })).toEqual({ keys: ['models/b'], prefixes: ['models/a/'] });
  });

  test('is empty once all objects are deleted together', async () => {
    for (const key of ['a', 'b']) await put(key, 'content');
    const { Deleted } = await fixture.client.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } }));
    expect(Deleted).toEqual([{ Key: 'a' }, { Key: 'b' }]);
    expect(await list({})).toEqual({ keys: [], prefixes: [] });
  });
});

describe('a multipart upload', () => {
  const MIB = 1024 * 1024;
  let upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string };
  beforeEach(async () => {
    const { UploadId } = await fixture.client.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: 'big', ContentType: 'text/plain' }));
    upload = { Bucket: BUCKET, Key: 'big', UploadId: UploadId! };
  });
  const part = async (PartNumber: number, Body: Buffer) => {
    const { ETag } = await fixture.client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = async (Parts: object[]) => fixture.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));

  test('is an object when it is complete', async () => {
    const second = await part(2, Buffer.from('end'));
    const first = await part(1, Buffer.alloc(5 * MIB, 'x'));
    await expect(get('big')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await complete([first, second])).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect(await get('big')).toMatchObject({ content: `${'x'.repeat(5 * MIB)}end`, ContentType: 'text/plain' });
  });

  test('has parts of 5 MiB and more but for the last, in order', async () => {
    const [first, second] = [await part(1, Buffer.from('too small')), await part(2, Buffer.from('end'))];
    await expect(complete([first, second])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete([second, first])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ PartNumber: 3, ETag: first.ETag }])).rejects.toMatchObject({ name: 'InvalidPart' });
  });

  test('is nothing when it is aborted', async () => {
    await fixture.client.send(new AbortMultipartUploadCommand(upload));
    await expect(part(1, Buffer.from('late'))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });
});

test('a URL that is signed with the older Signature Version 2 is refused', async () => {
  const response = await fetch(`${fixture.cloud.endpoint.url}/${BUCKET}/key?AWSAccessKeyId=AKIDTEST&Signature=0&Expires=1`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('<Code>InvalidRequest</Code><Message>The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.');
});

test('a pre-signed URL is valid until it expires, for a week at most', async () => {
  await fixture.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body: 'content' }));
  const download = async (seconds: number) => fetch(`${fixture.cloud.endpoint.url}/${BUCKET}/key?${new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDTEST/20260101/us-east-1/s3/aws4_request',
    'X-Amz-Date': '20260101T000000Z',
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0',
  })}`);
  await fixture.cloud.clock.advance(60_000);
  expect(await (await download(120)).text()).toBe('content');
  const expired = await download(59);
  expect(expired.status).toBe(403);
  expect(await expired.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message><X-Amz-Expires>59<\/X-Amz-Expires><Expires>2026-01-01T00:00:59Z<\/Expires>/);
  expect((await download(604_801)).status).toBe(400);
});
