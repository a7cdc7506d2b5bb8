import { AddTagsCommand, DeleteTagsCommand, ListTagsCommand, paginateListTags, type Tag } from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';

const ResourceArn = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-job/job`;

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start({ listTagsPage: 2 }); });
afterEach(async () => cloud.stop());

const add = async (Tags: Tag[]) => cloud.client.send(new AddTagsCommand({ ResourceArn, Tags }));
const tags = (count: number, prefix = 'key') => Array.from({ length: count }, (_, index) => ({ Key: `${prefix}${index}`, Value: '' }));

async function listed(): Promise<Tag[]> {
  const all: Tag[] = [];
  for await (const page of paginateListTags({ client: cloud.client }, { ResourceArn })) all.push(...page.Tags!);
  return all;
}

test('tags of a job are listed page by page, changed, added and deleted', async () => {
  // given
  await cloud.create('job', { Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] });
  // when
  await add([{ Key: 'b', Value: '3' }, { Key: 'c', Value: '4' }]);
  const firstPage = await cloud.client.send(new ListTagsCommand({ ResourceArn }));
  const all = await listed();
  await cloud.client.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['a', 'b', 'unknown'] }));
  // then
  expect(firstPage.Tags).toHaveLength(2);
  expect(firstPage.NextToken).toBeDefined();
  expect(all).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '3' }, { Key: 'c', Value: '4' }]);
  expect(await listed()).toEqual([{ Key: 'c', Value: '4' }]);
});

test('a page of tags cannot be asked to hold less than 50', async () => {
  await cloud.create('job');
  await expect(cloud.client.send(new ListTagsCommand({ ResourceArn, MaxResults: 49 }))).rejects.toThrow(/greater than or equal to 50/);
});

test('a job has at most 50 tags', async () => {
  await expect(cloud.create('job', { Tags: tags(51) })).rejects.toThrow(/at 'tags' .* less than or equal to 50/);
  await cloud.create('job', { Tags: tags(50) });
  await expect(add(tags(1, 'other'))).rejects.toThrow(/at most 50 tags/);
  await expect(add([{ Key: 'key0', Value: 'changed' }])).resolves.toBeDefined();
});

test.each([
  ['a key in the namespace of AWS', { Key: 'aws:cloudformation:stack-id', Value: 'x' }, /aws: prefixed/],
  ['an empty key', { Key: '', Value: 'x' }, /at 'tags.1.member.key' .* greater than or equal to 1/],
  ['a key of more than 128 characters', { Key: 'k'.repeat(129), Value: 'x' }, /less than or equal to 128/],
  ['a value of more than 256 characters', { Key: 'k', Value: 'v'.repeat(257) }, /less than or equal to 256/],
  ['a character that is not allowed', { Key: 'k', Value: 'a;b' }, /at 'tags.1.member.value' .* regular expression pattern/],
])('%s is refused', async (_, tag, message) => {
  await expect(cloud.create('job', { Tags: [tag] })).rejects.toThrow(message);
  await cloud.create('job');
  await expect(add([tag])).rejects.toThrow(message);
});

test('the same key twice is refused', async () => {
  await expect(cloud.create('job', { Tags: [...tags(1), ...tags(1)] })).rejects.toThrow(/Duplicate/);
});

test('letters of all languages are allowed', async () => {
  await expect(cloud.create('job', { Tags: [{ Key: 'Größe', Value: '大 1/2=3+4-5@6:7_8.9' }] })).resolves.toBeDefined();
});

test('a job that does not exist has no tags', async () => {
  await expect(add(tags(1))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(listed()).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a request that is refused leaves neither a job nor tags', async () => {
  await expect(cloud.create('job', { Tags: [{ Key: 'aws:x', Value: '' }] })).rejects.toThrow();
  await expect(cloud.describe('job')).rejects.toThrow(/not found/);
  await expect(listed()).rejects.toThrow();
});
