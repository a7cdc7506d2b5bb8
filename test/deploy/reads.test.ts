import { type App, CfnCondition, CfnOutput, type CfnResource, Duration, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { behave, JOB_SCENARIOS, type JobOptions, keepsRecords, ofEach } from './kinds';
import { eventsOf, World } from './world';
import type { StackResult } from '../../local/cloudformation';
import { TrainingJob } from '../../src';
import { LEAST } from '../fixtures/training-jobs';

let world: World;
beforeEach(async () => {
  world = await World.start();
  behave(world.cloud, () => ({}));
});
afterEach(() => world.stop());

const times = (count: number) => ofEach(() => count);
const numberOfStarted = () => ofEach((kind) => world.started(kind).length);
const reason = (result: StackResult, id: string) => eventsOf(result, id).find((event) => event.includes('_FAILED'));

describe('a job of each kind', () => {
  test('does not run again when the template reads one value more', async () => {
    const reading = (attributes: string[]) => (stack: Stack) => {
      for (const kind of JOB_SCENARIOS) {
        const { job } = kind.add(stack, kind.name);
        for (const attribute of attributes) new CfnOutput(stack, `${kind.name}${attribute}`, { value: (job as any)[attribute] });
      }
    };
    await world.deploy(reading([]));
    const { status, outputs } = await world.deploy(reading(['creationTime']));

    expect(status).toBe('UPDATE_COMPLETE');
    expect(ofEach(({ name }) => outputs[`${name}creationTime`])).toEqual(ofEach(() => expect.stringMatching(/^2026-01-01T00:0\d/)));
    expect(numberOfStarted()).toEqual(times(1));
  });

  test('exists only under the condition of its default child, with all its windows', async () => {
    const conditional = (value: string) => (stack: Stack) => {
      const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(value, 'yes') });
      for (const kind of JOB_SCENARIOS) {
        const { job, result } = kind.add(stack, kind.name, { waitTimeout: Duration.hours(2) });
        const { cfnOptions } = job.node.defaultChild as CfnResource;
        cfnOptions.condition = condition;
        cfnOptions.metadata = { owner: 'science' };
        new CfnOutput(stack, `${kind.name}Model`, { value: result, condition });
      }
    };
    expect(await world.deploy(conditional('no'))).toMatchObject({ status: 'CREATE_COMPLETE', outputs: {} });
    expect(numberOfStarted()).toEqual(times(0));

    const { status, outputs } = await world.deploy(conditional('yes'));
    expect(status).toBe('UPDATE_COMPLETE');
    expect(ofEach(({ name }) => outputs[`${name}Model`])).toEqual(ofEach((kind) => kind.resultOf(world.started(kind)[0])));
  });
});

