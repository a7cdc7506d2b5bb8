import { readFileSync } from 'node:fs';
import { CfnOutput, RemovalPolicy, Size } from 'aws-cdk-lib';
import { type Contents, eventsOf, World } from './world';
import { NotebookStack } from '../../examples/notebook/stack';
import type { ScriptRun } from '../../local/sagemaker/notebook/machine';
import {
  NotebookInstanceLifecycleScript,
  NotebookInstance,
  NotebookInstanceDesiredState,
  NotebookInstanceLifecycleConfig,
  type NotebookInstanceProps,
  MlInstanceType,
  NotebookInstanceIpAddressType,
  NotebookInstancePlatformIdentifier,
  TrainingJob,
} from '../../src';
import { LEAST } from '../fixtures/training-jobs';
import { testWithScripts } from '../with-scripts';

let world: World;
beforeEach(async () => { world = await World.start(); });
afterEach(() => world.stop());

type Props = Partial<NotebookInstanceProps>;
const notebook = (props: Props = {}, outputs: (notebook: NotebookInstance) => { [key: string]: string } = () => ({})): Contents => (stack) => {
  const instance = new NotebookInstance(stack, 'Notebook', { instanceType: MlInstanceType.ML_T3_MEDIUM, notebookInstanceName: 'lab', ...props });
  for (const [key, value] of Object.entries(outputs(instance))) new CfnOutput(stack, key, { value });
};
const machine = () => world.cloud.sagemaker.notebooks.get('lab').machine;
const described = () => world.call('DescribeNotebookInstance', { NotebookInstanceName: 'lab' });

test('a notebook instance is created, and its URL is an output', async () => {
  const { status, outputs } = await world.deploy(notebook({}, ({ notebookInstanceUrl }) => ({ Url: notebookInstanceUrl })));

  expect(status).toBe('CREATE_COMPLETE');
  expect(await described()).toMatchObject({ NotebookInstanceStatus: 'InService', Url: outputs.Url });
});

test('another type stops the instance, changes it and starts it again', async () => {
  await world.deploy(notebook());
  const { status } = await world.deploy(notebook({ instanceType: MlInstanceType.ML_M5_XLARGE }));

  expect(status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({ InstanceType: 'ml.m5.xlarge', NotebookInstanceStatus: 'InService' });
});

test('a stopped instance stays stopped when its type changes, and when the stack that retains it is deleted', async () => {
  const stopped = { desiredState: NotebookInstanceDesiredState.STOPPED, removalPolicy: RemovalPolicy.RETAIN };
  await world.deploy(notebook(stopped));
  await world.deploy(notebook({ ...stopped, instanceType: MlInstanceType.ML_M5_XLARGE }));
  expect(await described()).toMatchObject({ InstanceType: 'ml.m5.xlarge', NotebookInstanceStatus: 'Stopped' });

  const result = await world.destroy();
  expect(result!.status).toBe('DELETE_COMPLETE');
  expect(eventsOf(result, 'Notebook')).toContain('DELETE_SKIPPED');
  expect(await described()).toMatchObject({ NotebookInstanceStatus: 'Stopped' });
});

test('a volume grows, and an update that would shrink it is refused and rolled back', async () => {
  await world.deploy(notebook({ volumeSize: Size.gibibytes(20) }));
  expect((await world.deploy(notebook({ volumeSize: Size.gibibytes(50) }))).status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({ VolumeSizeInGB: 50 });

  const result = await world.deploy(notebook({ volumeSize: Size.gibibytes(10) }));
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await described()).toMatchObject({ VolumeSizeInGB: 50 });
});

test('a volume that has grown makes a rollback fail, because it would have to shrink', async () => {
  const broken: Contents = (stack) => {
    new NotebookInstance(stack, 'Broken', {
      instanceType: MlInstanceType.ML_T3_MEDIUM,
      lifecycleConfig: NotebookInstanceLifecycleConfig.fromNotebookInstanceLifecycleConfigName(stack, 'Missing', 'missing'),
    }).node.addDependency(stack.node.findChild('Notebook'));
  };
  await world.deploy(notebook({ volumeSize: Size.gibibytes(20) }));
  const result = await world.deploy((stack) => {
    notebook({ volumeSize: Size.gibibytes(50) })(stack);
    broken(stack);
  });

  expect(result.status).toBe('UPDATE_ROLLBACK_FAILED');
  expect(eventsOf(result, 'Notebook').filter((event) => event.startsWith('UPDATE_FAILED'))).toEqual([expect.stringMatching(/can only grow/)]);
  expect(await described()).toMatchObject({ VolumeSizeInGB: 50 });
});

testWithScripts('scripts are attached, and run at the start that follows; then they are detached', async () => {
  const file = '/home/ec2-user/SageMaker/started';
  const read = () => readFileSync(machine().path(file), 'utf8');
  await world.deploy(notebook());
  await world.deploy(notebook({ onStart: [NotebookInstanceLifecycleScript.fromInline(`echo started >> ${file}`)] }));
  expect(await described()).toMatchObject({ NotebookInstanceLifecycleConfigName: expect.any(String), NotebookInstanceStatus: 'InService' });
  expect(read()).toBe('started\n');

  await world.deploy(notebook());
  const { NotebookInstanceLifecycleConfigName: config, NotebookInstanceStatus: status } = await described();
  expect({ config, status, text: read() }).toEqual({ config: undefined, status: 'InService', text: 'started\n' });
});

test('an instance is stopped and started as the stack wants it', async () => {
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.STOPPED }));
  expect((await described()).NotebookInstanceStatus).toBe('Stopped');
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.IN_SERVICE }));
  expect((await described()).NotebookInstanceStatus).toBe('InService');
});

