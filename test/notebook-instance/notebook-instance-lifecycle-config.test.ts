import { createHash } from 'crypto';
import * as path from 'path';
import { Aws, Duration, Fn } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { NotebookInstanceLifecycleScript } from '../../src/notebook-instance/lifecycle-script';
import { NotebookInstanceLifecycleConfig } from '../../src/notebook-instance/notebook-instance-lifecycle-config';
import { newNotebook, newStack, propertiesOf, TYPE, violationsOf } from '../fixtures/notebooks';

const SCRIPT = path.join(__dirname, '..', '..', 'scripts', 'idle-stop.sh');

/** The text of a hook, with the names of what is not known before the deployment. */
function hook(properties: any, name: 'OnCreate' | 'OnStart'): string {
  expect(properties[name]).toHaveLength(1);
  const text = properties[name][0].Content['Fn::Base64'];
  return typeof text === 'string' ? text : text['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : Object.values(part)[0])).join('');
}

test('the scripts of a hook become one, in order', () => {
  const stack = newStack();
  const config = new NotebookInstanceLifecycleConfig(stack, 'Config', {
    onCreate: [NotebookInstanceLifecycleScript.fromInline('echo a', { name: 'a' })],
    onStart: [NotebookInstanceLifecycleScript.fromInline('echo b', { name: 'b' }), NotebookInstanceLifecycleScript.fromFile(SCRIPT)],
  });
  config.addOnStart(NotebookInstanceLifecycleScript.fromInline('echo d', { name: 'd' }).inBackground());

  const properties = propertiesOf(stack, TYPE.lifecycleConfig);
  expect(hook(properties, 'OnCreate')).toMatch(/\nrun_script on-create 1 1 a foreground <<'END'\necho a\nEND\n$/);
  expect(hook(properties, 'OnStart').match(/^run_script .*/gm)).toEqual([
    "run_script on-start 1 3 b foreground <<'END'",
    "run_script on-start 2 3 idle-stop.sh foreground <<'END'",
    "run_script on-start 3 3 d background <<'END'",
  ]);
});

test('a hook without scripts is not there', () => {
  const stack = newStack();
  new NotebookInstanceLifecycleConfig(stack, 'Config', { notebookInstanceLifecycleConfigName: 'mine' });
  expect(propertiesOf(stack, TYPE.lifecycleConfig)).toEqual({ NotebookInstanceLifecycleConfigName: 'mine' });
});

test('a script of an asset is fetched and run, and the instance may read it', () => {
  const stack = newStack();
  newNotebook(stack, { onStart: [NotebookInstanceLifecycleScript.fromAsset(SCRIPT, { name: 'large' })] });
  const text = hook(propertiesOf(stack, TYPE.lifecycleConfig), 'OnStart');
  expect(text).toMatch(/aws s3 cp --only-show-errors --region AWS::Region 's3:\/\/cdk-hnb659fds-assets-.*\.sh' script\n/);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: 's3:GetObject' })]),
    },
  });
});

test('an asset that is a directory needs to know which script it is', () => {
  const stack = newStack();
  const config = new NotebookInstanceLifecycleConfig(stack, 'Config');
  const directory = path.dirname(SCRIPT);
  config.addOnStart(NotebookInstanceLifecycleScript.fromAsset(directory, { entryPoint: 'idle-stop.sh' }));
  const text = hook(propertiesOf(stack, TYPE.lifecycleConfig), 'OnStart');
  expect(text).toContain("unzip -q script -d files\ncd files\nchmod 700 'idle-stop.sh'\nexec ./'idle-stop.sh'\n");
});

test('the options of an asset apply to the asset of a script', () => {
  const stack = newStack();
  const script = NotebookInstanceLifecycleScript.fromAsset(path.dirname(SCRIPT), { entryPoint: 'idle-stop.sh', assetHash: 'release-7', exclude: ['*.md'] });
  const own = NotebookInstanceLifecycleScript.fromAsset(path.dirname(SCRIPT), { entryPoint: 'idle-stop.sh', name: 'own' });
  new NotebookInstanceLifecycleConfig(stack, 'Config', { onCreate: [script], onStart: [script, own] });
  const config = propertiesOf(stack, TYPE.lifecycleConfig);
  const keysOf = (property: 'OnCreate' | 'OnStart') => hook(config, property).match(/(?<=assets-[^/]*\/)\w+(?=\.zip)/g);
  const hash = createHash('sha256').update('release-7').digest('hex');
  expect(keysOf('OnCreate')).toEqual([hash]);
  expect(keysOf('OnStart')).toEqual([hash, expect.not.stringContaining(hash)]);
});

