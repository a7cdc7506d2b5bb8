import { Duration, RemovalPolicies, type RemovalPolicy, type Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { LocalCloud } from '../../local/cloud';
import * as jobs from '../../src';
import { JOB_KINDS, type JobKind, type KindOfJob } from '../../src/contract';
import { QUICK_COMPILATION, QUICK_OPTIMIZATION, QUICK_PROCESSING, QUICK_TRAINING, QUICK_TRANSFORM } from '../fixtures/quick-jobs';

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
  /** Only of kinds whose jobs can share a place for their output. */
  readonly separateOutput?: boolean;
}

/** How a job of a variant goes on. */
export interface Course {
  readonly seconds?: number;
  readonly failure?: string;
  readonly stoppingSeconds?: number;
  /** The lines that the job prints before it fails. */
  readonly log?: readonly string[];
}

/** A kind of job, as the scenarios need it. */
export interface Kind {
  readonly name: string;
  readonly label: string;
  readonly operation: (verb: 'Create' | 'Describe' | 'Stop' | 'Delete') => string;
  readonly nameMember: string;
  readonly failedWord: string;
  readonly logGroup: string;
  /** Adds a job to a stack and gives its name and its main result. */
  add(stack: Stack, id: string, options?: JobOptions): { readonly job: Construct; readonly name: string; readonly result: string };
  /** What the result of a job of the first variant looks like, by the job's name. */
  resultOf(name: string): unknown;
  /** Says how jobs go on from now on. */
  behave(cloud: LocalCloud, course: (variant: string) => Course): void;
}

/** What the default wait of a job with a limit adds to the limit. */
const START_ALLOWANCE = Duration.minutes(45);

const IMAGE = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1');

export const TRAINING: Kind = {
  name: 'TrainingJob',
  label: 'Training job',
  operation: (verb) => `${verb}TrainingJob`,
  nameMember: 'TrainingJobName',
  failedWord: 'Failed',
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
    cloud.sagemaker.behavior = ({ HyperParameters }) => {
      const { log, seconds, ...rest } = course((HyperParameters as { variant: string }).variant);
      return { ...QUICK_TRAINING, ...seconds !== undefined && { trainingSeconds: seconds }, ...log && { logs: { Failed: log } }, ...rest };
    };
  },
};

export const TUNING: Kind = {
  name: 'HyperParameterTuningJob',
  label: 'Hyperparameter tuning job',
  operation: (verb) => `${verb}HyperParameterTuningJob`,
  nameMember: 'HyperParameterTuningJobName',
  failedWord: 'Failed',
  logGroup: 'TrainingJobs',
  add(stack, id, { variant = 'first', name, maxRuntime, ...options } = {}) {
    const job = new jobs.HyperParameterTuningJob(stack, id, {
      hyperParameterTuningJobObjective: jobs.HyperParameterTuningJobObjective.maximize('accuracy'),
      parameterRanges: [jobs.ParameterRange.integer('depth', 2, 8)],
      maxNumberOfTrainingJobs: 1,
      maxParallelTrainingJobs: 1,
      maxRuntime,
      trainingJobDefinition: {
        trainingImage: IMAGE,
        metricDefinitions: [{ name: 'accuracy', regex: 'accuracy: (.*)' }],
        outputLocation: jobs.S3Location.fromUri('s3://results/models'),
        hyperParameters: { variant },
        maxRuntime,
      },
      hyperParameterTuningJobName: name,
      ...options,
    });
    return { job, name: job.hyperParameterTuningJobName, result: job.bestTrainingJob.s3ModelArtifacts };
  },
  resultOf: (name) => expect.stringMatching(new RegExp(`^s3://results/models/${name}-001-[0-9a-f]{8}/output/model.tar.gz$`)),
  // The one training job that it launches takes its time.
  behave: TRAINING.behave,
};

export const COMPILATION: Kind = {
  name: 'CompilationJob',
  label: 'Compilation job',
  operation: (verb) => `${verb}CompilationJob`,
  nameMember: 'CompilationJobName',
  failedWord: 'FAILED',
  logGroup: 'CompilationJobs',
  add(stack, id, { variant = 'first', name, ...options } = {}) {
    const job = new jobs.CompilationJob(stack, id, {
      model: jobs.CompilationModel.fromS3(jobs.S3Location.fromUri('s3://results/models/model.tar.gz'), {
        framework: jobs.CompilationFramework.PYTORCH,
        frameworkVersion: '1.13',
        dataInputConfig: jobs.CompilationDataInput.fromShapes({ input0: [1, 3, 224, 224] }),
      }),
      outputLocation: jobs.S3Location.fromUri(`s3://results/compiled/${variant}`),
      target: jobs.CompilationTarget.fromDevice(jobs.TargetDevice.ML_C5),
      compilationJobName: name,
      ...options,
    });
    return { job, name: job.compilationJobName, result: job.s3ModelArtifacts };
  },
  resultOf: (name) => `s3://results/compiled/first/${name}/model-ml_c5.tar.gz`,
  behave(cloud, course) {
    cloud.sagemaker.compilation = ({ OutputConfig }) => {
      const { log, seconds, ...rest } = course(OutputConfig.S3OutputLocation.split('/').at(-3)!);
      return { ...QUICK_COMPILATION, ...seconds !== undefined && { compilingSeconds: seconds }, ...log && { logs: { FAILED: log } }, ...rest };
    };
  },
};

