import * as cdk from 'aws-cdk-lib';
import { App, CfnOutput, CfnParameter, Duration, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { TrainingJob, type TrainingJobProps } from '../../src';
import { IS_FLOOR } from '../fixtures/cdk-release';
import { LEAST } from '../fixtures/training-jobs';

const env = { region: 'eu-west-1', account: '111122223333' };
const STRENGTH = '@aws-cdk/core:defaultCrossStackReferences';
const RESULT = 'ModelArtifacts.S3ModelArtifacts';
/** `CrossStackReferences` of newer releases. */
const references = (scope: object) => (cdk as any).CrossStackReferences.of(scope);

interface Setup {
  readonly context?: { readonly [key: string]: string };
  readonly props?: Partial<TrainingJobProps>;
  readonly consumer?: { readonly region?: string; readonly account?: string };
  readonly consume?: string;
}

/** A stack with a job, and another one that reads its model. */
function stacks({ consume, consumer, context, props }: Setup = {}) {
  const app = new App({ context });
  const one = new Stack(app, 'One', { env });
  const job = new TrainingJob(one, 'Training', { ...LEAST, ...props });
  const two = new Stack(app, 'Two', { env: { ...env, ...consumer } });
  if (consume) references(two).consume(consume);
  new CfnOutput(two, 'Model', { value: job.s3ModelArtifacts });
  return { job, one, two };
}

/** The value of the output in the template of the consumer. */
const read = (stack: Stack): any => Template.fromStack(stack).toJSON().Outputs.Model.Value;
const outputsOf = (stack: Stack): any[] => Object.values(Template.fromStack(stack).toJSON().Outputs ?? {});
/** The marker and the value. */
const marked = (stack: Stack) => read(stack)['Fn::Join'] as [string, [any]];
const WARNING = (reason: string) => Match.stringLikeRegexp(`Two reads ${RESULT} through a strong reference\\. .* the deployment fails and rolls back after the new job has run\\. .*${reason}`);

(IS_FLOOR ? describe.skip : describe)('with weak references', () => {
  test.each<[string, Setup['consumer']]>([
    ['another stack', {}],
    ['a stack in another region', { region: 'us-east-1' }],
    ['a stack in another account', { account: '444455556666' }],
  ])('%s reads a value by a weak reference, with the identity of the job', (_what, consumer) => {
    const { job, one, two } = stacks({ consumer });
    const [identity, [value]] = marked(two);

    expect(identity).toBe(job.jobIdentity);
    expect(value['Fn::GetStackOutput']).toMatchObject({ StackName: 'One', Region: 'eu-west-1' });
    expect(outputsOf(one)).toEqual([{ Value: { 'Fn::GetAtt': [expect.stringMatching(/^TrainingResult/), RESULT] } }]);
    Annotations.fromStack(one).hasNoWarning('*', Match.stringLikeRegexp('strong reference'));
  });

  test('a value of a job in a nested stack is a weak reference, and the other values of the nested stack are not', () => {
    const { one, two } = stacks();
    const nested = new NestedStack(one, 'Nested');
    const inner = new TrainingJob(nested, 'Inner', LEAST);
    new CfnOutput(two, 'Name', { value: inner.trainingJobName });
    new CfnOutput(two, 'Group', { value: new cdk.aws_logs.LogGroup(nested, 'Group').logGroupArn });

    const { Outputs } = Template.fromStack(two).toJSON();
    expect(Outputs.Name.Value['Fn::Join']).toEqual([inner.jobIdentity, [{ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'One' }) }]]);
    expect(Outputs.Group.Value).toEqual({ 'Fn::ImportValue': expect.any(String) });
  });

  test.each<[string, Partial<TrainingJobProps>, boolean]>([
    ['a hyperparameter', { hyperParameters: { depth: 3 } }, true],
    ['the rerun trigger', { rerunTrigger: 'tuesday' }, true],
    ['the limits', { maxRuntime: Duration.hours(4) }, false],
    ['the acceptance of stopped jobs', { acceptStopped: true }, false],
  ])('whether a change of %s changes the template of the consumer', (_what, props, changes) => {
    const before = read(stacks().two);
    const after = read(stacks({ props }).two);
    expect(JSON.stringify(before) !== JSON.stringify(after)).toBe(changes);
  });

  test('the values have the same output for every number of windows', () => {
    const outputs = [0.5, 1, 4]
      .map((hours) => stacks({ props: { waitTimeout: Duration.hours(hours) } }))
      .map(({ one, two }) => [outputsOf(one), read(two)]);
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
  });

  test('the strength that the app or the construct configures takes precedence', () => {
    const strong = stacks({ context: { [STRENGTH]: 'strong' } });
    expect(read(strong.two)).toEqual({ 'Fn::ImportValue': expect.stringContaining(RESULT.replace('.', '')) });
    Annotations.fromStack(strong.one).hasWarning('/One/Training', WARNING('Use `CrossStackReferences'));

    const weak = stacks({ context: { [STRENGTH]: 'strong' } });
    references(weak.job).produce('weak');
    expect(marked(weak.two)[1][0]).toHaveProperty(['Fn::GetStackOutput']);
    Annotations.fromStack(weak.one).hasNoWarning('*', WARNING(''));

    const produced = stacks({ context: { [STRENGTH]: 'weak' } });
    references(produced.job).produce('strong');
    expect(read(produced.two)).toHaveProperty(['Fn::ImportValue']);

    expect(read(stacks({ consume: 'strong' }).two)).toHaveProperty(['Fn::ImportValue']);

    const both = stacks({ context: { [STRENGTH]: 'both' } });
    expect(marked(both.two)[1][0]).toHaveProperty(['Fn::GetStackOutput']);
    expect(outputsOf(both.one).filter(({ Export }) => Export)).toHaveLength(1);
  });

  test('a reference to another account is weak, whatever is configured', () => {
    const { job, one, two } = stacks({ context: { [STRENGTH]: 'strong' }, consumer: { account: '444455556666' } });
    expect(marked(two)).toEqual([job.jobIdentity, [{ 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'One', RoleArn: expect.anything() }) }]]);
    Annotations.fromStack(one).hasNoWarning('*', WARNING(''));
  });

  test('a stage that was synthesized before cannot provide a value, and the error says so', () => {
    const app = new App();
    const job = new TrainingJob(new Stack(new Stage(app, 'First'), 'One', { env }), 'Training', LEAST);
    new CfnOutput(new Stack(new Stage(app, 'Second'), 'Two', { env: { ...env, account: '444455556666' } }), 'Model', { value: job.s3ModelArtifacts });
    expect(() => app.synth()).toThrow(`Second/Two: cannot read ${RESULT} of First/One/Training, because the template of its stage is complete. `
      + 'Define the stage that reads the value before the stage with the job');
  });
});

