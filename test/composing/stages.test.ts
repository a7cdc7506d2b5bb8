import { App, NestedStack, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { MlInstanceType, NotebookInstance, NotebookInstanceDesiredState } from '../../src';
import { JOB_SCENARIOS } from '../deploy/kinds';

/** The template of a stack, or of its nested stack, with jobs and a notebook instance, in an app or in a stage of it. */
function templateIn(isNested: boolean, stage?: string): object {
  const app = new App();
  const parent = new Stack(stage === undefined ? app : new Stage(app, stage), stage === undefined ? 'Stack' : 'Inner', { stackName: 'Stack' });
  const stack = isNested ? new NestedStack(parent, 'Nested') : parent;
  for (const kind of JOB_SCENARIOS) kind.add(stack, kind.name);
  new NotebookInstance(stack, 'Notebook', {
    instanceType: MlInstanceType.of('ml.t3.medium'),
    desiredState: NotebookInstanceDesiredState.IN_SERVICE,
    schedule: { stop: scheduler.ScheduleExpression.cron({ hour: '20', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }) },
  });
  return Template.fromStack(stack).toJSON();
}

test.each([
  ['a stack', false],
  ['a nested stack', true],
])('%s that moves into a stage keeps its template: no name, property or policy holds a path in the app', (_which, isNested) => {
  expect(templateIn(isNested, 'Production')).toEqual(templateIn(isNested));
});
