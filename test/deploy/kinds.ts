import { type Duration, type RemovalPolicy, type Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { LocalCloud } from '../../local/cloud';
import * as jobs from '../../src';

/** What a scenario says of a job, whatever its kind. */
export interface JobOptions {
  /** A word of the request: another one is another job. Default: `first`. */
  readonly variant?: string;
  readonly name?: string;
  readonly rerunTrigger?: string;
  readonly maxRuntime?: Duration;
  readonly waitForCompletion?: boolean;
  readonly waitTimeout?: Duration;
  readonly acceptStopped?: boolean;
  readonly removalPolicy?: RemovalPolicy;
  readonly role?: iam.IRole;
}

/** How a job of a variant goes on. */
export interface Course {
  readonly seconds?: number;
  readonly failure?: string;
  readonly stoppingSeconds?: number;
}

/** A kind of job, as the scenarios need it. */
export interface Kind {
  readonly name: string;
  readonly label: string;
  readonly operation: (verb: 'Create' | 'Describe' | 'Stop' | 'Delete') => string;
  readonly nameMember: string;
  readonly arnSegment: string;
  readonly failedWord: string;
  readonly stoppedWord: string;
  readonly logGroup: string;
  /** Adds a job to a stack and gives its name and its main result. */
  add(stack: Stack, id: string, options?: JobOptions): { readonly job: Construct; readonly name: string; readonly result: string };
  /** The result of a job, by its name. */
  resultOf(name: string): string | RegExp;
  /** Says how jobs go on from now on. */
  behave(cloud: LocalCloud, course: (variant: string) => Course): void;
}

const IMAGE = jobs.ContainerImage.fromRegistry('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1');

export const TRAINING: Kind = {
  name: 'TrainingJob',
  label: 'Training job',
  operation: (verb) => `${verb}TrainingJob`,
  nameMember: 'TrainingJobName',
  arnSegment: 'training-job',
  failedWord: 'Failed',
  stoppedWord: 'Stopped',
  logGroup: 'TrainingJobs',
  add(stack, id, { variant = 'first', name, ...options } = {}) {
    const job = new jobs.TrainingJob(stack, id, {
      trainingImage: IMAGE,
      outputLocation: jobs.S3Location.fromUri('s3://results/models'),
      hyperParameters: { variant },
      trainingJobName: name,
      ...options,
    });
    return { job, name: job.trainingJobName, result: job.s3ModelArtifacts };
  },
  resultOf: (name) => `s3://results/models/${name}/output/model.tar.gz`,
  behave(cloud, course) {
    cloud.sagemaker.behaviour = ({ HyperParameters }) => {
      const { seconds, ...rest } = course(HyperParameters!.variant);
      return { trainingSeconds: seconds, ...rest };
    };
  },
};

export const KINDS: Kind[] = [TRAINING];
