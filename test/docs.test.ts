import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { App, type AppProps, CfnOutput, Duration, FileSystem, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { outputOf } from './child-process';
import { requestsIn, roundTripOf } from './cli/round-trip';
import { type Block, blocksOf, DOCUMENTS, GUIDES, run, textOf } from './fixtures/docs';
import { ENVIRONMENT, Given } from './fixtures/docs-given';
import { QUICK_OPTIMIZATION, QUICK_PROCESSING, QUICK_TRAINING, QUICK_TRANSFORM } from './fixtures/quick-jobs';
import { EXAMPLE_STACKS } from './security/stacks';
import { pollDelay } from '../lambda/waits';
import { LocalCloud, type LocalCloudOptions } from '../local/cloud';
import { BuiltInAlgorithm, ContainerImage, InputChannel, S3Location, TrainingJob, type TrainingJobProps } from '../src';
import { GIVEN_RESOURCES } from './fixtures/given-resources';
import { CREATE } from '../src/validation/model.generated';
import type { RequestKind } from '../src/validation/shape-constraints';

// CDK validates the templates here, which the other tests leave out: its engine takes seconds to start in a process.
process.env.CDK_VALIDATION = 'true';

const ROOT = join(__dirname, '..');

const blocks = DOCUMENTS.flatMap(blocksOf);
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));
const examples = GUIDES.flatMap(blocksOf).filter(({ language }) => language === 'ts');
/** Examples with several stacks, of which one reads the model of another one. */
const TWO_STACKS = 'docs/two-stacks.md';
const isOfTwoStacks = ({ place }: Block) => place.startsWith(TWO_STACKS);

/** An example runs in a directory that holds the files which its document shows, each in a block with its name. */
const cwd = process.cwd();
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'docs-'));
  process.chdir(directory);
});
afterEach(() => {
  process.chdir(cwd);
  rmSync(directory, { recursive: true });
});

function writeFilesOf(document: string): void {
  for (const { info: { file }, text } of blocksOf(document)) {
    if (file === undefined) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Runs an example and returns the apps that are there then, with what it was given. */
function play(example: Block): { readonly apps: readonly App[]; readonly given: Given } {
  const apps: App[] = [];
  class RecordedApp extends App {
    constructor(props?: AppProps) {
      super({ ...props, outdir: join(directory, `cdk.out-${apps.length}`) });
      apps.push(this);
    }
  }
  writeFilesOf(example.place.split(':')[0]);
  const given = new Given(new RecordedApp());
  const ours: { readonly [module: string]: unknown } = {
    'aws-cdk-lib': Object.create(jest.requireActual('aws-cdk-lib'), { App: { value: RecordedApp } }),
    '@jest/globals': { expect: given.expect },
  };
  run(example, given, (module) => ours[module] ?? jest.requireActual(module));
  return { apps, given };
}

/** The role that the example of an existing role imports. */
const EXISTING_ROLE = `arn:aws:iam::${ENVIRONMENT.account}:role/service-role/AmazonSageMaker-ExecutionRole-20260101T000000`;

/** The jobs of the local cloud, as a module of the document configures them. */
function behaviorOf(example: Block): LocalCloudOptions['behavior'] {
  const module = blocksOf(example.place.split(':')[0]).find(({ info }) => info.file === 'behavior.mjs');
  const { behavior } = (module ? run(module, {}, jest.requireActual) : {}) as LocalCloudOptions;
  return (request) => ({ ...QUICK_TRAINING, ...behavior?.(request) });
}

/** The stack `ThereBefore`, with what the examples find in the account. */
let thereBefore: CloudAssembly;
beforeAll(() => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'there-before-')) });
  new StringParameter(new Stack(app, 'ThereBefore'), 'DataVersion', { parameterName: '/churn/data-version', stringValue: '1' });
  thereBefore = app.synth();
});
afterAll(() => rmSync(thereBefore.directory, { recursive: true }));

/** Errors and warnings of an assembly. */
const complaints = (assembly: CloudAssembly) => assembly.stacks.flatMap(({ messages }) => messages.map(({ entry, id }) => `${id}: ${entry.data}`));

/** The stacks that an example makes. */
function synthesize(example: Block): { readonly assembly: CloudAssembly; readonly stackName: string }[] {
  return play(example).apps.flatMap((app) => {
    const assembly = app.synth();
    expect(complaints(assembly)).toEqual([]);
    return assembly.stacks.filter(({ template }) => template.Resources).map(({ stackName }) => ({ assembly, stackName }));
  });
}

test.each(examples)('$place: `sagemaker-jobs import` writes constructs that render the requests of the example', (example) => {
  // The templates are not deployed.
  process.env.CDK_VALIDATION = 'false';
  const templates = synthesize(example).map(({ assembly, stackName }) => assembly.getStackByName(stackName).template);
  const trips = (Object.keys(CREATE) as RequestKind[]).flatMap((kind) => templates
    .flatMap((template) => requestsIn(template, kind))
    .map((request) => roundTripOf(kind, request)));
  process.env.CDK_VALIDATION = 'true';
  expect(trips).toEqual(trips.map(() => ({ source: expect.not.stringContaining('Not contained'), differences: [] })));
});

