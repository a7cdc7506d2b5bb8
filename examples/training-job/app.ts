import { App } from 'aws-cdk-lib';
import { ChurnStack } from './stack';

const app = new App();
new ChurnStack(app, 'Churn', {
  env: { region: 'eu-west-1' },
  maxDepth: Number(app.node.tryGetContext('maxDepth') ?? 5),
});
