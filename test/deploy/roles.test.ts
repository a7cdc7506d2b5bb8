import * as iam from 'aws-cdk-lib/aws-iam';
import { World } from './world';
import { CompilationJob, CompilationModel, CompilationTarget, ContainerImage, CompilationFramework, S3Location, TargetDevice, TrainingJob } from '../../src';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

test('one role may be given to a training job and to the job that compiles its model', async () => {
  const result = await world.deploy((stack) => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    const training = new TrainingJob(stack, 'Training', {
      role,
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromUri('s3://results/models'),
    });
    new CompilationJob(stack, 'Compilation', {
      role,
      model: CompilationModel.fromTrainingJob(training, { framework: CompilationFramework.XGBOOST }),
      outputLocation: S3Location.fromUri('s3://results/compiled'),
      target: CompilationTarget.fromDevice(TargetDevice.ML_M5),
    });
  });

  expect(result.status).toBe('CREATE_COMPLETE');
  const [training] = world.requests('CreateTrainingJob');
  const [compilation] = world.requests('CreateCompilationJob');
  expect(compilation.RoleArn).toBe(training.RoleArn);
  expect(compilation.InputConfig.S3Uri).toBe(`s3://results/models/${training.TrainingJobName}/output/model.tar.gz`);
});
