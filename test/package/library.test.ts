import { join } from 'node:path';
import { ROOT } from './packed';
import * as source from '../../src';
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
