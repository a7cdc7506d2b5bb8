import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InProcessCloud } from './in-process';
import { OWNER_TAG, RESOURCE_TYPE } from '../../src/private/contract';
import { RELEASED_PLAN } from '../fixtures/released/plan';

/**
 * Each release leaves a folder here: the template that it synthesized for `RELEASED_PLAN`, and the words by which it knew
 * what it had deployed.
 */
const RELEASES = join(__dirname, '..', 'fixtures', 'released');
const releases = readdirSync(RELEASES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

function read(release: string, file: string): object {
  return JSON.parse(readFileSync(join(RELEASES, release, file), 'utf8')) as object;
}

describe.each(releases)('a stack that was deployed with release %s', (release) => {
  test('is updated with this one: nothing runs again, and nothing breaks', async () => {
    const cloud = new InProcessCloud();
    try {
      const jobs = () => cloud.calls.filter(({ operation, output }) => /^Create\w+Job$/.test(operation) && output).length;
      expect((await cloud.deployTemplate(read(release, 'template.json'))).status).toBe('CREATE_COMPLETE');
      const started = jobs();
      expect(started).toBe(Object.keys(RELEASED_PLAN).length);

      const updated = await cloud.deploy(RELEASED_PLAN);
      expect(updated.changed ? updated.status : 'UPDATE_COMPLETE').toBe('UPDATE_COMPLETE');
      // With other tags every job is updated, by whatever the new release makes of the properties of the old one.
      expect((await cloud.deploy(RELEASED_PLAN, { tags: { team: 'a' } })).status).toBe('UPDATE_COMPLETE');
      expect(jobs()).toBe(started);
      expect(cloud.calls.filter(({ operation }) => /^(Stop|Delete)\w+Job$/.test(operation))).toEqual([]);

      expect((await cloud.destroy())!.status).toBe('DELETE_COMPLETE');
      await cloud.clock.advance(3_600_000);
      cloud.invariants.finished();
      expect(cloud.invariants.broken).toEqual([]);
    } finally {
      cloud.stop();
    }
  });

  test('is known by the same words', () => {
    expect({ RESOURCE_TYPE, OWNER_TAG }).toMatchObject(read(release, 'contract.json'));
  });
});
