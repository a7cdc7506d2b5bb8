import { type App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { NotebookStack } from '../../examples/notebook/stack';
import { PipelineStack } from '../../examples/pipeline/stack';
import { ChurnStack } from '../../examples/training-job/stack';
import { REQUEST_FIXTURES } from '../fixtures/kinds';
import { fullNotebook } from '../fixtures/notebooks';
import type { Example } from '../fixtures/synth';

export type MakeStack = (app: App) => Stack;

const env = { region: 'eu-west-1' };

/** The examples that users read. */
export const EXAMPLE_STACKS: { readonly [name: string]: MakeStack } = {
  'notebook': (app) => new NotebookStack(app, 'Notebook', { env }),
  'pipeline': (app) => new PipelineStack(app, 'Pipeline', { env, dataVersion: '2026-11-01' }),
  'training-job': (app) => new ChurnStack(app, 'Churn', { env, maxDepth: 5 }),
};

/** Jobs with all that can be said of them. */
export const JOB_STACKS: { readonly [name: string]: MakeStack } = Object.fromEntries(
  REQUEST_FIXTURES.flatMap(({ name: kind, examples }) => Object.entries(examples).map(([name, example]) => [`${kind} ${name}`, stackOf(example)])));

/** A notebook instance with all that can be said of it. */
export const NOTEBOOK_STACK: MakeStack = stackOf(fullNotebook);

/** The roles that a fixture imports are of the app here, so that all is there that the library would allow them. */
function stackOf(example: Example): MakeStack {
  return (app) => {
    const stack = new Stack(app, 'Stack');
    const imports = jest.spyOn(iam.Role, 'fromRoleArn').mockImplementation((scope, id) =>
      new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }));
    try {
      example(stack);
    } finally {
      imports.mockRestore();
    }
    return stack;
  };
}