test.each(examples.filter((example) => !isOfTwoStacks(example)))('$place: the example synthesizes without a word of complaint, is deployed and goes', async (example) => {
  const stacks = synthesize(example);
  expect(stacks).not.toEqual([]);

  const cloud = await LocalCloud.start({
    given: GIVEN_RESOURCES,
    ...ENVIRONMENT,
    roles: [{ roleArn: EXISTING_ROLE }],
    behavior: behaviorOf(example),
    processing: () => ({ ...QUICK_PROCESSING, exitMessage: '{"rows": 1000}' }),
    transform: () => QUICK_TRANSFORM,
    optimization: () => QUICK_OPTIMIZATION,
  });
  try {
    await cloud.deploy(thereBefore, 'ThereBefore');
    for (const { assembly, stackName } of stacks) {
      const { events, status } = await cloud.deploy(assembly, stackName);
      expect({ status, failed: events.filter(({ resourceStatus }) => resourceStatus.endsWith('_FAILED')) }).toEqual({ status: 'CREATE_COMPLETE', failed: [] });
      expect((await cloud.destroy(stackName))?.status).toBe('DELETE_COMPLETE');
    }
    expect(cloud.sagemaker.running()).toEqual([]);
  } finally {
    await cloud.stop();
  }
});

test.each(examples.filter(isOfTwoStacks))('$place: the second stack has the new model after a change of the first one', async (example) => {
  const cloud = await LocalCloud.start({ given: GIVEN_RESOURCES, ...ENVIRONMENT, behavior: () => QUICK_TRAINING });
  try {
    for (const rounds of ['100', '200', '300']) {
      const changed = { ...example, text: example.text.replace("num_round: '100'", `num_round: '${rounds}'`) };
      const stacks = synthesize(changed).sort(({ stackName: one }, { stackName: other }) => (one > other ? -1 : 1));
      expect(stacks.map(({ stackName }) => stackName)).toEqual(['Training', 'Serving']);
      for (const { assembly, stackName } of stacks) {
        const { account, region } = assembly.getStackByName(stackName).environment;
        const roleArn = `arn:aws:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-${region}`;
        const { status } = await cloud.deploy(assembly, stackName, { roleArn });
        expect(status).toBe(rounds === '100' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
        if (stackName !== 'Serving') continue;
        const { resources } = cloud.in({ account, region }).cloudFormation.describe(stackName);
        const values = Object.values(resources).filter(({ logicalId }) => logicalId.startsWith('Model')).map(({ properties }) => JSON.stringify(properties));
        const trained = cloud.endpoint.calls.filter(({ operation }) => operation === 'CreateTrainingJob').map(({ input }) => String(input.TrainingJobName));
        expect(trained).toHaveLength(Number(rounds) / 100);
        expect(values).toEqual([expect.stringContaining(`/${trained.at(-1)}/output/model.tar.gz`)]);
      }
    }
  } finally {
    await cloud.stop();
  }
});

test.each(Object.entries(EXAMPLE_STACKS))('the example app %s synthesizes without a word of complaint', (_name, makeStack) => {
  const app = new App({ outdir: join(directory, 'cdk.out') });
  makeStack(app);
  expect(complaints(app.synth())).toEqual([]);
});

test('the recipe of snapshot tests masks what a release of the handler changes, and is the same at every time', () => {
  const recipe = examples.find(({ text }) => text.includes('toMatchSnapshot'))!;
  const [snapshot] = play(recipe).given.snapshots;

  expect(snapshot).toContain('Custom::SageMakerTrainingJob');
  expect(snapshot).not.toMatch(/[0-9a-f]{64}/);
  expect(play(recipe).given.snapshots).toEqual([snapshot]);
});

test('the hash of the function is one of what the bundle holds, wherever it is', () => {
  const elsewhere = join(directory, 'handler');
  cpSync(join(ROOT, 'assets', 'handler'), elsewhere, { recursive: true });
  const hash = FileSystem.fingerprint(elsewhere);
  writeFileSync(join(elsewhere, 'index.js'), '// another handler');

  const { given } = play(examples.find(({ text }) => text.includes('hasResourceProperties'))!);
  const [{ Properties }] = Object.values(Template.fromStack(given.churn).findResources('AWS::Lambda::Function'));
  expect(Properties.Code.S3Key).toBe(`${hash}.zip`);
  expect(FileSystem.fingerprint(elsewhere)).not.toBe(hash);
});

test.each(inLanguage('js'))('$place: the script is JavaScript', ({ text }) => {
  writeFileSync('script.mjs', text);
  expect(outputOf(process.execPath, ['--check', 'script.mjs'])).toBe('');
});

const tasks = Object.keys(JSON.parse(readFileSync(join(ROOT, '.projen/tasks.json'), 'utf8')).tasks);

test.each(inLanguage('shell'))('$place: the tasks that it names are there', ({ text }) => {
  const named = [...text.matchAll(/npx projen ([a-z:]+)/g)].map(([, task]) => task);
  expect(tasks).toEqual(expect.arrayContaining(named));
});

test('the README has the commands of a fresh clone, with the address of the repository', () => {
  const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [first] = blocksOf('README.md').filter(({ language }) => language === 'shell');
  expect(first.text).toBe(`git clone ${repository.url}\ncd cdk-sagemaker-jobs\nnpm ci && npx projen demo\n`);
  expect(textOf('README.md')).toContain('`npm ci && npx projen test`');
});

test('the README has the name of the package in every language', () => {
  const { name, jsii: { targets: { python, java, dotnet, go } } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const commands = [
    `npm install ${name} aws-cdk-lib constructs`,
    `pip install ${python.distName}`,
    `${java.maven.groupId}:${java.maven.artifactId}`,
    `dotnet add package ${dotnet.packageId}`,
    `go get ${go.moduleName}/${name.replaceAll('-', '')}`,
  ];
  expect(commands.filter((command) => !textOf('README.md').includes(`| \`${command}\` |`))).toEqual([]);
});

describe('the messages of rejected requests in the README', () => {
  const rows = [...textOf('README.md').split('## Errors that synthesis finds')[1].split('\n## ')[0].matchAll(/^\| .* \| `+([^|]*?)`+ \|$/gm)].map(([, message]) => message);
  const xgboost = (version: string) => ContainerImage.fromBuiltInAlgorithm(BuiltInAlgorithm.XGBOOST, { version });
  const job = (props: Partial<TrainingJobProps>) => () => {
    const app = new App({ outdir: join(directory, 'cdk.out') });
    const stack = new Stack(app, 'Churn', { env: ENVIRONMENT });
    const training = new TrainingJob(stack, 'Training', {
      trainingImage: xgboost('1.7-1'),
      hyperParameters: { objective: 'binary:logistic', num_round: '20' },
      inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://churn/train/'), { contentType: 'text/csv' })],
      outputLocation: S3Location.fromUri('s3://churn/models/'),
      ...props,
    });
    if (props.waitForCompletion === false) new CfnOutput(stack, 'Model', { value: training.s3ModelArtifacts });
    app.synth();
  };
  const requests: { readonly [subject: string]: () => void } = {
    'a version': job({ trainingImage: xgboost('1.71') }),
    'a hyperparameter': job({ hyperParameters: { objective: 'binary:logistic' } }),
    'a limit': job({ enableManagedSpotTraining: true, maxRuntime: Duration.hours(2), maxWaitTime: Duration.hours(1) }),
    'a secret': job({ environment: { KEY: 'AKIAIOSFODNN7EXAMPLE' } }),
    'a value': job({ waitForCompletion: false }),
  };

  test('there is a request for each of them', () => {
    expect(Object.keys(requests)).toHaveLength(rows.length);
  });

  test.each(Object.entries(requests))('%s is rejected with one of them', (_subject, request) => {
    const matching = rows.filter((row) => {
      try {
        request();
      } catch (error) {
        const { message } = error as Error;
        return message.includes(`Churn/Training${message.includes('[Churn') ? '] ' : ': '}${row.replace(/…$/, '')}`);
      }
      return false;
    });
    expect(matching).toHaveLength(1);
  });
});

test.each(DOCUMENTS)('%s links to files and headings that are there', (document) => {
  const broken = [...textOf(document).replace(/^```[\s\S]*?^```$|`[^`\n]*`/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^(https?|mailto):/.test(link))
    .filter((link) => {
      const [path, heading] = link.split('#');
      const target = path === '' ? document : normalize(join(dirname(document), path));
      return !existsSync(join(ROOT, target)) || (heading !== undefined && !anchorsOf(target).includes(heading));
    });
  expect(broken).toEqual([]);
});

/** The anchors that GitHub gives to the headings of a document. */
function anchorsOf(document: string): string[] {
  return [...textOf(document).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-'));
}

test('every how-to is in the index', () => {
  const index = textOf('docs/README.md');
  const missing = DOCUMENTS.filter((document) => document.startsWith('docs/') && document !== 'docs/README.md')
    .filter((document) => !index.includes(`](${document.slice('docs/'.length)})`));
  expect(missing).toEqual([]);
});

test('the page about costs says how often a training job is polled', () => {
  const looks = (hours: number) => {
    const end = 3 * 60 + hours * 3600;
    let count = 0;
    for (let second = 0; second < end + 60; count++) second += pollDelay((second < end ? second : second - end) * 1000, second >= end);
    return count;
  };
  const [, first, further] = /about (\d+) times for a job that trains for an hour, and (\d+) times for each further hour/.exec(textOf('docs/costs.md'))!;

  expect(Math.abs(looks(1) - Number(first))).toBeLessThan(5);
  expect(looks(10) - looks(9)).toBe(Number(further));
});
