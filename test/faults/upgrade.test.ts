import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { InProcessCloud } from './in-process';
import { readReleased, type ReleasedTemplate, releasedStack, releases, writeAssembly } from './released';
import type { StackPlan } from './templates';
import { JOB_KINDS, OWNER_TAG, RESOURCE_TYPE } from '../../src/contract';
import { type JobOptions, JOB_SCENARIOS, TRAINING } from '../deploy/kinds';
import { World } from '../deploy/world';
import { RELEASED_PLAN } from '../fixtures/released/plan';

describe.each(releases)('a stack that was deployed with release %s', (release) => {
  test('is updated with this one: nothing runs again, and nothing breaks', async () => {
    const cloud = new InProcessCloud();
    try {
      const jobs = () => cloud.calls.filter(({ operation, output }) => /^Create\w+Job$/.test(operation) && output).length;
      expect((await cloud.deployTemplate(readReleased<object>(release, 'template.json'))).status).toBe('CREATE_COMPLETE');
      const started = jobs();
      const plan = planOfRelease(release);
      expect(started).toBe(Object.keys(plan).length);

      const updated = await cloud.deploy(plan);
      expect(updated.changed ? updated.status : 'UPDATE_COMPLETE').toBe('UPDATE_COMPLETE');
      // With other tags every job is updated, by whatever the new release makes of the properties of the old one.
      expect((await cloud.deploy(plan, { tags: { team: 'a' } })).status).toBe('UPDATE_COMPLETE');
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
    expect({ RESOURCE_TYPE, OWNER_TAG }).toMatchObject(readReleased<object>(release, 'contract.json'));
  });

  describe('and whose function has the code of that release', () => {
    let world: World;
    let directory: string;
    beforeEach(async () => {
      directory = mkdtempSync(join(tmpdir(), 'released-'));
      world = await World.start();
    });
    afterEach(async () => {
      await world.stop();
      rmSync(directory, { recursive: true });
    });

    const FINISHED = 'TrainingJobShort0';
    const LONG = 'TrainingJobLong0';
    const RUNNING = 'TrainingJobStarted0';

    /** Begins to deploy the stack of the release with some of its jobs. */
    async function deployReleased(...jobs: string[]) {
      writeAssembly(directory, release, 'Stack', withCurrentLists(releasedStack(release, jobs)));
      return world.cloud.deploy(directory, 'Stack');
    }

    /** What this release makes of those jobs; options change them. */
    const now = (jobs: { readonly [id: string]: JobOptions }) => (stack: Stack) => {
      for (const [id, options] of Object.entries(jobs)) TRAINING.add(stack, id, { ...planOf(id), ...options });
    };

    const started = () => world.requests('CreateTrainingJob').map(({ TrainingJobName }: { TrainingJobName: string }) => TrainingJobName);
    const finishes = () => TRAINING.behave(world.cloud, (variant) => (variant === 'first' ? {} : { seconds: 7200 }));

    test('gets the new code: no job runs again, and all are deleted afterwards', async () => {
      finishes();
      expect((await deployReleased(FINISHED, RUNNING)).status).toBe('CREATE_COMPLETE');
      const before = started();

      expect((await world.deploy(now({ [FINISHED]: {}, [RUNNING]: {} }))).status).toBe('UPDATE_COMPLETE');
      expect(started()).toEqual(before);
      expect(before).toHaveLength(2);

      expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
      expect(world.running).toEqual([]);
      expect(world.requests('DeleteTrainingJob')).toHaveLength(2);
    });

    test('gets the old code back in a rollback, which clears away what the new code has started', async () => {
      finishes();
      await deployReleased(FINISHED);
      const [first] = started();
      const update = world.deploy(now({ [FINISHED]: { variant: 'slow' } }));
      await world.cloud.clock.advance(300_000);
      expect(started()).toHaveLength(2);
      world.cloud.cloudFormation.cancelUpdate('Stack');

      expect((await update).status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(world.running).toEqual([]);
      expect(started()).toEqual([first, expect.any(String)]);
      expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
    });

    test('gets the new code while an execution of the old one is under way, which goes on', async () => {
      TRAINING.behave(world.cloud, () => ({ seconds: 1200 }));
      const creation = deployReleased(LONG);
      await world.cloud.clock.advance(600_000);
      replaceCode(world);

      expect((await creation).status).toBe('CREATE_COMPLETE');
      expect(started()).toHaveLength(1);
      expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
    });

    test('gets the new code while a Delete that the old one has begun waits for a job to stop', async () => {
      TRAINING.behave(world.cloud, () => ({ seconds: 7200, stoppingSeconds: 100 }));
      await deployReleased(RUNNING);
      await world.cloud.clock.advance(600_000);
      const deletion = world.destroy();
      await world.cloud.clock.advance(30_000);
      expect(world.requests('StopTrainingJob')).toHaveLength(1);
      replaceCode(world);

      expect((await deletion)!.status).toBe('DELETE_COMPLETE');
      expect(world.running).toEqual([]);
      expect(world.requests('DeleteTrainingJob')).toHaveLength(1);
    });
  });
});

/** The jobs of the kinds that a release has. */
function planOfRelease(release: string): StackPlan {
  const types = Object.values(readReleased<ReleasedTemplate>(release, 'template.json').Resources).map(({ Type }) => Type);
  return Object.fromEntries(Object.entries(RELEASED_PLAN).filter(([, plan]) => types.includes(`Custom::SageMaker${JOB_SCENARIOS[plan!.kind].name}`)));
}

/** Allows the function to list jobs of all current kinds, as an update of the stack does before it replaces the code. */
function withCurrentLists(template: ReleasedTemplate): ReleasedTemplate {
  const current = Object.values(JOB_KINDS).map(({ noun }) => `sagemaker:List${noun}s`);
  return JSON.parse(JSON.stringify(template), (member, value: unknown) => (
    member === 'Action' && Array.isArray(value) && value.includes(current[0]) ? current : value)) as ReleasedTemplate;
}

function planOf(id: string): JobOptions {
  const [slot] = Object.keys(RELEASED_PLAN as StackPlan).filter((name) => id === JOB_SCENARIOS[0].name + name);
  return RELEASED_PLAN[slot]!.options;
}

/** Gives the function its current code, as an update of the stack does before it comes to the jobs. */
function replaceCode({ cloud }: World): void {
  const { resources } = cloud.cloudFormation.describe('Stack');
  const { physicalId, attributes, properties } = Object.values(resources).find(({ type }) => type === 'AWS::Lambda::Function')!;
  const { Role, Handler, Runtime, Timeout, MemorySize, Environment } = properties as unknown as {
    Role: string; Handler: string; Runtime: string; Timeout: number; MemorySize: number; Environment: { Variables: { [name: string]: string } };
  };
  cloud.functions.put({
    functionName: physicalId!,
    functionArn: String(attributes.Arn),
    roleArn: Role,
    codeDirectory: join(__dirname, '..', '..', 'assets', 'handler'),
    handler: Handler,
    runtime: Runtime,
    timeoutSeconds: Timeout,
    memoryMb: MemorySize,
    environment: Environment.Variables,
  });
}
