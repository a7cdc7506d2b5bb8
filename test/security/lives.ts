import { type App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { everything, IMPORTED_ROLE } from './everything';
import { PermissionLog, type UsedStatement } from './permission-log';
import { NotebookStack } from '../../examples/notebook/stack';
import { PipelineStack } from '../../examples/pipeline/stack';
import { ChurnStack } from '../../examples/training-job/stack';
import { ServiceReference } from '../../local/iam';
import { JobProviders, TrainingJob } from '../../src';
import { World } from '../deploy/world';
import { LEAST } from '../fixtures/training-jobs';

export type Phase = 'create' | 'cancel' | 'fail' | 'change' | 'delete';

/** A stack, and what it goes through. */
interface Life {
  readonly phases: readonly Phase[];
  /** What the stack is in a phase: another one where it changes. */
  readonly make: (app: App, phase: Phase) => Stack;
}

const env = { region: 'eu-west-1' };
const ALL: readonly Phase[] = ['create', 'cancel', 'fail', 'change', 'delete'];
const DEPTHS = { create: 5, cancel: 6, fail: 7, change: 8, delete: 9 };

function stackOf(contents: (stack: Stack, phase: Phase) => void): Life['make'] {
  return (app, phase) => {
    const stack = new Stack(app, 'Stack', { env });
    contents(stack, phase);
    return stack;
  };
}

export const LIVES: { readonly [name: string]: Life } = {
  'training-job': { phases: ALL, make: (app, phase) => new ChurnStack(app, 'Stack', { env, maxDepth: DEPTHS[phase] }) },
  'pipeline': { phases: ALL, make: (app, phase) => new PipelineStack(app, 'Stack', { env, dataVersion: phase }) },
  'notebook': { phases: ['create', 'delete'], make: (app) => new NotebookStack(app, 'Stack', { env }) },
  'everything': { phases: ALL, make: stackOf((stack, phase) => everything(stack, phase)) },
  'settings': {
    phases: ALL,
    make: stackOf((stack, phase) => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'] });
      JobProviders.of(stack).configure({
        encryptionKey: new kms.Key(stack, 'Key'),
        logRetention: logs.RetentionDays.ONE_WEEK,
        memorySize: 512,
        roleNamePrefix: 'acme-',
        timeout: Duration.minutes(2),
        enableTracing: true,
        vpc,
      });
      new TrainingJob(stack, 'Job', { ...LEAST, hyperParameters: { phase } });
    }),
  },
};

/** How the stack is after each phase. */
export const OUTCOMES: { readonly [phase in Phase]: string } = {
  create: 'CREATE_COMPLETE',
  cancel: 'UPDATE_ROLLBACK_COMPLETE',
  fail: 'UPDATE_ROLLBACK_COMPLETE',
  change: 'UPDATE_COMPLETE',
  delete: 'DELETE_COMPLETE',
};

/** Lets a stack live in a cloud that enforces policies. */
export async function live({ make, phases }: Life): Promise<{ readonly outcomes: object; readonly statements: UsedStatement[] }> {
  const world = await World.start({ roles: [{ roleArn: IMPORTED_ROLE }] });
  const { cloud } = world;
  try {
    const log = new PermissionLog(cloud, await ServiceReference.load());
    let statements: () => UsedStatement[] = () => [];
    const outcomes: { [phase: string]: string } = {};
    for (const phase of phases) {
      log.phase = phase;
      if (phase === 'delete') statements = log.statementsOf('Stack');
      outcomes[phase] = await go(phase);
    }
    return { outcomes, statements: statements() };
  } finally {
    await world.stop();
  }

  async function go(phase: Phase): Promise<string> {
    if (phase === 'delete') {
      // Lists show by then which executions have ended.
      await cloud.clock.advance(60_000);
      return (await world.destroy())!.status;
    }
    const seconds = phase === 'cancel' ? 3000 : 120;
    cloud.sagemaker.behavior = ({ TrainingJobName: name }) => ({
      // One job is to run on, whatever comes.
      trainingSeconds: name.includes('planned') ? 100_000 : seconds,
      // A tuning job is to fail by itself, not because it is stopped when something else has failed.
      failure: phase === 'fail' && !/baseline|watched/.test(name) ? 'AlgorithmError' : undefined,
    });
    cloud.sagemaker.compilation = () => ({ compilingSeconds: seconds });
    // Data is prepared before the models are trained.
    cloud.sagemaker.processing = ({ ProcessingJobName: name }) => ({ processingSeconds: name.includes('preprocessing') ? 120 : seconds });
    cloud.sagemaker.transform = () => ({ transformingSeconds: seconds });
    cloud.sagemaker.optimization = () => ({ optimizingSeconds: seconds });
    const deploying = world.deployApp((app) => make(app, phase));
    if (phase === 'cancel') {
      await cloud.clock.advance(600_000);
      cloud.cloudFormation.cancelUpdate('Stack');
    }
    return (await deploying).status;
  }
}
