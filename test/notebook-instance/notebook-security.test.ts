import { App, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { NotebookInstance, type NotebookInstanceProps, MlInstanceType } from '../../src';

/** What the rules for notebook instances of cdk-nag's AwsSolutions pack find. */
function findings(props: (stack: Stack) => Partial<NotebookInstanceProps>): string[] {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks());
  const stack = new Stack(app, 'Stack');
  new NotebookInstance(stack, 'Notebook', { instanceType: MlInstanceType.ML_T3_MEDIUM, ...props(stack) });
  try {
    app.synth();
    return [];
  } catch (error) {
    return [...new Set(String(error).match(/AwsSolutions-SM\d+/g) ?? [])].sort();
  }
}

beforeAll(() => { process.env.CDK_VALIDATION = 'true'; });

test('a security review finds nothing when a VPC and a key are given', () => {
  expect(findings((stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc'), volumeEncryptionKey: new kms.Key(stack, 'Key') }))).toEqual([]);
});

test('and it does find what is missing', () => {
  expect(findings(() => ({}))).toEqual(['AwsSolutions-SM1', 'AwsSolutions-SM2', 'AwsSolutions-SM3']);
});
