import { type App, CfnOutput, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { CompilationJob, CompilationModel, CompilationTarget, CompilationDataInput, CompilationFramework, InputChannel, S3Location, TargetDevice, TrainingJob } from '../../src';
import { World } from '../deploy/world';
import { LEAST } from '../fixtures/training-jobs';

const env = { region: 'eu-west-1', account: '111122223333' };

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

/** A job that goes on from the model of another one. */
function fineTuning(scope: Construct, first: TrainingJob): TrainingJob {
  return new TrainingJob(scope, 'FineTuning', {
    ...LEAST,
    inputDataConfig: [InputChannel.fromS3('model', first.modelArtifacts)],
    hyperParameters: { parent: first.trainingJobName },
  });
}

/** The names of the training jobs that were started, oldest first, with what each was told to begin with. */
const started = () => world.requests('CreateTrainingJob').map(({ TrainingJobName, InputDataConfig = [], HyperParameters = {} }) => ({
  name: TrainingJobName, input: InputDataConfig[0]?.DataSource.S3DataSource.S3Uri, parent: HyperParameters.parent,
}));

test('a job that reads an attribute of another job starts when that has ended', async () => {
  const { status } = await world.deploy((stack) => fineTuning(stack, new TrainingJob(stack, 'Training', LEAST)));

  expect(status).toBe('CREATE_COMPLETE');
  const [first, second] = started();
  expect(second).toMatchObject({ input: `s3://results/models/${first.name}/output/model.tar.gz`, parent: first.name });
});

test('a job that fails keeps those from starting that read of it', async () => {
  world.cloud.sagemaker.behavior = () => ({ failure: 'AlgorithmError: no' });
  const { status } = await world.deploy((stack) => fineTuning(stack, new TrainingJob(stack, 'Training', LEAST)));

  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(started()).toHaveLength(1);
});

test('a nested stack has jobs, takes an attribute from its parent and gives one back', async () => {
  const { status, outputs } = await world.deploy((stack) => {
    const first = new TrainingJob(stack, 'Training', LEAST);
    const second = fineTuning(new NestedStack(stack, 'Nested'), first);
    new CfnOutput(stack, 'Model', { value: second.s3ModelArtifacts });
  });

  expect(status).toBe('CREATE_COMPLETE');
  const [first, second] = started();
  expect(second.parent).toBe(first.name);
  expect(outputs.Model).toBe(`s3://results/models/${second.name}/output/model.tar.gz`);

  expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  expect(world.requests('DeleteTrainingJob').map(({ TrainingJobName }) => TrainingJobName).sort()).toEqual([first.name, second.name].sort());
});

test('the same stack in two stages trains under two names', async () => {
  const deploy = (stage: string) => world.deployApp((app) => {
    const stack = new Stack(new Stage(app, stage), 'Churn');
    new TrainingJob(stack, 'Training', LEAST);
    return stack;
  });

  expect([(await deploy('Beta')).status, (await deploy('Prod')).status]).toEqual(['CREATE_COMPLETE', 'CREATE_COMPLETE']);
  expect(started().map(({ name }) => name)).toEqual([expect.stringMatching(/^beta-churn-training-/), expect.stringMatching(/^prod-churn-training-/)]);
});

describe('across stacks', () => {
  /** What jobs need, the jobs, and what is made of them, each in a stack of its own. */
  const stacksOf = (app: App) => {
    const base = new Stack(app, 'Base', { env });
    const bucket = new s3.Bucket(base, 'Models');
    const key = new kms.Key(base, 'Key');
    const role = new iam.Role(base, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });

    const jobs = new Stack(app, 'Jobs', { env });
    const training = new TrainingJob(jobs, 'Training', {
      ...LEAST, role, outputLocation: S3Location.fromBucket(bucket, 'models'), outputEncryptionKey: key,
    });

    const edge = new Stack(app, 'Edge', { env });
    const compilation = new CompilationJob(edge, 'Compilation', {
      model: CompilationModel.fromTrainingJob(training,
        { framework: CompilationFramework.ONNX, dataInputConfig: CompilationDataInput.fromShapes({ x: [1, 3] }) }),
      outputLocation: S3Location.fromBucket(bucket, 'compiled'),
      target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
    });
    new CfnOutput(edge, 'Compiled', { value: compilation.s3ModelArtifacts });
    return { base, jobs, edge };
  };
  const deploy = (name: keyof ReturnType<typeof stacksOf>) => world.deployApp((app) => stacksOf(app)[name]);

  test('role, bucket, key and the model of a job are used where they are needed', async () => {
    expect((await deploy('base')).status).toBe('CREATE_COMPLETE');
    expect((await deploy('jobs')).status).toBe('CREATE_COMPLETE');
    const { status, outputs } = await deploy('edge');

    expect(status).toBe('CREATE_COMPLETE');
    const [{ RoleArn, OutputDataConfig, TrainingJobName }] = world.requests('CreateTrainingJob');
    expect(RoleArn).toMatch(/^arn:aws:iam::111122223333:role\/Base-Role/);
    expect(OutputDataConfig.KmsKeyId).toMatch(/^arn:aws:kms:eu-west-1:111122223333:key\//);
    const [{ InputConfig }] = world.requests('CreateCompilationJob');
    expect(InputConfig.S3Uri).toBe(`${OutputDataConfig.S3OutputPath}/${TrainingJobName}/output/model.tar.gz`);
    expect(outputs.Compiled).toContain('/compiled/');
  });
});
