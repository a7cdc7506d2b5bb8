import * as alpha from '@aws-cdk/aws-sagemaker-alpha';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import { S3Location, TrainingJob } from '../../src';
import { type Contents, World } from '../deploy/world';
import { LEAST } from '../fixtures/training-jobs';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

function training(stack: Stack, epochs: string): TrainingJob {
  const bucket = new s3.Bucket(stack, 'Models');
  return new TrainingJob(stack, 'Training', { ...LEAST, outputLocation: S3Location.fromBucket(bucket, 'models'), hyperParameters: { epochs } });
}

/** What a job has trained, as the constructs of models take it. */
class TrainedModel extends alpha.ModelData {
  constructor(private readonly job: TrainingJob) {
    super();
  }

  bind(_scope: Construct, model: alpha.IModel): alpha.ModelDataConfig {
    this.job.grantReadOutput(model);
    return { uri: this.job.s3ModelArtifacts };
  }
}

/** An image in a repository, and a role that may pull it. */
function serving(stack: Stack): { readonly repository: ecr.IRepository; readonly role: iam.Role } {
  const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'serve');
  const role = new iam.Role(stack, 'Serving', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  repository.grantPull(role);
  return { repository, role };
}

const resourceModel = (epochs: string): Contents => (stack) => {
  const job = training(stack, epochs);
  const { repository, role } = serving(stack);
  job.grantReadOutput(role);
  new sagemaker.CfnModel(stack, 'Model', {
    executionRoleArn: role.roleArn,
    primaryContainer: { image: repository.repositoryUriForTag('v1'), modelDataUrl: job.s3ModelArtifacts },
  }).node.addDependency(role);
  new CfnOutput(stack, 'Artifacts', { value: job.s3ModelArtifacts });
};

const constructModel = (epochs: string): Contents => (stack) => {
  const job = training(stack, epochs);
  const { repository, role } = serving(stack);
  const image = alpha.ContainerImage.fromEcrRepository(repository, 'v1');
  new alpha.Model(stack, 'Model', { role, containers: [{ image, modelData: new TrainedModel(job) }] });
  new CfnOutput(stack, 'Artifacts', { value: job.s3ModelArtifacts });
};

describe.each([
  ['the resource of CloudFormation', resourceModel],
  ['the construct of @aws-cdk/aws-sagemaker-alpha', constructModel],
])('a model as %s', (_name, contents) => {
  test('holds what the job has trained, and another one when that trains again', async () => {
    const models = () => [...world.cloud.sagemaker.hosting.models.values()].map(({ request }) => request.PrimaryContainer);

    const created = await world.deploy(contents('10'));
    expect(created.status).toBe('CREATE_COMPLETE');
    expect(models()).toEqual([{ Image: expect.stringMatching(/serve:v1$/), ModelDataUrl: created.outputs.Artifacts }]);

    const updated = await world.deploy(contents('20'));
    expect(updated.status).toBe('UPDATE_COMPLETE');
    expect(updated.outputs.Artifacts).not.toBe(created.outputs.Artifacts);
    expect(models()).toEqual([{ Image: expect.stringMatching(/serve:v1$/), ModelDataUrl: updated.outputs.Artifacts }]);
  });
});
