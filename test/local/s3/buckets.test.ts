import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand, DeleteBucketCommand, GetBucketEncryptionCommand, GetBucketLocationCommand, GetBucketVersioningCommand, HeadBucketCommand,
  ListBucketsCommand, PutObjectCommand, waitUntilBucketExists, waitUntilBucketNotExists, waitUntilObjectExists, waitUntilObjectNotExists,
} from '@aws-sdk/client-s3';
import { strToU8, zipSync } from 'fflate';
import { BUCKET, Fixture } from './setup';
import { Clock } from '../../../local/clock';
import { ObjectStore, S3, unpacked } from '../../../local/s3';

const PLACE = { account: '111122223333', region: 'us-east-1' };

describe('a bucket', () => {
  let fixture: Fixture;
  beforeEach(async () => { fixture = await Fixture.start(); });
  afterEach(async () => fixture.stop());

  test('has a region, encryption and no versions', async () => {
    expect((await fixture.client.send(new GetBucketLocationCommand({ Bucket: BUCKET }))).LocationConstraint).toBeUndefined();
    expect((await fixture.client.send(new HeadBucketCommand({ Bucket: BUCKET }))).BucketRegion).toBe('us-east-1');
    const { ServerSideEncryptionConfiguration } = await fixture.client.send(new GetBucketEncryptionCommand({ Bucket: BUCKET }));
    expect(ServerSideEncryptionConfiguration!.Rules![0].ApplyServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
    expect((await fixture.client.send(new GetBucketVersioningCommand({ Bucket: BUCKET }))).Status).toBeUndefined();
  });

  test('is made once, and the account comes with the one of its bootstrap stack', async () => {
    await fixture.client.send(new CreateBucketCommand({ Bucket: 'another' }));
    await expect(fixture.client.send(new CreateBucketCommand({ Bucket: 'another' }))).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    await expect(fixture.client.send(new CreateBucketCommand({ Bucket: 'Upper' }))).rejects.toMatchObject({ name: 'InvalidBucketName' });
    const { Buckets, Owner } = await fixture.client.send(new ListBucketsCommand({}));
    expect(Owner).toEqual({ ID: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(Buckets!.map(({ Name }) => Name)).toEqual(['another', 'cdk-hnb659fds-assets-111122223333-us-east-1', BUCKET]);
  });

  test('is followed by the waiters of the SDK, as its objects are', async () => {
    const waiter = { client: fixture.client, minDelay: 0.01, maxDelay: 0.02, maxWaitTime: 5 };
    await waitUntilBucketNotExists(waiter, { Bucket: 'followed' });
    await fixture.client.send(new CreateBucketCommand({ Bucket: 'followed' }));
    await waitUntilBucketExists(waiter, { Bucket: 'followed' });
    await waitUntilObjectNotExists(waiter, { Bucket: 'followed', Key: 'key' });
    const exists = waitUntilObjectExists(waiter, { Bucket: 'followed', Key: 'key' });
    await fixture.client.send(new PutObjectCommand({ Bucket: 'followed', Key: 'key', Body: 'content' }));
    expect((await exists).state).toBe('SUCCESS');
  });

  test('is deleted only when it is empty', async () => {
    await fixture.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'key', Body: 'content' }));
    await expect(fixture.client.send(new DeleteBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    fixture.cloud.s3.delete(BUCKET, 'key');
    await fixture.client.send(new DeleteBucketCommand({ Bucket: BUCKET }));
    await expect(fixture.client.send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('of a stack exists as long as the stack', async () => {
    const { cloud } = fixture;
    const template = { Resources: { Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data-of-the-stack' } } } };
    await cloud.clock.run(cloud.cloudFormation.createStack({ stackName: 'Stack', template }));
    await fixture.client.send(new PutObjectCommand({ Bucket: 'data-of-the-stack', Key: 'key', Body: 'content' }));
    expect((await cloud.destroy('Stack'))!.status).toBe('DELETE_FAILED');
    cloud.s3.delete('data-of-the-stack', 'key');
    expect((await cloud.destroy('Stack'))!.status).toBe('DELETE_COMPLETE');
    expect(cloud.s3.store.has('data-of-the-stack')).toBe(false);
  });
});

describe('a directory', () => {
  const directory = mkdtempSync(join(tmpdir(), 's3-test-'));
  const clock = new Clock();
  afterAll(() => rmSync(directory, { recursive: true }));

  test('holds the buckets and objects for the next process', () => {
    const before = new S3({ ...PLACE, clock, store: new ObjectStore(directory) });
    before.createBucket('kept');
    before.put('kept', 'a/b', Buffer.from('content'), { 'content-type': 'text/plain' });
    before.put('kept', 'deleted', Buffer.from(''), {});
    before.delete('kept', 'deleted');
    before.store.close();

    const after = new S3({ ...PLACE, clock, store: new ObjectStore(directory) });
    expect(after.objects('kept').map(({ key, headers }) => [key, headers])).toEqual([['a/b', { 'content-type': 'text/plain' }]]);
    expect(after.get('kept', 'a/b').toString()).toBe('content');
  });
});

describe("a function's code", () => {
  const s3 = new S3({ ...PLACE, clock: new Clock(), store: new ObjectStore() });
  beforeAll(() => s3.createBucket('code'));
  afterAll(() => s3.store.close());
  const upload = (key: string, content: Uint8Array) => s3.put('code', key, Buffer.from(content), {});

  test('is unpacked as it was zipped', async () => {
    upload('code.zip', zipSync({ 'index.js': strToU8('exports.x = 1;'), 'lib': { 'x.json': strToU8('{"x":1}') } }));
    const code = unpacked(s3, 'code', 'code.zip');
    expect(readFileSync(join(code, 'index.js'), 'utf8')).toBe('exports.x = 1;');
    expect(readFileSync(join(code, 'lib/x.json'), 'utf8')).toBe('{"x":1}');
    expect(unpacked(s3, 'code', 'code.zip')).toBe(code);
  });

  test('that is no zip file, or would leave its directory, is refused', () => {
    upload('text', strToU8('no zip'));
    upload('outside.zip', zipSync({ '../outside': strToU8('') }));
    expect(() => unpacked(s3, 'code', 'text')).toThrow(/Could not unzip/);
    expect(() => unpacked(s3, 'code', 'outside.zip')).toThrow(/Could not unzip/);
    expect(() => unpacked(s3, 'code', 'missing')).toThrow(/does not exist/);
  });
});
