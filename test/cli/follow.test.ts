import { setTimeout } from 'node:timers/promises';
import { Duration, Stack } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CommandLine } from './command-line';
import { ServiceError } from '../../local/api/service-error';
import type { StackResult } from '../../local/cloudformation';
import { AlgorithmMetric, BuiltInAlgorithm, ContainerImage, HyperParameterTuningJob, InputChannel, ParameterRange, S3Location, TrainingJob } from '../../src';
import { type Contents, World } from '../deploy/world';
import { GIVEN_RESOURCES } from '../fixtures/given-resources';
import { QUICK_TRAINING } from '../fixtures/quick-jobs';

const OUTPUT = S3Location.fromUri('s3://churn-data/models/');
const INTERRUPTION = 'The view has ended. The jobs and the deployment continue.';
const INTERVAL = ['--interval', '1'];
const REGION = 'eu-west-1';
/** The Region of the stack that is followed without its name, which must be the only one in progress. */
const OTHER_REGION = 'eu-central-1';

/** Rejects the calls of an operation from outside whose input contains a name. */
interface Rejection {
  readonly operation: string;
  readonly name: string;
  readonly answer: ServiceError;
  times: number;
}

const rejections: Rejection[] = [];
/** The calls from outside. */
const calls: Array<{ readonly operation: string; readonly input: object }> = [];
let world: World;
let cli: CommandLine;

beforeAll(async () => {
  world = await World.start({
    speed: 60,
    startAt: new Date(),
    realTimeOutside: true,
    quotas: false,
    given: ({ region }) => (region === REGION ? GIVEN_RESOURCES : { buckets: ['tuned-data'] }),
    behavior: ({ HyperParameters }) => ({
      ...QUICK_TRAINING,
      // Two rounds of calls.
      trainingSeconds: 120,
      metrics: { 'train:loss': 0.125 },
      logs: { Training: ['reading the data', 'epoch 1'], Failed: ['ValueError: negative depth'] },
      ...isOn(HyperParameters, 'fails') && { failure: 'AlgorithmError: depth must not be negative' },
      ...isOn(HyperParameters, 'long') && { trainingSeconds: 3600 },
    }),
  });
  world.cloud.hooks.fault = (_service, operation, input, _n, caller) => {
    if (world.cloud.environments.functionWith(caller)) return undefined;
    calls.push({ operation, input });
    const rejection = rejections.find((each) => each.operation === operation && JSON.stringify(input).includes(each.name) && each.times-- > 0);
    return rejection && { answer: rejection.answer };
  };
  world.cloud.clock.start();
  cli = new CommandLine(world.cloud);
});
afterAll(async () => {
  await world.cloud.clock.stop();
  await world.stop();
});

/** Whether a job is on a course. */
function isOn(hyperParameters: unknown, course: string): boolean {
  return (hyperParameters as { readonly course?: string }).course === course;
}

function train(stack: Stack, id: string, course: string = 'quick'): TrainingJob {
  return new TrainingJob(stack, id, {
    trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:v1'),
    hyperParameters: { course },
    metricDefinitions: [{ name: 'train:loss', regex: 'loss: (.*)' }],
    outputLocation: OUTPUT,
    maxRuntime: Duration.hours(2),
  });
}

/** Begins a deployment. Settles when the stack exists. */
async function begin(stackName: string, contents: Contents, region: string = REGION): Promise<{ readonly end: Promise<StackResult> }> {
  const end = world.deployApp((app) => {
    const stack = new Stack(app, stackName, { env: { account: world.cloud.account, region } });
    contents(stack);
    return stack;
  });
  while (!world.cloud.in({ region }).cloudFormation.find(stackName)) await setTimeout(10);
  return { end };
}

/** Waits until a job of a stack runs. Returns its name. */
async function running(prefix: string): Promise<string> {
  for (;;) {
    const name = world.cloud.sagemaker.running().find((each) => each.startsWith(prefix));
    if (name) return name;
    await setTimeout(50);
  }
}