export const PROCESSING: Kind = {
  name: 'ProcessingJob',
  label: 'Processing job',
  operation: (verb) => `${verb}ProcessingJob`,
  nameMember: 'ProcessingJobName',
  failedWord: 'Failed',
  logGroup: 'ProcessingJobs',
  add(stack, id, { variant = 'first', name, separateOutput, ...options } = {}) {
    const job = new jobs.ProcessingJob(stack, id, {
      image: IMAGE,
      environment: { variant },
      processingOutputs: [jobs.ProcessingOutput.toS3('features', jobs.S3Location.fromUri('s3://results/features'), { separateOutput })],
      processingJobName: name,
      ...options,
    });
    return { job, name: job.processingJobName, result: job.outputUri('features') };
  },
  resultOf: (name) => `s3://results/features/${name}/`,
  behave(cloud, course) {
    cloud.sagemaker.processing = ({ Environment }) => {
      const { log, seconds, ...rest } = course((Environment as { variant: string }).variant);
      return { ...QUICK_PROCESSING, ...seconds !== undefined && { processingSeconds: seconds }, ...log && { logs: { Failed: log } }, ...rest };
    };
  },
};

/** The model of all transform jobs of a stack. Its name does not change when one of them is taken out and put back. */
function modelOf(stack: Stack): sagemaker.CfnModel {
  const known = stack.node.tryFindChild('Model');
  if (known) return known as sagemaker.CfnModel;
  const role = new iam.Role(stack, 'ModelRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  const { uri: modelDataUrl } = jobs.S3Location.fromUri('s3://results/models/model.tar.gz').bind(stack, { grantee: role, forReading: true });
  const { imageUri: image } = IMAGE.bind(stack, { grantee: role });
  const model = new sagemaker.CfnModel(stack, 'Model', { executionRoleArn: role.roleArn, primaryContainer: { image, modelDataUrl } });
  model.node.addDependency(role);
  return model;
}

export const TRANSFORM: Kind = {
  name: 'TransformJob',
  label: 'Transform job',
  operation: (verb) => `${verb}TransformJob`,
  nameMember: 'TransformJobName',
  failedWord: 'Failed',
  logGroup: 'TransformJobs',
  // A transform job has neither a role nor a runtime limit of its own.
  add(stack, id, { variant = 'first', name, maxRuntime, role, ...options } = {}) {
    const model = modelOf(stack);
    // The role of the app's own model is not part of the job.
    if (options.removalPolicy) RemovalPolicies.of(stack.node.findChild('ModelRole')).apply(options.removalPolicy);
    const job = new jobs.TransformJob(stack, id, {
      model: jobs.TransformModel.fromCfnModel(model, { role }),
      environment: { variant },
      transformInput: jobs.TransformInput.fromS3(jobs.S3Location.fromUri('s3://data/customers/')),
      outputLocation: jobs.S3Location.fromUri('s3://results/predictions'),
      transformJobName: name,
      ...options.waitForCompletion !== false && maxRuntime && { waitTimeout: maxRuntime.plus(START_ALLOWANCE) },
      ...options,
    });
    return { job, name: job.transformJobName, result: job.outputUri };
  },
  resultOf: (name) => `s3://results/predictions/${name}/`,
  behave(cloud, course) {
    cloud.sagemaker.transform = ({ Environment }) => {
      const { log, seconds, ...rest } = course((Environment as { variant: string }).variant);
      return { ...QUICK_TRANSFORM, ...seconds !== undefined && { transformingSeconds: seconds }, ...log && { logs: { Failed: log } }, ...rest };
    };
  },
};

export const OPTIMIZATION: Kind = {
  name: 'OptimizationJob',
  label: 'Optimization job',
  operation: (verb) => `${verb}OptimizationJob`,
  nameMember: 'OptimizationJobName',
  failedWord: 'FAILED',
  logGroup: 'OptimizationJobs',
  add(stack, id, { variant = 'first', name, ...options } = {}) {
    const job = new jobs.OptimizationJob(stack, id, {
      modelSource: jobs.OptimizationModelSource.fromS3(jobs.S3Location.fromUri('s3://results/models/llama/')),
      deploymentInstanceType: jobs.MlInstanceType.ML_G5_12XLARGE,
      optimizationConfigs: [jobs.OptimizationTechnique.quantization()],
      optimizationEnvironment: { variant },
      outputLocation: jobs.S3Location.fromUri('s3://results/optimized'),
      optimizationJobName: name,
      ...options,
    });
    return { job, name: job.optimizationJobName, result: job.s3OutputLocation };
  },
  resultOf: (name) => `s3://results/optimized/${name}/`,
  behave(cloud, course) {
    cloud.sagemaker.optimization = ({ OptimizationEnvironment }) => {
      const { log, seconds, ...rest } = course((OptimizationEnvironment as { variant: string }).variant);
      return { ...QUICK_OPTIMIZATION, ...seconds !== undefined && { optimizingSeconds: seconds }, ...log && { logs: { FAILED: log } }, ...rest };
    };
  },
};

export const JOB_SCENARIOS: Kind[] = [TRAINING, TUNING, COMPILATION, PROCESSING, TRANSFORM, OPTIMIZATION];

/** Whether SageMaker cannot delete the records of a kind. */
export function keepsRecords({ name }: Kind): boolean {
  const facts: KindOfJob = JOB_KINDS[`${name[0].toLowerCase()}${name.slice(1)}` as JobKind];
  return facts.keepsRecords ?? false;
}

/** The jobs of a kind whose records can be deleted: all, or none. */
export function deletable(kind: Kind, names: string[]): string[] {
  return keepsRecords(kind) ? [] : names;
}

/** Returns a value for each kind, by the name of the kind. */
export function ofEach<T>(value: (kind: Kind) => T): { [kind: string]: T } {
  return Object.fromEntries(JOB_SCENARIOS.map((kind) => [kind.name, value(kind)]));
}

/** Sets the course of the jobs of every kind from now on. */
export function behave(cloud: LocalCloud, course: (variant: string) => Course): void {
  for (const kind of JOB_SCENARIOS) kind.behave(cloud, course);
}
