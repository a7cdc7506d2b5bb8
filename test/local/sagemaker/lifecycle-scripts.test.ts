import { readFileSync } from 'node:fs';
import { DeleteNotebookInstanceLifecycleConfigCommand, DescribeNotebookInstanceLifecycleConfigCommand, ListTagsCommand, UpdateNotebookInstanceLifecycleConfigCommand } from '@aws-sdk/client-sagemaker';
import { Notebooks, script } from './notebook-setup';
import { ACCOUNT, Fixture, REGION } from './setup';
import { testWithScripts } from '../../with-scripts';

let cloud: Fixture;
let notebooks: Notebooks;
beforeEach(async () => {
  cloud = await Fixture.start({ lifecycleScriptLimit: 2 });
  notebooks = new Notebooks(cloud);
});
afterEach(async () => cloud.stop());

const arn = (kind: string, name: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${kind}/${name}`;
const machine = (name: string = 'book') => cloud.sagemaker.notebooks.get(name).machine;
const outputs = () => machine().runs.map(({ hook, output }) => `${hook}: ${output.trim()}`);
const runWith = async (OnStart: string, OnCreate?: string) => {
  await notebooks.createConfig('config', { OnStart: script(OnStart), ...OnCreate !== undefined && { OnCreate: script(OnCreate) } });
  await notebooks.inService('book', { LifecycleConfigName: 'config' });
};
const restart = async () => {
  await notebooks.stop('book');
  await cloud.seconds(30);
  await notebooks.start('book');
  await cloud.seconds(120);
};

describe('the scripts of a lifecycle configuration', () => {
  testWithScripts('run when an instance is created, and the one for a start at each start', async () => {
    await runWith('echo start by $(id -un)', '#!/bin/sh\necho create');
    expect(await notebooks.status('book')).toBe('InService');
    expect(outputs()).toEqual(['OnCreate: create', 'OnStart: start by root']);
    await restart();
    expect(outputs()).toEqual(['OnCreate: create', 'OnStart: start by root', 'OnStart: start by root']);
  });

  testWithScripts('keep the volume, and nothing else', async () => {
    await runWith('ls /home/ec2-user /home/ec2-user/SageMaker', 'echo 1 > /home/ec2-user/SageMaker/kept; echo 2 > /home/ec2-user/lost');
    expect(readFileSync(machine().path('/home/ec2-user/lost'), 'utf8')).toBe('2\n');
    await restart();
    expect(machine().runs.at(-1)!.output).toBe('/home/ec2-user:\nSageMaker\n\n/home/ec2-user/SageMaker:\nkept\n');
    expect(readFileSync(machine().path('/home/ec2-user/SageMaker/kept'), 'utf8')).toBe('1\n');
  });

  testWithScripts('write to no directory of this machine', async () => {
    await runWith('for d in etc usr/local/bin var/log run opt tmp root; do mkdir -p /$d && echo it > /$d/notebook-was-here || exit; done; ls /tmp');
    expect(await notebooks.status('book')).toBe('InService');
    for (const directory of ['etc', 'usr/local/bin', 'var/log', 'run', 'opt', 'tmp', 'root']) {
      expect(() => readFileSync(`/${directory}/notebook-was-here`)).toThrow('ENOENT');
      expect(readFileSync(machine().path(`/${directory}/notebook-was-here`), 'utf8')).toBe('it\n');
    }
  });

  testWithScripts('find the commands of an instance, which note that they were called', async () => {
    await runWith('systemctl restart thing\nsudo -u ec2-user -i <<EOF\nNAME=x\necho "by \\$NAME"\nconda install it\nEOF\nsudo -E A=1 chown ec2-user /tmp');
    expect(outputs()).toEqual(['OnStart: by x']);
    expect(machine().commands).toEqual(['systemctl restart thing', 'conda install it', 'chown ec2-user /tmp']);
  });

  testWithScripts('leave what they do in the background running until the instance stops', async () => {
    await runWith('date > /tmp/alive; (while true; do date > /tmp/alive; sleep 0.1; done) &');
    expect(await notebooks.status('book')).toBe('InService');
    const written = async () => {
      const before = readFileSync(machine().path('/tmp/alive'), 'utf8');
      await new Promise((resolve) => setTimeout(resolve, 1200));
      return readFileSync(machine().path('/tmp/alive'), 'utf8') !== before;
    };
    expect(await written()).toBe(true);
    await notebooks.stop('book');
    await cloud.seconds(30);
    expect(await written()).toBe(false);
  });

  testWithScripts('that fail keep the instance from starting, and the reason names the configuration', async () => {
    await runWith('echo start', 'echo broken >&2; exit 3');
    expect(await notebooks.describe('book')).toMatchObject({
      NotebookInstanceStatus: 'Failed',
      FailureReason: `Notebook Instance Lifecycle Config '${arn('notebook-instance-lifecycle-config', 'config')}' for Notebook Instance `
        + `'${arn('notebook-instance', 'book')}' failed. Please check your CloudWatch logs for more details if your Notebook Instance has Internet access.`,
    });
    expect(machine().runs).toEqual([{ hook: 'OnCreate', output: 'broken\n', exitCode: 3 }]);
  });

  testWithScripts('that take too long are killed', async () => {
    await runWith('sleep 60');
    expect(await notebooks.describe('book')).toMatchObject({ NotebookInstanceStatus: 'Failed', FailureReason: expect.stringContaining('took longer than 5 minutes.') });
    expect(machine().runs).toEqual([{ hook: 'OnStart', output: '' }]);
  });

  testWithScripts('are the ones that the configuration has at the start', async () => {
    await runWith('echo one');
    await cloud.client.send(new UpdateNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName: 'config', OnStart: script('echo two') }));
    expect(outputs()).toEqual(['OnStart: one']);
    await restart();
    expect(outputs()).toEqual(['OnStart: one', 'OnStart: two']);
  });
});

describe('a lifecycle configuration', () => {
  const describeConfig = async (name: string) => cloud.client.send(
    new DescribeNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName: name }));
  const update = async (name: string, hooks: object) => cloud.client.send(
    new UpdateNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName: name, ...hooks }));
  const remove = async (name: string) => cloud.client.send(
    new DeleteNotebookInstanceLifecycleConfigCommand({ NotebookInstanceLifecycleConfigName: name }));

  test('is described with its scripts, changed and deleted', async () => {
    const { NotebookInstanceLifecycleConfigArn: ResourceArn } = await notebooks.createConfig('Config', { OnStart: script('one'), Tags: [{ Key: 'a', Value: 'b' }] });
    expect(ResourceArn).toBe(arn('notebook-instance-lifecycle-config', 'config'));
    await update('config', { OnCreate: script('two') });
    expect(await describeConfig('config')).toMatchObject({
      NotebookInstanceLifecycleConfigName: 'Config', OnStart: script('one'), OnCreate: script('two'), CreationTime: expect.any(Date),
    });
    await update('config', { OnStart: [] });
    expect(await describeConfig('config')).toMatchObject({ OnStart: [], OnCreate: script('two') });
    expect((await cloud.client.send(new ListTagsCommand({ ResourceArn }))).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    await remove('Config');
    await expect(describeConfig('Config')).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Unable to describe Notebook Instance Lifecycle Config '${arn('notebook-instance-lifecycle-config', 'config')}'. `
        + 'Details: Notebook Instance Lifecycle Config does not exist.',
    });
  });

  test.each([['update', async () => update('nothing', {})], ['delete', async () => remove('nothing')]])('that is not there cannot be found: %s', async (verb, operation) => {
    await expect(operation()).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(`Unable to ${verb} Notebook Instance Lifecycle`) });
  });

  test('needs a name of its own', async () => {
    await notebooks.createConfig('config', {});
    await expect(notebooks.createConfig('CONFIG', {})).rejects.toMatchObject({ message: expect.stringContaining('already exists') });
  });

  test('needs scripts in base64, of at most 16384 characters', async () => {
    await expect(notebooks.createConfig('config', { OnStart: [{ Content: 'echo one' }] })).rejects.toMatchObject({ message: expect.stringContaining('base64') });
    await expect(notebooks.createConfig('config', { OnStart: script('x'.repeat(12_289)) })).rejects.toMatchObject({ message: expect.stringContaining('less than or equal to 16384') });
  });
});
