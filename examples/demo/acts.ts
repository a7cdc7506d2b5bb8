import type { App, Stack, StackProps } from 'aws-cdk-lib';
import type { LocalCloudOptions } from '../../local/cloud';
import { NotebookStack } from '../notebook/stack';
import { PipelineStack } from '../pipeline/stack';
import { ChurnStack } from '../training-job/stack';

/** One deployment of an example, and its expected result. */
export interface Act {
  readonly title: string;
  readonly contents: (app: App, props: StackProps) => Stack;
  readonly status: string;
  /** The number of jobs that the stack starts. */
  readonly jobs: number;
}

export interface Example {
  readonly acts: readonly Act[];
  readonly behavior?: LocalCloudOptions['behavior'];
}

const churn = (maxDepth: number): Act['contents'] => (app, props) => new ChurnStack(app, 'Churn', { ...props, maxDepth });
const notebook: Act['contents'] = (app, props) => new NotebookStack(app, 'Notebook', props);
const pipeline = (dataVersion: string): Act['contents'] => (app, props) => new PipelineStack(app, 'Pipeline', { ...props, dataVersion });

export const EXAMPLES: { readonly [name: string]: Example } = {
  'training-job': {
    acts: [
      { title: 'First deployment: a model is trained', contents: churn(5), status: 'CREATE_COMPLETE', jobs: 1 },
      { title: 'No changes: nothing runs', contents: churn(5), status: 'CREATE_COMPLETE', jobs: 0 },
      { title: 'A changed hyperparameter: a new job runs, and the record of the old one stays', contents: churn(6), status: 'UPDATE_COMPLETE', jobs: 1 },
      {
        title: 'A hyperparameter that XGBoost rejects: the old job is reused, and does not train again',
        contents: churn(-1),
        status: 'UPDATE_ROLLBACK_COMPLETE',
        jobs: 1,
      },
    ],
    // The local cloud does not run XGBoost, so this function rejects invalid depths.
    behavior: ({ HyperParameters }) => {
      const depth = Number((HyperParameters as { max_depth?: string } | undefined)?.max_depth);
      return depth < 0 ? { failure: `AlgorithmError: framework error: value ${depth} for Parameter max_depth exceed bound [0,inf], exit code: 1` } : {};
    },
  },
  'pipeline': {
    acts: [
      { title: 'From raw data to predictions and an endpoint: prepare, train, tune, predict, compile, serve', contents: pipeline('1'), status: 'CREATE_COMPLETE', jobs: 5 },
      { title: 'No changes: nothing runs', contents: pipeline('1'), status: 'CREATE_COMPLETE', jobs: 0 },
      { title: 'New data: every job that depends on it runs again', contents: pipeline('2'), status: 'UPDATE_COMPLETE', jobs: 5 },
    ],
  },
  'notebook': {
    acts: [
      { title: 'A notebook in a VPC, with permission to run a job', contents: notebook, status: 'CREATE_COMPLETE', jobs: 1 },
      { title: 'No changes: nothing runs', contents: notebook, status: 'CREATE_COMPLETE', jobs: 0 },
    ],
  },
};
