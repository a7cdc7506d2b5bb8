import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './packed';
import * as source from '../../src';
import { loadLate } from '../../tools/lazy-index';
import { outputOf } from '../child-process';

const NAMES = Object.keys(source).sort();
const LIBRARY = JSON.stringify(join(ROOT, 'lib', 'index.js'));

/** What a piece of code prints in a process of its own, as JSON. */
function printed(code: string): any {
  return JSON.parse(outputOf(process.execPath, ['-e', `(async () => console.log(JSON.stringify(await (${code})())))()`], { cwd: ROOT }));
}

/** The public part of a class or an enum: its name, its static members, and the members of its instances. */
const shapeOf = (value: any) => ({
  type: typeof value,
  name: value.name,
  statics: Object.getOwnPropertyNames(value).sort(),
  members: Object.getOwnPropertyNames(value.prototype ?? {}).sort(),
});

test('the package exports what its source does', () => {
  const shapes = printed(`() => Object.fromEntries(Object.entries(require(${LIBRARY})).map(([name, value]) => [name, (${shapeOf})(value)]))`);
  expect(shapes).toEqual(Object.fromEntries(Object.entries(source).map(([name, value]) => [name, shapeOf(value)])));
});

test('each of its names can be the first that is used', () => {
  const failed = printed(`() => ${JSON.stringify(NAMES)}.filter((name) => {
    delete require.cache[${LIBRARY}];
    try { return require(${LIBRARY})[name] === undefined; } catch { return true; }
  })`);
  expect(failed).toEqual([]);
});

test('an ES module can import each of its names', () => {
  expect(printed(`async () => Object.keys(await import(${LIBRARY}))`)).toEqual(expect.arrayContaining(NAMES));
});

test('nothing of aws-cdk-lib is loaded before something of the package is used', () => {
  const loaded = (use: string) => printed(`() => { require(${LIBRARY})${use}; return Object.keys(require.cache).filter((file) => file.includes('/aws-cdk-lib/')).length; }`);
  expect(loaded('')).toBe(0);
  expect(loaded('.TrainingJob')).toBeGreaterThan(0);
});

test('an app does not load the rules of kinds of requests that it does not contain, and no task states', () => {
  const modules: string[] = printed(`() => {
    const { App, Stack } = require('aws-cdk-lib');
    const { ContainerImage, S3Location, TrainingJob } = require(${LIBRARY});
    const app = new App();
    new TrainingJob(new Stack(app, 'Stack'), 'Job', {
      trainingImage: ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1'),
      outputLocation: S3Location.fromUri('s3://results/models'),
    });
    app.synth();
    return Object.keys(require.cache).map((file) => require('path').basename(file, '.js'));
  }`);

  const ofOtherKinds = /^(tuning-.*|compilation-.*|neo-support|processing|transform|optimization|notebook)-rules$|^job-task-state$/;
  expect(modules.filter((name) => ofOtherKinds.test(name))).toEqual([]);
  expect(modules).toEqual(expect.arrayContaining(['spot-rules', 'image-rules']));
});

test('the build fails if a module that is loaded late is imported in another form', () => {
  const directory = mkdtempSync(join(tmpdir(), 'late-'));
  writeFileSync(join(directory, 'index.js'), "import { JobTaskState } from './job-task-state';");

  expect(() => loadLate(directory)).toThrow('no file imports job-task-state in the form that is rewritten');
});
