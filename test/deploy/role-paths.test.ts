import { Aspects, CfnOutput, CfnResource, type Stack } from 'aws-cdk-lib';
import { World } from './world';
import { JobProviders, MlInstanceType, NotebookInstance, NotebookInstanceDesiredState, TrainingJob } from '../../src';
import { LEAST } from '../fixtures/training-jobs';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

const contents = (stack: Stack) => {
  const job = new TrainingJob(stack, 'Training', LEAST);
  const notebook = new NotebookInstance(stack, 'Notebook', {
    instanceType: MlInstanceType.ML_T3_MEDIUM, desiredState: NotebookInstanceDesiredState.STOPPED,
  });
  new CfnOutput(stack, 'Model', { value: job.s3ModelArtifacts });
  new CfnOutput(stack, 'Status', { value: notebook.notebookInstanceStatus });
};
const withAspect = (path: string) => (stack: Stack) => {
  contents(stack);
  Aspects.of(stack).add({
    visit: (node) => {
      if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::IAM::Role') node.addPropertyOverride('Path', path);
    },
  });
};
const roleOfJob = () => world.requests('CreateTrainingJob').at(-1).RoleArn;

test('a stack with a path for all roles is deployed: the function is allowed to pass them', async () => {
  const { outputs, status } = await world.deploy((stack) => {
    JobProviders.of(stack).configure({ rolePath: '/acme/' });
    contents(stack);
  });

  expect(status).toBe('CREATE_COMPLETE');
  expect(outputs).toMatchObject({ Model: expect.stringContaining('s3://'), Status: 'Stopped' });
  expect(roleOfJob()).toMatch(/:role\/acme\/sagemaker-jobs\//);
});

test('a stack whose roles get their path from an aspect is deployed, and again with another path', async () => {
  expect((await world.deploy(withAspect('/acme/'))).status).toBe('CREATE_COMPLETE');
  expect(roleOfJob()).toMatch(/:role\/acme\/[\w-]+-job-\w{8}$/);

  const { outputs, status } = await world.deploy(withAspect('/other/'));
  expect(status).toBe('UPDATE_COMPLETE');
  expect(outputs.Status).toBe('Stopped');
});
