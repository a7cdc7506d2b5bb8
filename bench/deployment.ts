import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Comparison } from './measure';
import { PipelineStack } from '../examples/pipeline/stack';
import { LocalCloud } from '../local/cloud';
import { GIVEN_RESOURCES } from '../test/fixtures/given-resources';

const DEPLOYMENTS = ['a deployment', 'an unchanged deployment', 'a deletion'] as const;

let times: number[] = [];

/**
 * The seconds that each step takes in the local cloud. Its clock jumps from timer to timer, so the jobs themselves take no time.
 * The rest is the time of the local cloud and the functions.
 */
async function ownTimes(): Promise<number[]> {
  const directory = mkdtempSync(join(tmpdir(), 'deployment-'));
  const cloud = await LocalCloud.start({ given: GIVEN_RESOURCES, region: 'eu-west-1', startAt: new Date('2026-01-01T00:00:00Z') });
  try {
    const app = new App({ outdir: directory });
    new PipelineStack(app, 'Pipeline', { env: { region: 'eu-west-1' }, dataVersion: '1' });
    const assembly = app.synth();
    const steps = [() => cloud.deploy(assembly, 'Pipeline'), () => cloud.deploy(assembly, 'Pipeline'), () => cloud.destroy('Pipeline')];
    const seconds: number[] = [];
    for (const step of steps) {
      const began = performance.now();
      const result = await step();
      if (!result || !/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(result.status)) throw new Error(result?.statusReason);
      seconds.push((performance.now() - began) / 1000);
    }
    return seconds;
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  }
}

export const DEPLOYMENT: Comparison[] = DEPLOYMENTS.map((name, index) => ({
  measure: 'the pipeline example in the local cloud, without its jobs (s)',
  subject: {
    name,
    async once() {
      if (index === 0) times = await ownTimes();
      return times[index];
    },
  },
  guard: 2,
}));