test('the platform of an adopted instance is changed in place, before SageMaker rejects its start', async () => {
  await world.deploy(notebook({ useServiceDefaults: true }));
  const before = await described();
  await world.call('StopNotebookInstance', { NotebookInstanceName: 'lab' });
  await world.cloud.clock.advance(300_000);
  await world.call('UpdateNotebookInstance', { NotebookInstanceName: 'lab', PlatformIdentifier: 'notebook-al2-v3' });
  await world.cloud.clock.advance(Date.UTC(2026, 6, 2) - world.cloud.clock.now());
  await expect(world.call('StartNotebookInstance', { NotebookInstanceName: 'lab' })).rejects.toThrow('no longer supported');

  const result = await world.deploy(notebook({
    useServiceDefaults: true,
    platformIdentifier: NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1,
    desiredState: NotebookInstanceDesiredState.IN_SERVICE,
  }));
  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({
    PlatformIdentifier: 'notebook-al2023-v1', NotebookInstanceStatus: 'InService', CreationTime: before.CreationTime,
  });
});

test('the type of addresses is changed, and stays when the stack says nothing of it any more', async () => {
  const dual = { ipAddressType: NotebookInstanceIpAddressType.DUALSTACK };
  const url = ({ notebookInstanceUrl: value }: NotebookInstance) => ({ Url: value });
  expect((await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.IN_SERVICE, ...dual }))).status).toBe('CREATE_COMPLETE');
  expect(await described()).toMatchObject({ IpAddressType: 'dualstack', NotebookInstanceStatus: 'InService' });

  expect((await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.IN_SERVICE }))).status).toBe('UPDATE_COMPLETE');
  expect((await world.deploy(notebook(dual))).status).toBe('UPDATE_COMPLETE');
  expect((await world.deploy(notebook({}, url))).status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({ IpAddressType: 'dualstack', NotebookInstanceStatus: 'InService' });
});

test('an instance uses what a job has made, and its state is held', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 60 });
  const { status } = await world.deploy((stack) => {
    const { s3ModelArtifacts } = new TrainingJob(stack, 'Training', LEAST);
    notebook({ desiredState: NotebookInstanceDesiredState.STOPPED, onStart: [NotebookInstanceLifecycleScript.fromInline(`echo ${s3ModelArtifacts}`)] })(stack);
  });

  expect(status).toBe('CREATE_COMPLETE');
  expect((await described()).NotebookInstanceStatus).toBe('Stopped');
});

test('a state that is held from now on does not make another instance', async () => {
  await world.deploy(notebook());
  const { CreationTime } = await described();
  const result = await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.STOPPED }));

  expect(result.status).toBe('UPDATE_COMPLETE');
  expect(await described()).toMatchObject({ CreationTime, NotebookInstanceStatus: 'Stopped' });
});

test('an instance that somebody else has deleted is said to be gone', async () => {
  await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.STOPPED }));
  await world.call('DeleteNotebookInstance', { NotebookInstanceName: 'lab' });
  await world.cloud.clock.advance(600_000);
  const result = await world.deploy(notebook({ desiredState: NotebookInstanceDesiredState.IN_SERVICE }));

  expect(eventsOf(result, 'NotebookState').find((event) => event.startsWith('UPDATE_FAILED'))).toMatch(/'lab' does not exist: another principal deleted it/);
});

testWithScripts('a script that fails is told in the stack event', async () => {
  const runs: ScriptRun[] = [];
  // The rollback deletes the instance, and its machine.
  world.cloud.sagemaker.on('transition', ({ status }) => { if (status === 'Failed') runs.push(...machine().runs); });
  const result = await world.deploy(notebook({ onStart: [NotebookInstanceLifecycleScript.fromInline('exit 3', { name: 'broken' })] }));

  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(eventsOf(result, 'Notebook').find((event) => event.startsWith('CREATE_FAILED'))).toMatch(/Lifecycle Config '.*' .*failed/);
  expect(runs).toEqual([expect.objectContaining({ hook: 'OnStart', exitCode: 3 })]);
  expect(runs[0].output).toMatch(/'broken', failed with exit status 3 /);
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
