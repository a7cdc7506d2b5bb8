import type { Stack } from 'aws-cdk-lib';
import type { Stage } from './stage';
import * as jobs from '../../src';

export type ShellJobOptions = Partial<jobs.TrainingJobProps> & {
  /** The number of seconds that the job runs. */
  readonly seconds: number;
  readonly exitCode?: number;
};

/** Adds a training job on the smallest instance that runs a shell command in an image of AWS. */
export function addShellJob(stack: Stack, stage: Stage, { seconds, exitCode = 0, ...props }: ShellJobOptions): jobs.TrainingJob {
  return new jobs.TrainingJob(stack, 'Job', {
    trainingImage: jobs.ContainerImage.fromBuiltInAlgorithm(jobs.BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }),
    trainingJobNamePrefix: stage.prefix,
    instanceType: jobs.MlInstanceType.of('ml.m5.large'),
    containerEntrypoint: ['/bin/sh', '-c'],
    containerArguments: [`echo started; mkdir -p /opt/ml/model; date > /opt/ml/model/date; sleep ${seconds}; exit ${exitCode}`],
    ...props,
  } as jobs.TrainingJobProps);
}

/** The behavior of such jobs in the local cloud, as a module for `npx projen local --behavior`. */
export const SHELL_BEHAVIOR = `
exports.behavior = ({ AlgorithmSpecification: algorithm }) => {
  const [, seconds, exitCode] = /sleep (\\d+); exit (\\d+)/.exec((algorithm.ContainerArguments ?? []).join(' ')) ?? [];
  if (seconds === undefined) return {};
  return { trainingSeconds: Number(seconds), ...exitCode !== '0' && { failure: 'AlgorithmError: , exit code: ' + exitCode } };
};
`;