test('without weak references, a value is an export, and a warning says what happens when it changes', () => {
  const { consumeReference } = Stack as any;
  try {
    delete (Stack as any).consumeReference;
    const { one, two } = stacks();
    expect(read(two)).toEqual({ 'Fn::ImportValue': expect.stringContaining(RESULT.replace('.', '')) });
    Annotations.fromStack(one).hasWarning('/One/Training', WARNING('Pass the value in a parameter of the Parameter Store'));
  } finally {
    if (consumeReference) (Stack as any).consumeReference = consumeReference;
  }
});

test('the stack of the job and its nested stacks read a value without an output', () => {
  const stack = new Stack(new App(), 'One', { env });
  const job = new TrainingJob(stack, 'Training', { ...LEAST, waitTimeout: Duration.minutes(30) });
  const nested = new NestedStack(stack, 'Nested');
  new CfnOutput(nested, 'Model', { value: job.s3ModelArtifacts });
  const template = Template.fromStack(stack);

  expect(outputsOf(stack)).toEqual([]);
  template.resourceCountIs('Custom::SageMakerJobContinuation', 0);
  template.hasResourceProperties('AWS::CloudFormation::Stack', { Parameters: Match.objectLike({}) });
  template.hasResourceProperties('Custom::SageMakerTrainingJob', { Reads: [RESULT] });
});

test('a job lists the values that the template reads, and not the ones that only the app reads', () => {
  const { job, one, two } = stacks();
  new CfnOutput(one, 'Metric', { value: Fn.sub('${loss}', { loss: job.finalMetric('loss') }) });
  new CfnOutput(two, 'Status', { value: `is ${job.trainingJobStatus}` });
  one.resolve([job.finalMetric('auc'), job.trainingEndTime]);

  const reads = ['FinalMetricDataList.loss', RESULT, 'TrainingJobStatus'];
  const template = Template.fromStack(one);
  template.hasResourceProperties('Custom::SageMakerTrainingJob', { Reads: reads });
  template.hasResourceProperties('Custom::SageMakerJobContinuation', { Reads: reads });
});

test('a fallback can be a parameter, and all readers can specify it', () => {
  const { job, one } = stacks();
  const parameter = new CfnParameter(one, 'Fallback', { type: 'Number' });
  for (const id of ['Auc', 'Again']) new CfnOutput(one, id, { value: job.finalMetric('auc', { fallback: parameter.valueAsNumber }) });
  expect(() => job.finalMetric('auc', { fallback: 1 })).toThrow('must have the same fallback everywhere; got {"Ref":"Fallback"} and 1');
  Template.fromStack(one).hasResourceProperties('Custom::SageMakerTrainingJob', { Fallbacks: { 'FinalMetricDataList.auc': { Ref: 'Fallback' } } });
});

test('a metric has the fallback that all its readers specify', () => {
  const { job, one } = stacks();
  new CfnOutput(one, 'Auc', { value: job.finalMetric('auc', { fallback: 0.5 }) });
  job.finalMetric('unused', { fallback: 1 });
  expect(() => job.finalMetric('auc')).toThrow('One/Training: finalMetric(\'auc\'): must have the same fallback everywhere; got 0.5 and none');
  Template.fromStack(one).hasResourceProperties('Custom::SageMakerTrainingJob', { Fallbacks: { 'FinalMetricDataList.auc': '0.5' } });
});
