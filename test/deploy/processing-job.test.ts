import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnOutput, Tags } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PROCESSING, TRAINING } from './kinds';
import { type Contents, World } from './world';
import * as jobs from '../../src';

/** The behavior that only processing jobs have. */
let world: World;
let directory: string;
beforeEach(async () => {
  world = await World.start();
  directory = mkdtempSync(join(tmpdir(), 'processing-'));
});
afterEach(async () => {
  await world.stop();
  rmSync(directory, { recursive: true });
});

const IMAGE = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/process:v1');

/** Raw data, a script that splits it, and a training job on one part. */
const churn = (script: string): Contents => (stack) => {
  const path = join(directory, 'preprocess.py');
  writeFileSync(path, script);
  const data = new s3.Bucket(stack, 'Data');
  const preprocessing = new jobs.ProcessingJob(stack, 'Preprocessing', {
    image: IMAGE,
    script: jobs.ProcessingScript.fromAsset(path),
    processingInputs: [jobs.ProcessingInput.fromS3('raw', jobs.S3Location.fromBucket(data, 'raw/'))],
    processingOutputs: ['train', 'test'].map((name) => jobs.ProcessingOutput.toS3(name, jobs.S3Location.fromBucket(data, `prepared/${name}`))),
  });
  new jobs.TrainingJob(stack, 'Training', {
    trainingImage: IMAGE,
    inputDataConfig: [jobs.InputChannel.fromS3('train', preprocessing.output('train'))],
    outputLocation: jobs.S3Location.fromBucket(data, 'models'),
  });
  new CfnOutput(stack, 'Test', { value: preprocessing.outputUri('test') });
};

const channels = () => world.requests('CreateTrainingJob').map(({ InputDataConfig: [{ DataSource }] }) => DataSource.S3DataSource.S3Uri as string);

test('a changed script runs again with what depends on it, and the earlier script finds its data and its model', async () => {
  const first = await world.deploy(churn('print(1)'));
  expect((await world.deploy(churn('print(2)'))).status).toBe('UPDATE_COMPLETE');
  const back = await world.deploy(churn('print(1)'));

  const started = world.started(PROCESSING);
  expect([first.status, back.status]).toEqual(['CREATE_COMPLETE', 'UPDATE_COMPLETE']);
  expect(started).toHaveLength(2);
  expect(world.started(TRAINING)).toHaveLength(2);
  expect(channels()).toEqual(started.map((name) => expect.stringMatching(new RegExp(`/prepared/train/${name}/$`))));
  expect(first.outputs.Test).toMatch(new RegExp(`^s3://.*/prepared/test/${started[0]}/$`));
  expect(back.outputs).toEqual(first.outputs);
});

test('a job that reads a fixed location runs again if its trigger is the name of the job that writes it', async () => {
  const fixed = (mode: string): Contents => (stack) => {
    const location = jobs.S3Location.fromUri('s3://results/latest');
    const writer = new jobs.ProcessingJob(stack, 'Writer', {
      image: IMAGE, environment: { mode }, processingOutputs: [jobs.ProcessingOutput.toS3('all', location, { separateOutput: false })],
    });
    const processingInputs = [jobs.ProcessingInput.fromS3('all', writer.output('all'))];
    new jobs.ProcessingJob(stack, 'Reader', { image: IMAGE, processingJobNamePrefix: 'reader', processingInputs });
    new jobs.ProcessingJob(stack, 'Follower', { image: IMAGE, processingJobNamePrefix: 'follower', processingInputs, rerunTrigger: writer.processingJobName });
  };
  await world.deploy(fixed('one'));
  await world.deploy(fixed('two'));

  const runs = (prefix: string) => world.started(PROCESSING).filter((name) => name.startsWith(prefix)).length;
  expect([runs('stack-writer'), runs('reader'), runs('follower')]).toEqual([2, 1, 2]);
});

test('the locations of outputs are known without the record of the job, so a record that was deleted by hand runs nothing', async () => {
  const first = await world.deploy(churn('print(1)'));
  await world.call('DeleteProcessingJob', { ProcessingJobName: world.started(PROCESSING)[0] });
  const { outputs, status } = await world.deploy((stack) => {
    churn('print(1)')(stack);
    Tags.of(stack).add('team', 'churn');
  });

  expect([status, outputs]).toEqual(['UPDATE_COMPLETE', first.outputs]);
  expect(world.started(PROCESSING)).toHaveLength(1);
});

test('the message of the container is a value, and one that it has not written fails the deployment', async () => {
  const message: Contents = (stack) => {
    const { exitMessage, processingStartTime } = new jobs.ProcessingJob(stack, 'Job', { image: IMAGE });
    new CfnOutput(stack, 'Message', { value: exitMessage });
    new CfnOutput(stack, 'Start', { value: processingStartTime });
  };
  world.cloud.sagemaker.processing = ({ ProcessingJobName }) => (ProcessingJobName.startsWith('talking') ? { exitMessage: '{"rows": 100}' } : {});

  expect((await world.deploy(message, 'Talking')).outputs).toEqual({ Message: '{"rows": 100}', Start: expect.stringMatching(/^2026-01-01T/) });
  expect((await world.deploy(message, 'Silent')).status).toBe('ROLLBACK_COMPLETE');
});

test('another workgroup and another place for the result of a query run nothing, and another query does', async () => {
  const query = (queryString: string, workGroup: string): Contents => (stack) => {
    new jobs.ProcessingJob(stack, 'Job', {
      image: IMAGE,
      processingInputs: [jobs.ProcessingInput.fromAthena('events', {
        database: 'web',
        queryString,
        workGroup,
        outputLocation: jobs.S3Location.fromUri(`s3://scratch/${workGroup}/`),
        outputFormat: jobs.AthenaResultFormat.PARQUET,
      })],
    });
  };
  await world.deploy(query('SELECT 1', 'one'));
  expect((await world.deploy(query('SELECT 1', 'two'))).status).toBe('UPDATE_COMPLETE');
  expect(world.started(PROCESSING)).toHaveLength(1);
  await world.deploy(query('SELECT 2', 'two'));
  expect(world.started(PROCESSING)).toHaveLength(2);
});

test('a new role in a VPC is waited for until its policies have taken effect', async () => {
  const { status } = await world.deploy((stack) => {
    new jobs.ProcessingJob(stack, 'Job', { image: IMAGE, subnetIds: ['subnet-12345678'], securityGroupIds: ['sg-12345678'], instanceCount: 2 });
  });

  expect(status).toBe('CREATE_COMPLETE');
  expect(world.requests('CreateProcessingJob')).toMatchObject([{
    NetworkConfig: { VpcConfig: { Subnets: ['subnet-12345678'], SecurityGroupIds: ['sg-12345678'] } },
    ProcessingResources: { ClusterConfig: { InstanceCount: 2, VolumeSizeInGB: 30 } },
  }]);
});