describe('a result that other stacks read', () => {
  const account = '111122223333';
  const consumers = {
    Region: { account, region: 'eu-west-1' },
    OtherRegion: { account, region: 'us-east-1' },
    OtherAccount: { account: '444455556666', region: 'eu-west-1' },
  };

  /** Jobs in a stack and in its nested stack, and stacks that read their results. */
  const app = (options: JobOptions) => (scope: App) => {
    const one = new Stack(scope, 'One', { env: { account, region: 'eu-west-1' } });
    const two = Object.entries(consumers).map(([id, env]) => new Stack(scope, id, { env }));
    for (const scopeOfJobs of [one, new NestedStack(one, 'Nested')]) {
      for (const kind of JOB_SCENARIOS) {
        const { name, result } = kind.add(scopeOfJobs, kind.name, options);
        for (const stack of two) {
          const id = `${scopeOfJobs.node.id}${kind.name}`;
          new CfnOutput(stack, id, { value: name });
          const parameter = new ssm.CfnParameter(stack, `${id}Parameter`, { type: 'String', value: `result: ${result}` });
          new CfnOutput(stack, `${id}Result`, { value: parameter.attrValue });
        }
      }
    }
    return { one, two };
  };

  test('is the new one after each update, in the same Region, in another Region and in another account', async () => {
    const changes: JobOptions[] = [{}, { variant: 'second' }, { variant: 'second', rerunTrigger: 'tuesday' }, { waitTimeout: Duration.hours(2) }];
    for (const [index, options] of changes.entries()) {
      const deployed = await world.deployApp((scope) => app(options)(scope).one);
      expect(deployed.status).toBe(index === 0 ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
      for (const [id, env] of Object.entries(consumers)) {
        // The role that `cdk bootstrap` creates, and that the role in the other account trusts.
        const roleArn = `arn:aws:iam::${env.account}:role/cdk-hnb659fds-cfn-exec-role-${env.account}-${env.region}`;
        const { status, outputs } = await world.deployApp((scope) => app(options)(scope).two.find(({ stackName }) => stackName === id)!, { roleArn });
        expect({ id, status }).toEqual({ id, status: index === 0 ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE' });
        const names = ofEach(({ name }) => [outputs[`One${name}`], outputs[`Nested${name}`]].sort());
        // The last change goes back to the request of the first one.
        expect(names).toEqual(ofEach((kind) => (index < 3 ? world.started(kind).slice(-2) : world.started(kind).slice(0, 2)).sort()));
        if (index === 0) expect(ofEach(({ name }) => outputs[`One${name}Result`].slice(8))).toEqual(ofEach((kind) => kind.resultOf(outputs[`One${kind.name}`])));
      }
    }
    expect(numberOfStarted()).toEqual(times(6));
  });
});

test('a result that another stack reads needs no record where its location can be derived, for any number of windows', async () => {
  const jobs = (minutes: number) => (scope: App) => {
    const one = new Stack(scope, 'Stack');
    const two = new Stack(scope, 'Other');
    for (const kind of JOB_SCENARIOS) {
      const { result } = kind.add(one, kind.name, { waitTimeout: Duration.minutes(minutes) });
      new CfnOutput(two, kind.name, { value: result });
    }
    return one;
  };
  const { outputs } = await world.deployApp(jobs(30));
  for (const kind of JOB_SCENARIOS.filter((each) => !keepsRecords(each))) await world.call(kind.operation('Delete'), { [kind.nameMember]: world.started(kind)[0] });

  for (const minutes of [40, 120, 240, 180]) {
    const updated = await world.deployApp(jobs(minutes));
    expect(updated.status).toBe('UPDATE_COMPLETE');
    const results = Object.entries(outputs).filter(([id]) => /Att(TrainingJob|ProcessingJob|OptimizationJob)Result/.test(id));
    expect(results).toHaveLength(3);
    expect(updated.outputs).toMatchObject(Object.fromEntries(results));
  }
  const once = { TrainingJob: 1, ProcessingJob: 1, TransformJob: 1, OptimizationJob: 1 };
  expect(numberOfStarted()).toEqual({ ...once, HyperParameterTuningJob: 2, CompilationJob: 2 });
});

describe('a value that the job does not have', () => {
  const withMetric = (...options: Parameters<TrainingJob['finalMetric']>[]) => (stack: Stack) => {
    const job = new TrainingJob(stack, 'Job', { ...LEAST, metricDefinitions: [{ name: 'auc', regex: 'auc: (.*)' }] });
    options.forEach((each, index) => new CfnOutput(stack, `Metric${index}`, { value: job.finalMetric(...each) }));
  };

  test('fails with the ones that it has, and another deployment with a fallback runs no other job', async () => {
    world.cloud.sagemaker.behavior = () => ({ metrics: { auc: 0.75 } });
    await world.deploy(withMetric(['auc']));
    const failed = await world.deploy(withMetric(['auc'], ['loss']));
    const [name] = world.started(JOB_SCENARIOS[0]);

    expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reason(failed, 'Job')).toContain(`The template reads FinalMetricDataList.loss, but training job '${name}' has no such value. `
      + 'Available: FinalMetricDataList.auc. FinalMetricDataList: specify a `fallback` for a metric that the job may not report.');
    const { outputs } = await world.deploy(withMetric(['auc', { fallback: 0 }], ['loss', { fallback: 0.5 }]));
    expect(outputs).toEqual({ Metric0: '0.75', Metric1: '0.5' });
    expect(world.started(JOB_SCENARIOS[0])).toEqual([name]);
  });

  test('is the last of 40 metrics with long names only if the others fit, too', async () => {
    const metrics = Array.from({ length: 40 }, (_, index) => `metric ${index} `.padEnd(200, 'x'));
    const train = (...read: string[]) => (stack: Stack) => {
      const job = new TrainingJob(stack, 'Job', { ...LEAST, metricDefinitions: metrics.map((name) => ({ name, regex: 'x: (.*)' })) });
      read.forEach((name, index) => new CfnOutput(stack, `Metric${index}`, { value: job.finalMetric(name) }));
    };
    world.cloud.sagemaker.behavior = () => ({ metrics: Object.fromEntries(metrics.map((name, index) => [name, index])) });
    const { status, outputs } = await world.deploy(train(metrics[39]));
    expect({ status, outputs }).toEqual({ status: 'CREATE_COMPLETE', outputs: { Metric0: '39' } });

    const failed = await world.deploy(train(...metrics));
    expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(reason(failed, 'Job')).toMatch(/that the template reads have 9\d{3} bytes with their names; a response to CloudFormation has space for 3\d{3}\. Read fewer of them: FinalMetricDataList\.metric \d+ x+ \(22\d bytes\), /);
    expect(numberOfStarted().TrainingJob).toBe(1);
  });
});
