import { App } from 'aws-cdk-lib';
import { NotebookStack } from './stack';

new NotebookStack(new App(), 'Notebook', { env: { region: 'eu-west-1' } });
