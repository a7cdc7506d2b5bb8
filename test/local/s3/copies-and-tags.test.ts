import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateMultipartUploadCommand, DeleteObjectTaggingCommand, GetBucketTaggingCommand,
  GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectsCommand, PutBucketTaggingCommand, PutObjectCommand,
  PutObjectTaggingCommand, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { BUCKET, Fixture } from './setup';

let fixture: Fixture;
beforeEach(async () => { fixture = await Fixture.start(); });
afterEach(async () => fixture.stop());

const send = async (command: any): Promise<any> => fixture.client.send(command);
const put = async (Key: string, Body: string, rest: object = {}) => send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ...rest }));
const get = async (Key: string, rest: object = {}) => {
  const { Body, ...output } = await send(new GetObjectCommand({ Bucket: BUCKET, Key, ...rest }));
  return { ...output, content: await Body.transformToString() };
};

test('an object is copied with its metadata and tags, or with those of the request', async () => {
  await put('a b', 'content', { ContentType: 'text/plain', Metadata: { size: 'small' }, Tagging: 'owner=me' });
  const { CopyObjectResult } = await send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/a%20b` }));
  expect(CopyObjectResult.ETag).toMatch(/^"[0-9a-f]{32}"$/);
  expect(await get('copy')).toMatchObject({ content: 'content', ContentType: 'text/plain', Metadata: { size: 'small' }, TagCount: 1 });
  await send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'other', CopySource: `${BUCKET}/copy`, MetadataDirective: 'REPLACE', ContentType: 'text/csv', TaggingDirective: 'REPLACE', Tagging: 'a=b' }));
  expect(await get('other')).toMatchObject({ content: 'content', ContentType: 'text/csv', Metadata: {} });
  expect((await send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'other' }))).TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
  await expect(send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/copy` }))).rejects.toMatchObject({ name: 'InvalidRequest' });
  await expect(send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'x', CopySource: `${BUCKET}/nothing` }))).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test.each([['bytes=2-4', '234', 'bytes 2-4/10'], ['bytes=7-', '789', 'bytes 7-9/10'], ['bytes=-2', '89', 'bytes 8-9/10'], ['bytes=8-99', '89', 'bytes 8-9/10']])('the range %s of an object is read', async (Range, content, ContentRange) => {
  await put('digits', '0123456789');
  expect(await get('digits', { Range })).toMatchObject({ content, ContentRange, $metadata: { httpStatusCode: 206 } });
});

test('a range after the end of an object is not satisfiable', async () => {
  await put('digits', '0123456789');
  await expect(get('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('an object is read on conditions', async () => {
  const { ETag } = await put('key', 'content');
  expect((await get('key', { IfMatch: ETag })).content).toBe('content');
  await expect(get('key', { IfMatch: '"other"' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 412 } });
  await expect(send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'key', IfNoneMatch: ETag }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
});

test('objects and buckets have tags', async () => {
  await put('key', 'content');
  await send(new PutObjectTaggingCommand({ Bucket: BUCKET, Key: 'key', Tagging: { TagSet: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '' }] } }));
  expect((await send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'key' }))).TagSet).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '' }]);
  expect((await get('key')).content).toBe('content');
  await send(new DeleteObjectTaggingCommand({ Bucket: BUCKET, Key: 'key' }));
  expect((await send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'key' }))).TagSet).toEqual([]);
  await send(new PutBucketTaggingCommand({ Bucket: BUCKET, Tagging: { TagSet: [{ Key: 'owner', Value: 'me' }] } }));
  expect((await send(new GetBucketTaggingCommand({ Bucket: BUCKET }))).TagSet).toEqual([{ Key: 'owner', Value: 'me' }]);
  const TagSet = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
  await expect(send(new PutObjectTaggingCommand({ Bucket: BUCKET, Key: 'key', Tagging: { TagSet } }))).rejects.toMatchObject({ name: 'BadRequest' });
});

test('the tags in a header of a request have the same limits', async () => {
  const tagging = (count: number) => Array.from({ length: count }, (_, index) => `k${index}=v`).join('&');
  await put('key', 'content', { Tagging: tagging(10) });
  expect(await get('key')).toMatchObject({ TagCount: 10 });
  await expect(put('key', 'other', { Tagging: tagging(11) })).rejects.toMatchObject({ name: 'BadRequest' });
  for (const Tagging of ['a=1&a=2', `${'k'.repeat(129)}=v`, 'aws:owner=me', '=v']) await expect(put('key', 'other', { Tagging })).rejects.toMatchObject({ name: 'InvalidTag' });
  const copy = { Bucket: BUCKET, Key: 'copy', CopySource: `${BUCKET}/key` };
  await expect(send(new CopyObjectCommand({ ...copy, TaggingDirective: 'REPLACE', Tagging: tagging(11) }))).rejects.toMatchObject({ name: 'BadRequest' });
  expect((await get('key')).content).toBe('content');
});

test('an object that is uploaded in parts has the tags of its upload', async () => {
  const upload = { Bucket: BUCKET, Key: 'parts' };
  const { UploadId } = await send(new CreateMultipartUploadCommand({ ...upload, Tagging: 'owner=me' }));
  const { ETag } = await send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'content' }));
  await send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } }));
  expect((await send(new GetObjectTaggingCommand(upload))).TagSet).toEqual([{ Key: 'owner', Value: 'me' }]);
});

test.each([BUCKET, `${BUCKET}/`, '%E0%A4%A/key'])('a copy of %s is invalid, because it names no object', async (CopySource) => {
  await expect(send(new CopyObjectCommand({ Bucket: BUCKET, Key: 'copy', CopySource }))).rejects.toMatchObject({ name: 'InvalidArgument' });
});

test('the first version of the list returns pages by marker', async () => {
  for (const key of ['a/1', 'a/2', 'b', 'c']) await put(key, 'x');
  const first = await send(new ListObjectsCommand({ Bucket: BUCKET, MaxKeys: 2 }));
  expect({ keys: first.Contents.map(({ Key }: any) => Key), more: first.IsTruncated }).toEqual({ keys: ['a/1', 'a/2'], more: true });
  const second = await send(new ListObjectsCommand({ Bucket: BUCKET, Marker: 'a/2' }));
  expect(second.Contents.map(({ Key }: any) => Key)).toEqual(['b', 'c']);
  const grouped = await send(new ListObjectsCommand({ Bucket: BUCKET, Delimiter: '/', MaxKeys: 1 }));
  expect(grouped).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }], NextMarker: 'a/' });
});
