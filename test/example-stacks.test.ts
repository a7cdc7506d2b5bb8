import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { NotebookStack } from '../examples/notebook/stack';
import { PipelineStack } from '../examples/pipeline/stack';
import { ChurnStack } from '../examples/training-job/stack';

const STACKS: { readonly [name: string]: new (app: App, id: string, props: { readonly env: { readonly region: string } }) => Stack } = {
  'training-job': ChurnStack, 'pipeline': PipelineStack, 'notebook': NotebookStack,
};

test.each(Object.keys(STACKS))('the example %s synthesizes without a warning on the release of CDK that is tested', (name) => {
  const app = new App();
  const stack = new STACKS[name](app, 'Example', { env: { region: 'eu-west-1' } });
  const template = Template.fromStack(stack).toJSON();
  const warnings = app.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => data));
  expect(Object.values<{ Type: string }>(template.Resources).some(({ Type }) => Type.startsWith('Custom::SageMaker'))).toBe(true);
  expect(warnings).toEqual([]);
});
