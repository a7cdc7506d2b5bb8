import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf, runProcess } from '../child-process';
import { install } from '../npm';
import { pack, ROOT } from '../package/packed';

const { devDependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** An app with a job and a notebook instance: prints its template. */
const APP = `
const { App, Duration, Stack } = require('aws-cdk-lib');
const s3 = require('aws-cdk-lib/aws-s3');
const jobs = require('cdk-sagemaker-jobs');
const stack = new Stack(new App(), 'Churn');
const training = new jobs.TrainingJob(stack, 'Training', {
  trainingImage: jobs.ContainerImage.fromBuiltInAlgorithm(jobs.BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }),
  hyperParameters: { objective: 'binary:logistic', num_round: '20' },
  inputDataConfig: [jobs.InputChannel.fromS3('train', jobs.S3Location.fromUri('s3://churn-data/train/'), { contentType: 'text/csv' })],
  outputLocation: jobs.S3Location.fromUri('s3://churn-data/models/'),
});
const notebook = new jobs.NotebookInstance(stack, 'Notebook', {
  instanceType: jobs.MlInstanceType.ML_T3_MEDIUM,
  onStart: [jobs.NotebookInstanceLifecycleScript.fromInline('echo ready')],
  idleStop: { after: Duration.hours(1) },
});
training.grantRun(notebook);
console.log(JSON.stringify(stack.node.root.synth().getStackByName('Churn').template));
`;

interface Template {
  readonly Resources: { readonly [logicalId: string]: { readonly Type: string; readonly Metadata?: object } };
}

let directory: string;
beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'oldest-cdk-')); });
afterAll(() => rmSync(directory, { recursive: true }));

test('an empty app on the oldest CDK synthesizes a job and a notebook, names the line of an error in debug mode, and on the newest CDK renders the same template but for acknowledgements', async () => {
  const app = join(directory, 'app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{ "private": true }');
  writeFileSync(join(app, 'app.js'), APP);
  const { filename } = pack(directory);

  const synthesized = async (...packages: string[]) => {
    await install(packages, { cwd: app });
    return JSON.parse(outputOf(process.execPath, ['app.js'], { cwd: app, env: { CDK_VALIDATION: 'true' } })) as Template;
  };
  const oldest = await synthesized(join('..', filename), ...Object.entries<string>(peerDependencies).map(([name, range]) => `${name}@${range.replace('^', '')}`));
  writeFileSync(join(app, 'misspelled.js'), APP.replace('num_round', 'num_rounds'));
  const { stderr } = await runProcess(process.execPath, ['misspelled.js'], { cwd: app, env: { CDK_DEBUG: 'true' } });
  expect(stderr).toMatch(new RegExp(`hyperParameters: must include \`num_round\`.* \\(misspelled\\.js:${APP.split('\n').findIndex((line) => line.includes('new jobs.TrainingJob')) + 1}:\\d+\\)`));
  const newest = await synthesized(...Object.keys(peerDependencies).map((name) => `${name}@${devDependencies[name]}`));

  expect(Object.values(oldest.Resources).map(({ Type }) => Type)).toEqual(expect.arrayContaining(['Custom::SageMakerTrainingJob', 'AWS::SageMaker::NotebookInstance']));
  expect(withoutMetadata(oldest)).toEqual(withoutMetadata(newest));
}, 300_000);

/** Acknowledged findings are in the metadata, and an older CDK does not know them. */
function withoutMetadata({ Resources, ...rest }: Template): object {
  return { ...rest, Resources: Object.fromEntries(Object.entries(Resources).map(([id, { Metadata: _, ...resource }]) => [id, resource])) };
}
