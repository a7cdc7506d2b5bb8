import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { NotebookStack } from '../examples/notebook/stack';
import { PipelineStack } from '../examples/pipeline/stack';
import { ChurnStack } from '../examples/training-job/stack';

const env = { region: 'eu-west-1' };

const STACKS: { readonly [name: string]: (app: App) => Stack } = {
  'training-job': (app) => new ChurnStack(app, 'Example', { env, maxDepth: 5 }),
  'pipeline': (app) => new PipelineStack(app, 'Example', { env, dataVersion: '2026-11-01' }),
  'notebook': (app) => new NotebookStack(app, 'Example', { env }),
};

test.each(Object.keys(STACKS))('the example %s synthesizes without a warning on the release of CDK that is tested', (name) => {
  const app = new App();
  const template = Template.fromStack(STACKS[name](app)).toJSON();
  const warnings = app.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data));
  expect(Object.values<{ Type: string }>(template.Resources).some(({ Type }) => Type.startsWith('Custom::SageMaker'))).toBe(true);
  expect(warnings).toEqual([]);
});
