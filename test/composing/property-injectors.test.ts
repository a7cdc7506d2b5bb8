import { App, type InjectionContext, type IPropertyInjector, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  CompilationJob, CompilationModel, CompilationTarget, HyperParameterTuningJob, MlInstanceType, NotebookInstance, NotebookInstanceLifecycleConfig,
  NotebookInstanceLifecycleScript, OptimizationJob, S3Location, TargetDevice, TrainingJob, type TrainingJobProps,
} from '../../src';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST } from '../fixtures/training-jobs';

const TRAINING_JOB = 'Custom::SageMakerTrainingJob';

/** What an organization wants of all jobs, unless a job says otherwise. */
class Isolated implements IPropertyInjector {
  readonly constructUniqueId = TrainingJob.PROPERTY_INJECTION_ID;
  readonly seen: string[] = [];

  constructor(private readonly defaults: Partial<TrainingJobProps> = { enableNetworkIsolation: true }) {}

  inject(props: TrainingJobProps, { scope, id }: InjectionContext): TrainingJobProps {
    this.seen.push(`${scope.node.path}/${id}`);
    return { ...this.defaults, ...props };
  }
}

test('an injector gives every job of an app what the organization wants, and a job goes first', () => {
  const injector = new Isolated();
  const stack = new Stack(new App({ propertyInjectors: [injector] }), 'Stack');
  new TrainingJob(stack, 'Isolated', LEAST);
  new TrainingJob(stack, 'Open', { ...LEAST, enableNetworkIsolation: false });

  const template = Template.fromStack(stack);
  template.hasResourceProperties(TRAINING_JOB, { NamePrefix: 'stack-isolated', Request: { EnableNetworkIsolation: true } });
  template.hasResourceProperties(TRAINING_JOB, { NamePrefix: 'stack-open', Request: { EnableNetworkIsolation: false } });
  expect(injector.seen).toEqual(['Stack/Isolated', 'Stack/Open']);
});

test('the injector of a stack goes before that of its app', () => {
  const app = new App({ propertyInjectors: [new Isolated()] });
  const stack = new Stack(app, 'Stack', { propertyInjectors: [new Isolated({ enableInterContainerTrafficEncryption: true })] });
  new TrainingJob(stack, 'Job', LEAST);

  Template.fromStack(stack).hasResourceProperties(TRAINING_JOB, {
    Request: { EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: Match.absent() },
  });
});

test('what an injector gives is checked as if it had been written', () => {
  const stack = new Stack(new App({ propertyInjectors: [new Isolated({ maximumRetryAttempts: 99 })] }), 'Stack');
  new TrainingJob(stack, 'Job', LEAST);

  expect(() => Template.fromStack(stack)).toThrow(/maximumRetryAttempts/);
});

test('jobs that are not of the app are not injected', () => {
  const injector = new Isolated();
  const stack = new Stack(new App({ propertyInjectors: [injector] }), 'Stack');
  TrainingJob.fromTrainingJobName(stack, 'Imported', 'somebody-elses');

  expect(injector.seen).toEqual([]);
});

describe('every construct', () => {
  const outputLocation = S3Location.fromUri('s3://results/compiled');

  test.each([
    [TrainingJob, LEAST],
    [HyperParameterTuningJob, { trainingJobDefinitions: [], maxNumberOfTrainingJobs: 1, maxParallelTrainingJobs: 1 }],
    [CompilationJob, {
      model: CompilationModel.fromModelPackageArn('arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/1'),
      target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
      outputLocation,
    }],
    [OptimizationJob, LEAST_OPTIMIZATION],
    [NotebookInstance, { instanceType: MlInstanceType.ML_T3_MEDIUM }],
    [NotebookInstanceLifecycleConfig, { onStart: [NotebookInstanceLifecycleScript.fromInline('echo ready')] }],
  ] as [any, object][])('%# takes an injector by its name', (type, props) => {
    const inject = jest.fn((original) => original);
    const injector: IPropertyInjector = { constructUniqueId: `cdk-sagemaker-jobs.${type.name}`, inject };
    const stack = new Stack(new App({ propertyInjectors: [injector] }), 'Stack');
    new type(stack, 'Construct', props);

    expect(inject).toHaveBeenCalledWith(props, { scope: stack, id: 'Construct' });
  });
});
