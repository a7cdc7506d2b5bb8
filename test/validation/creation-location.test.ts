import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct, MetadataEntry } from 'constructs';
import { ProcessingJob } from '../../src';
import { locatedMessages } from '../../src/validation/creation-location';
import { IS_FLOOR } from '../fixtures/cdk-release';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';

const at = (...segments: string[]) => join(process.cwd(), ...segments);

/** A construct whose main resource has metadata. */
function constructWith(...metadata: MetadataEntry[]): IConstruct {
  return { node: { metadata: [], defaultChild: { node: { metadata } } } } as unknown as IConstruct;
}

describe('the message of a construct', () => {
  test.each<[string, string, string[]]>([
    ['the innermost frame of the app', 'lib/churn.ts:12:5', [
      '...new TrainingJob in cdk-sagemaker-jobs...', `new Churn (${at('lib', 'churn.ts')}:12:5)`, `<anonymous> (${at('app.ts')}:3:1)`, '...node internals, tsx...',
    ]],
    ['a frame after libraries and Node.js', 'app.ts:3:1', [
      'new CfnResource (/opt/node_modules/aws-cdk-lib/core/lib/cfn-resource.js:1:2)', 'Module._compile (node:internal/modules/cjs/loader:1:2)', `${at('app.ts')}:3:1`,
    ]],
    ['a frame of a module', 'app.mjs:3:1', [`<anonymous> (${pathToFileURL(at('app.mjs'))}:3:1)`]],
    ['a frame of another language', 'app.py:7', ['...jsii runtime...', '(no user code in 10 frames, use --stack-trace-limit to capture more)', `<module> (${at('app.py')}:7)`]],
    ['a frame outside of the directory of the app', '../elsewhere/app.ts:3:1', [`new Churn (${at('..', 'elsewhere', 'app.ts')}:3:1)`]],
  ])('ends with the position of %s', (_frame, position, frames) => {
    const newer = constructWith({ type: 'aws:cdk:logicalId', data: 'Job' }, { type: 'aws:cdk:creationStack', data: frames });
    const older = constructWith({ type: 'aws:cdk:logicalId', data: 'Job', trace: frames });

    expect(locatedMessages(newer, ['one', 'two'])).toEqual([`one (${position})`, `two (${position})`]);
    expect(locatedMessages(older, ['one'])).toEqual([`one (${position})`]);
  });

  test.each<[string, MetadataEntry[]]>([
    ['a release of CDK that records no stack traces', [{ type: 'aws:cdk:logicalId', data: 'Job' }]],
    ['stack traces that are disabled', []],
    ['a construct that a library creates', [{ type: 'aws:cdk:creationStack', data: ['new Job (/opt/node_modules/job/index.js:1:2)', '(no user code in 10 frames, use --stack-trace-limit to capture more)'] }]],
  ])('stays as it is with %s', (_case, metadata) => {
    expect(locatedMessages(constructWith(...metadata), ['one'])).toEqual(['one']);
  });
});

test('the line comes from the metadata of CDK', () => {
  const resource = new CfnResource(new Stack(new App(), 'Stack'), 'Resource', { type: 'Custom::Resource' });

  const [message] = locatedMessages(resource, ['wrong']);
  expect(message).toMatch(IS_FLOOR ? /^wrong$/ : /^wrong \(test\/validation\/creation-location\.test\.ts:\d+:\d+\)$/);
});

test('the line of a task state comes from the role that it creates', () => {
  const state = ProcessingJob.taskState(new Stack(new App(), 'Stack'), 'Run', LEAST_PROCESSING);

  const [message] = locatedMessages(state, ['wrong']);
  expect(message).toMatch(IS_FLOOR ? /^wrong$/ : /^wrong \(test\/validation\/creation-location\.test\.ts:\d+:\d+\)$/);
});
