import { CfnOutput, Size } from 'aws-cdk-lib';
import { type Contents, eventsOf, World } from './world';
import { NotebookStack } from '../../examples/notebook/stack';
import { LifecycleScript, NotebookInstance, NotebookInstanceDesiredState, type NotebookInstanceProps, NotebookInstanceType } from '../../src';
import { testWithScripts } from '../with-scripts';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

type Props = Partial<NotebookInstanceProps>;
const notebook = (props: Props = {}, outputs: (notebook: NotebookInstance) => { [key: string]: string } = () => ({})): Contents => (stack) => {
  const instance = new NotebookInstance(stack, 'Notebook', { instanceType: NotebookInstanceType.ML_T3_MEDIUM, notebookInstanceName: 'lab', ...props });
  for (const [key, value] of Object.entries(outputs(instance))) new CfnOutput(stack, key, { value });
};
const described = () => world.call('DescribeNotebookInstance', { NotebookInstanceName: 'lab' });

test('a notebook instance is created, and its URL is an output', async () => {
  const { status, outputs } = await world.deploy(notebook({}, ({ url }) => ({ Url: url })));

  expect(status).toBe('CREATE_COMPLETE');
  expect(await described()).toMatchObject({ NotebookInstanceStatus: 'InService', Url: outputs.Url });
});

test('another type stops the instance, changes it and starts it again', async () => {
  await world.deploy(notebook());
  const { status } = await world.deploy(notebook({ instanceType: NotebookInstanceType.ML_M5_XLARGE }));

  expect(status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({ InstanceType: 'ml.m5.xlarge', NotebookInstanceStatus: 'InService' });
});

test('a stopped instance stays stopped when its type changes', async () => {
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.STOPPED }));
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.STOPPED, instanceType: NotebookInstanceType.ML_M5_XLARGE }));

  expect(await described()).toMatchObject({ InstanceType: 'ml.m5.xlarge', NotebookInstanceStatus: 'Stopped' });
});

test('a volume grows, and an update that would shrink it is refused and rolled back', async () => {
  await world.deploy(notebook({ volumeSize: Size.gibibytes(20) }));
  expect((await world.deploy(notebook({ volumeSize: Size.gibibytes(50) }))).status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({ VolumeSizeInGB: 50 });

  const result = await world.deploy(notebook({ volumeSize: Size.gibibytes(10) }));
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await described()).toMatchObject({ VolumeSizeInGB: 50 });
});

testWithScripts('scripts are attached and detached', async () => {
  await world.deploy(notebook());
  await world.deploy(notebook({ onStart: [LifecycleScript.fromInline('true')] }));
  expect((await described()).NotebookInstanceLifecycleConfigName).toEqual(expect.any(String));
  await world.deploy(notebook());
  expect((await described()).NotebookInstanceLifecycleConfigName).toBeUndefined();
});

test('an instance is stopped and started as the stack wants it', async () => {
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.STOPPED }));
  expect((await described()).NotebookInstanceStatus).toBe('Stopped');
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.IN_SERVICE }));
  expect((await described()).NotebookInstanceStatus).toBe('InService');
});

testWithScripts('a script that fails is told in the stack event', async () => {
  const result = await world.deploy(notebook({ onStart: [LifecycleScript.fromInline('exit 3', { name: 'broken' })] }));

  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Notebook').find((event) => event.startsWith('CREATE_FAILED'))).toMatch(/lifecycle|LifecycleConfig/i);
});

test('an instance that runs is stopped before it is deleted', async () => {
  await world.deploy(notebook());
  expect((await world.destroy())!.status).toBe('DELETE_COMPLETE');
  await expect(described()).rejects.toThrow(/RecordNotFound/);
});

testWithScripts('the example deploys: a notebook in a VPC that stops when idle and on time, and may run a training job', async () => {
  const { status, outputs } = await world.deployApp((app) => new NotebookStack(app, 'Lab', { env: { region: 'eu-west-1' } }));

  expect(status).toBe('CREATE_COMPLETE');
  expect(outputs.Url).toContain('.notebook.eu-west-1.sagemaker.aws');
  expect((await world.destroy('Lab'))!.status).toBe('DELETE_COMPLETE');
});