test('a script in a bucket is read by every instance that uses the configuration, also when it is added later', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'scripts');
  const config = new NotebookInstanceLifecycleConfig(stack, 'Config');
  newNotebook(stack, { lifecycleConfig: config });
  config.addOnCreate(NotebookInstanceLifecycleScript.fromBucket(bucket, 'setup/install.sh'));
  expect(hook(propertiesOf(stack, TYPE.lifecycleConfig), 'OnCreate')).toContain("'s3://scripts/setup/install.sh'");
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toContain('scripts/setup/install.sh');
});

test('idle stop composes with other scripts, and allows the instance to stop itself only', () => {
  const stack = newStack();
  const config = new NotebookInstanceLifecycleConfig(stack, 'Config', {
    onStart: [NotebookInstanceLifecycleScript.idleStop({ after: Duration.minutes(30) }), NotebookInstanceLifecycleScript.fromInline('echo hi')],
  });
  newNotebook(stack, { lifecycleConfig: config });
  expect(hook(propertiesOf(stack, TYPE.lifecycleConfig), 'OnStart').match(/^run_script .*/gm)).toEqual([
    "run_script on-start 1 2 idle-stop foreground <<'END_'",
    "run_script on-start 2 2 script foreground <<'END'",
  ]);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{ Action: 'sagemaker:StopNotebookInstance', Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('^Notebook') } }],
    },
  });
});

test('idle stop leaves two fifths of the space to other scripts', () => {
  const stack = newStack();
  new NotebookInstanceLifecycleConfig(stack, 'Config', { onStart: [NotebookInstanceLifecycleScript.idleStop({ after: Duration.minutes(30) })] });
  expect(Buffer.from(hook(propertiesOf(stack, TYPE.lifecycleConfig), 'OnStart')).toString('base64').length).toBeLessThan(16384 * 3 / 5);
});

