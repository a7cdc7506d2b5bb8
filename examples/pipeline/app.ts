import { App } from 'aws-cdk-lib';
import { PipelineStack } from './stack';

const app = new App();
new PipelineStack(app, 'Pipeline', {
  env: { region: 'eu-west-1' },
  dataVersion: app.node.tryGetContext('dataVersion') ?? '2026-11-01',
});