// The tests wait for jobs most of the time, so they run at the same time.
describe('sagemaker-jobs follow', () => {
  test.concurrent('shows the phases, metrics and log of a job in a pipe and on a terminal, and ends with the job', async () => {
    const { end } = await begin('Churn', (stack) => train(stack, 'Training'));
    const [piped, drawn] = await Promise.all([cli.run(['follow', 'Churn', ...INTERVAL]), cli.runInTerminal(['follow', 'Churn', ...INTERVAL])]);

    expect(piped).toMatchObject({ code: 0, stderr: '' });
    const lines = piped.stdout.split('\n').map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \| /, '').replace(/churn-training-\w{14}/, 'JOB').replace(/Training\w{8}/, 'ID'));
    expect(lines).toEqual(expect.arrayContaining([
      'Churn | CREATE_IN_PROGRESS',
      'ID | JOB | Starting | Preparing the instances for training',
      'ID | JOB | Training | Training image download completed. Training in progress.',
      'ID | JOB | log | reading the data',
      'ID | JOB | log | epoch 1',
      'ID | JOB | Completed | Training job completed',
      'ID | JOB | train:loss 0.125',
      'The job succeeded.',
    ]));
    expect(drawn.code).toBe(0);
    expect(drawn.drawn).toMatch(/Churn CREATE_IN_PROGRESS/);
    expect(drawn.drawn).toMatch(/Training\w{8} +Completed +00:0\d:\d\d +train:loss 0\.125/);
    expect(drawn.drawn).toMatch(/Log of churn-training-\w+:\n {2}reading the data\n {2}epoch 1/);
    expect(drawn.drawn).toMatch(/The job succeeded\.\n$/);
    expect((await end).status).toBe('CREATE_COMPLETE');
  });

  test.concurrent('ends with status 1 and the reasons if a job fails', async () => {
    const { end } = await begin('Failing', (stack) => train(stack, 'Training', 'fails'));
    const { code, stdout } = await cli.run(['follow', 'Failing', ...INTERVAL]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Training\w{8} \(failing-training-\w+\) failed: .*AlgorithmError: depth must not be negative/);
    expect((await end).status).toBe('ROLLBACK_COMPLETE');
  });

  test.concurrent('counts the training jobs of a tuning job, and shows the best objective', async () => {
    const { end } = await begin('Tuning', (stack) => new HyperParameterTuningJob(stack, 'Search', {
      hyperParameterTuningJobObjective: AlgorithmMetric.VALIDATION_AUC,
      parameterRanges: [ParameterRange.integer('max_depth', 2, 8)],
      maxNumberOfTrainingJobs: 3,
      maxParallelTrainingJobs: 1,
      trainingJobDefinition: {
        trainingImage: ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }),
        hyperParameters: { objective: 'binary:logistic', num_round: '100' },
        inputDataConfig: ['train', 'validation'].map((name) => InputChannel.fromS3(name, S3Location.fromUri(`s3://tuned-data/${name}/`), { contentType: 'text/csv' })),
        outputLocation: S3Location.fromUri('s3://tuned-data/models/'),
      },
    }), OTHER_REGION);
    const options = ['--region', OTHER_REGION, ...INTERVAL];
    const [piped, { code, drawn }] = await Promise.all([cli.run(['follow', ...options]), cli.runInTerminal(['follow', 'Tuning', ...options])]);
    expect(piped).toMatchObject({ code: 0, stdout: expect.stringMatching(/\| [12] of 3 training jobs, best validation:auc 0\.\d+\n[^]*\| 3 of 3 training jobs, best/) });
    expect(code).toBe(0);
    expect(drawn).toMatch(/Completed +█{20} 3 of 3, 00:0\d:\d\d {2}best validation:auc 0\.\d+/);
    expect((await end).status).toBe('CREATE_COMPLETE');
  });

  test.concurrent('Ctrl-C ends the view and leaves the job alone; Tab selects the log of another job', async () => {
    const { end } = await begin('Long', (stack) => {
      train(stack, 'One', 'long');
      train(stack, 'Two', 'long');
    });
    const [name] = [await running('long-one'), await running('long-two')];
    const keys = [{ after: /Log of long-one/, key: '\t' }, { after: /Log of long-two/, key: '\u0003' }];
    const [terminal, pipe] = await Promise.all([
      cli.runInTerminal(['follow', 'Long', ...INTERVAL], ...keys),
      cli.interrupt(['follow', '--job', name, ...INTERVAL], /epoch|reading/),
    ]);
    expect(terminal).toMatchObject({ code: 130, drawn: expect.stringContaining(INTERRUPTION) });
    expect(terminal.drawn).toMatch(/█?░+ 00:\d\d:\d\d of at most 02:00:00/);
    expect(pipe).toMatchObject({ code: 130, stdout: expect.stringContaining(INTERRUPTION) });
    expect(world.cloud.sagemaker.running()).toContain(name);

    await world.call('StopTrainingJob', { TrainingJobName: name });
    const stopped = await cli.run(['follow', '--job', name, ...INTERVAL]);
    expect(stopped).toMatchObject({ code: 1, stdout: expect.stringMatching(/\(long-one-\w+\) was stopped\.\n$/) });
    expect((await end).status).toBe('ROLLBACK_COMPLETE');
  });

  test.concurrent('waits while the change set of a new stack is reviewed, and then reads the template', async () => {
    const { cloudFormation } = world.cloud.in({ region: REGION });
    const { stackId } = cloudFormation.createChangeSet({
      stackName: 'Review', changeSetName: 'First', changeSetType: 'CREATE', template: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
    });
    let isFollowing = true;
    const following = cli.run(['follow', 'Review', ...INTERVAL]).finally(() => { isFollowing = false; });
    const rounds = () => calls.filter(({ operation, input }) => operation === 'ListStackResources' && JSON.stringify(input).includes(stackId)).length;
    while (isFollowing && rounds() < 2) await setTimeout(50);
    await cloudFormation.executeChangeSet('First', 'Review');

    expect(await following).toMatchObject({
      code: 2, stdout: expect.stringContaining('| Review | REVIEW_IN_PROGRESS\n'), stderr: 'The stack Review has no jobs of cdk-sagemaker-jobs.\n',
    });
  });

  test.concurrent('is throttled, says so, and continues', async () => {
    const { end } = await begin('Throttled', (stack) => train(stack, 'Training'));
    await running('throttled');
    rejections.push({ operation: 'DescribeTrainingJob', name: 'throttled', answer: new ServiceError('ThrottlingException', 'Rate exceeded'), times: 4 });
    expect(await cli.run(['follow', 'Throttled', ...INTERVAL])).toMatchObject({
      code: 0, stdout: expect.stringMatching(/\| The service throttles the calls\. The next attempt is in 2 seconds\.\n[^]*The job succeeded\.\n$/),
    });
    await end;
  });

  test.concurrent('explains in a sentence why it cannot follow', async () => {
    const { end } = await begin('Empty', (stack) => new sqs.Queue(stack, 'Queue'));
    await end;
    const reason = async (args: readonly string[], env?: NodeJS.ProcessEnv) => {
      const { code, stdout, stderr } = await cli.run(['follow', ...args], env);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      return stderr;
    };
    const [missing, without, idle, job, keys, region, address] = await Promise.all([
      reason(['Chrun']),
      reason(['Empty']),
      reason(['--region', 'us-west-2']),
      reason(['--job', 'churn-1']),
      reason(['Churn'], { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }),
      reason(['Churn'], { AWS_REGION: undefined }),
      reason(['Churn'], { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }),
    ]);
    expect(missing).toBe('The stack Chrun does not exist in eu-west-1. Check its name, the Region and the account.\n');
    expect(without).toBe('The stack Empty has no jobs of cdk-sagemaker-jobs.\n');
    expect(idle).toBe('No stack is being deployed in us-west-2. Name the stack whose jobs you want to follow.\n');
    expect(job).toBe('The job churn-1 does not exist in eu-west-1. Check its name, the Region and the account.\n');
    expect(keys).toMatch(/^No AWS credentials were found\. Sign in with /);
    expect(region).toBe('No Region is configured. Specify --region, or set AWS_REGION.\n');
    expect(address).toMatch(/^The service cannot be reached\. Check the Region and the network\. /);

    const answer = new ServiceError('ExpiredToken', 'The security token included in the request is expired');
    rejections.push({ operation: 'DescribeStacks', name: 'Empty', answer, times: Infinity });
    expect(await reason(['Empty'])).toBe('The AWS credentials have expired. Sign in again, and repeat the command. The jobs continue.\n');
  });
});