test('faults in the options of scripts are reported together with all others', () => {
  const stack = newStack();
  const directory = path.dirname(SCRIPT);
  new NotebookInstanceLifecycleConfig(stack, 'Config', {
    notebookInstanceLifecycleConfigName: 'a b',
    onStart: [NotebookInstanceLifecycleScript.idleStop({ after: Duration.seconds(59) }), NotebookInstanceLifecycleScript.fromAsset(directory)],
  });
  expect(violationsOf(stack)).toEqual([
    expect.stringMatching(/^entryPoint: must be specified for a directory or a zip file only; got undefined for \//),
    'idleStop.after: must be at least 1 minute; got 59 seconds',
    expect.stringMatching(/^notebookInstanceLifecycleConfigName: must/),
  ]);
});

test('a hook that is too large is an error, which says how much and what helps', () => {
  const stack = newStack();
  const config = new NotebookInstanceLifecycleConfig(stack, 'Config', {
    onStart: [NotebookInstanceLifecycleScript.fromInline('x'.repeat(13_000), { name: 'big' }), NotebookInstanceLifecycleScript.fromInline(`echo ${Aws.REGION}`)],
  });
  const [message, ...others] = violationsOf(stack);
  expect(others).toEqual([]);
  const [, got] = /^onStart: must have at most 16384 characters in Base64, with tokens .*; got (\d+) characters\. Publish the larger scripts with .*, beginning with 'big'$/.exec(message)!;
  expect(Number(got)).toBeGreaterThan(16384);
  expect(config.node.path).toBe('S/Config');
});

test('what is known at the deployment only counts with the length that it may have', () => {
  const sizeWith = (...parts: string[]) => {
    const stack = newStack();
    new NotebookInstanceLifecycleConfig(stack, 'Config', { onStart: [NotebookInstanceLifecycleScript.fromInline(['x'.repeat(13_000), ...parts].join(''))] });
    return Number(/got (\d+) characters/.exec(violationsOf(stack)[0])![1]);
  };
  const base = sizeWith();
  const added = (...parts: string[]) => Math.round((sizeWith(...parts) - base) * 3 / 4);
  expect(added(Array(30).fill(Aws.REGION).join(''))).toBeCloseTo(30 * 14, -1);
  expect(added(Array(30).fill(Aws.ACCOUNT_ID).join(''))).toBeCloseTo(30 * 12, -1);
  expect(added(Array(30).fill(Fn.sub('ab-${AWS::AccountId}')).join(''))).toBeCloseTo(30 * 15, -1);
  expect(added(Fn.importValue('bucket'))).toBeGreaterThan(60);
});

test('names that a shell or a file system would not take, and those that come twice, are errors', () => {
  const stack = newStack();
  new NotebookInstanceLifecycleConfig(stack, 'Config', {
    notebookInstanceLifecycleConfigName: '-no-',
    onCreate: [NotebookInstanceLifecycleScript.fromInline('a', { name: 'a b; rm' })],
    onStart: [NotebookInstanceLifecycleScript.fromInline('a'), NotebookInstanceLifecycleScript.fromInline('b')],
  });
  expect(violationsOf(stack)).toEqual([
    expect.stringMatching(/^notebookInstanceLifecycleConfigName: .*; got -no-$/),
    expect.stringMatching(/^onCreate: script names must consist of 1 to 40 letters.*; got a b; rm$/),
    expect.stringMatching(/^onStart: script names must be unique within a hook.*; got script$/),
  ]);
});

test('the hash changes with the scripts', () => {
  const hashes = ['echo 1', 'echo 1', 'echo 2'].map((text) => {
    const stack = newStack();
    const config = new NotebookInstanceLifecycleConfig(stack, 'Config', { onStart: [NotebookInstanceLifecycleScript.fromInline(text)] });
    return stack.resolve(config._contentHash);
  });
  expect(hashes[0]).toBe(hashes[1]);
  expect(hashes[2]).not.toBe(hashes[1]);
});

test('the hash of what runs at a start does not change with what runs at the creation', () => {
  const hashes = [['1', '1'], ['2', '1'], ['1', '2']].map(([onCreate, onStart]) => {
    const stack = newStack();
    const config = new NotebookInstanceLifecycleConfig(stack, 'Config', {
      onCreate: [NotebookInstanceLifecycleScript.fromInline(onCreate)], onStart: [NotebookInstanceLifecycleScript.fromInline(onStart)],
    });
    return stack.resolve(config._onStartHash);
  });
  expect(hashes[1]).toBe(hashes[0]);
  expect(hashes[2]).not.toBe(hashes[0]);
});

test('imports', () => {
  const stack = newStack();
  const byName = NotebookInstanceLifecycleConfig.fromNotebookInstanceLifecycleConfigName(stack, 'Name', 'Shared');
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance-lifecycle-config/shared';
  const byArn = NotebookInstanceLifecycleConfig.fromNotebookInstanceLifecycleConfigArn(stack, 'Arn', arn);
  expect(stack.resolve(byName.notebookInstanceLifecycleConfigArn)['Fn::Join'][1].at(-1)).toBe(':notebook-instance-lifecycle-config/shared');
  expect(byArn.notebookInstanceLifecycleConfigName).toBe('shared');
  expect(byArn.env.region).toBe('eu-west-1');
  newNotebook(stack, { lifecycleConfig: byName });
  expect(propertiesOf(stack, TYPE.notebook).LifecycleConfigName).toBe('Shared');
});

test('a rule matches when the configuration changes', () => {
  const stack = newStack();
  const config = new NotebookInstanceLifecycleConfig(stack, 'Config');
  const rule = config.onStateChange('Changed', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')) });
  expect(rule).toBeInstanceOf(events.Rule);
  expect(propertiesOf(stack, 'AWS::Events::Rule').EventPattern).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Notebook Lifecycle Config State Change'],
    'resources': [{ Ref: expect.stringMatching(/^Config/) }],
  });
});

test('a rule matches when an imported configuration changes', () => {
  const stack = newStack();
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance-lifecycle-config/shared';
  NotebookInstanceLifecycleConfig.fromNotebookInstanceLifecycleConfigArn(stack, 'Config', arn)
    .onStateChange('Changed', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')) });
  expect(propertiesOf(stack, 'AWS::Events::Rule').EventPattern.resources).toEqual([arn]);
});
