import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { errorsOf, warningsOf } from './setup';
import * as jobs from '../../src';
import { FACTORY_PARAMETERS } from '../../src/validation/property-types.generated';
import { messageOf, shown } from '../../src/validation/violation';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';

const { HyperParameterTuningJobStrategyType: Strategy, ParameterRange } = jobs;

const stackOf = () => new Stack(new App(), 'Stack');
const errors = (make: (stack: Stack) => unknown) => {
  const stack = stackOf();
  make(stack);
  return errorsOf(stack).map(({ property, rule }) => `${property}: ${rule}`);
};
const warnings = (make: (stack: Stack) => unknown) => {
  const stack = stackOf();
  make(stack);
  return warningsOf(stack.node.root as App);
};
const train = (props: Partial<jobs.TrainingJobProps>) => (stack: Stack) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props });
const tune = (props: Partial<jobs.HyperParameterTuningJobProps>) => (stack: Stack) => new jobs.HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, ...props });
const ranges = (count: number) => Array.from({ length: count }, (_, index) => ParameterRange.integer(`p${index}`, 1, 9));
const variables = (count: number, prefix: string) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x']));

describe('comparisons', () => {
  test('have the unit and the other value', () => {
    expect(errors(train({ enableManagedSpotTraining: true, maxRuntime: Duration.hours(2), maxWaitTime: Duration.hours(1) })))
      .toEqual(['maxWaitTime: must be at least `maxRuntime` (7200 seconds); got 3600 seconds']);
    expect(errors(tune({ maxNumberOfTrainingJobs: 2, maxParallelTrainingJobs: 4 })))
      .toEqual(['maxParallelTrainingJobs: must be at most `maxNumberOfTrainingJobs` (2); got 4']);
    expect(errors(tune({ parameterRanges: [ParameterRange.integer('depth', 9, 2)] })))
      .toEqual(['parameterRanges[depth].minValue: must be at most `maxValue` (2); got 9']);
  });

  test('of a strategy have the number that is right', () => {
    const grid = tune({ strategy: Strategy.GRID, parameterRanges: [ParameterRange.categorical('depth', ['2', '4'])], maxNumberOfTrainingJobs: 3 });

    expect(warnings(grid).filter(({ id }) => id.endsWith('grid-counts-itself')).map(({ rule }) => rule)).toEqual([expect.stringContaining('the number of combinations of values (2); got 3')]);
  });
});

describe('sums', () => {
  test('have their count', () => {
    const definition = (definitionName: string) => ({
      ...LEAST_TUNING.trainingJobDefinition,
      definitionName,
      tuningObjective: jobs.HyperParameterTuningJobObjective.maximize('validation:auc'),
      hyperParameterRanges: ranges(1),
      environment: variables(30, definitionName.toUpperCase()),
    });
    const props = { trainingJobDefinitions: [definition('a'), definition('b')], maxNumberOfTrainingJobs: 2 };

    expect(errors((stack) => new jobs.HyperParameterTuningJob(stack, 'Job', props)))
      .toEqual(['trainingJobDefinitions: must have at most 48 environment variables in all definitions together; got 60']);
  });

  test('of ranges are reported once', () => {
    expect(errors(tune({ parameterRanges: ranges(31) }))).toEqual(['parameterRanges: must have at most 30 entries of all kinds together; got 31']);
  });
});

test('the number of tags is reported once', () => {
  const tagged = (stack: Stack) => {
    const job = train({})(stack);
    for (let index = 0; index < 51; index++) job.cdkTagManager.setTag(`tag${index}`, 'x');
  };

  expect(errors(tagged)).toEqual([expect.stringMatching(/^tags: at most \d+ tags are allowed \(\d+ are reserved for ownership\); got 51$/)]);
});

test('a runtime above the limit of the service has no further line about waitTimeout', () => {
  expect(errors(train({ maxRuntime: Duration.days(29) }))).toEqual(['maxRuntime: must be at most 28 days (2419200 seconds); got 2505600 seconds']);
  expect(errors(tune({ maxNumberOfTrainingJobs: 0, maxParallelTrainingJobs: 0 })).filter((message) => message.startsWith('waitTimeout'))).toEqual([]);
});

test('a Boolean property is reported as the user wrote it', () => {
  const notebook = (stack: Stack) => new jobs.NotebookInstance(stack, 'Notebook', {
    instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, enableDirectInternetAccess: false,
  });

  expect(errors(notebook)).toEqual(['enableDirectInternetAccess: can be false only together with `vpc`; got false']);
});

describe('sizes and durations that are no whole number', () => {
  test('are reported with their property and unit', () => {
    expect(errors(train({ volumeSize: Size.mebibytes(1536) }))).toEqual(['volumeSize: must be a whole number of GiB; got 1.5 GiB']);
    expect(errors(train({ maxRuntime: Duration.millis(1500) }))).toEqual(['maxRuntime: must be a whole number of seconds; got 1.5 seconds']);
  });

  test('of another unit are accepted if they are whole in the unit of the API', () => {
    expect(errors(train({ volumeSize: Size.mebibytes(2048), maxRuntime: Duration.millis(90_000) }))).toEqual([]);
  });
});

describe('plain JavaScript', () => {
  const message = (make: (stack: Stack) => unknown) => {
    try {
      make(stackOf());
      return undefined;
    } catch (error) {
      return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
    }
  };
  const javascript = (Type: new (scope: Stack, id: string, props: any) => unknown, props: unknown) => message((stack) => new Type(stack, 'Job', props));

  test.each<[string, unknown, string[]]>([
    ['no props', undefined, ['[Stack/Job] props: must be an object; got undefined']],
    ['no output location', { ...LEAST, outputLocation: undefined }, ['[Stack/Job] outputLocation: must be specified (of type S3Location)']],
    ['a string as a location', { ...LEAST, outputLocation: 's3://models/' }, ['[Stack/Job] outputLocation: must be of type S3Location; got the string s3://models/. Use S3Location.fromUri()']],
    ['a string as an image', { ...LEAST, trainingImage: 'train:1' }, ['[Stack/Job] trainingImage: must be of type ContainerImage; got the string train:1. Use ContainerImage.fromUri()']],
    ['a string as an instance type', { ...LEAST, instanceType: 'ml.m5.large' }, ['[Stack/Job] instanceType: must be of type MlInstanceType; got the string ml.m5.large. Use MlInstanceType.of()']],
    ['a number as a duration', { ...LEAST, maxRuntime: 3600 }, ['[Stack/Job] maxRuntime: must be of type Duration; got 3600']],
    ['one channel instead of a list', { ...LEAST, inputDataConfig: {} }, ['[Stack/Job] inputDataConfig: must be a list; got an object of Object']],
    ['several at once, at their places', { ...LEAST, inputDataConfig: ['s3://data'], instanceGroups: [{ instanceGroupName: 'a' }], checkpointConfig: {} }, [
      '[Stack/Job] checkpointConfig.location: must be specified (of type S3Location)',
      '[Stack/Job] inputDataConfig[0]: must be of type InputChannel; got the string s3://data',
      '[Stack/Job] instanceGroups[0].instanceType: must be specified (of type MlInstanceType)',
    ]],
  ])('a training job with %s is reported with its path', (_what, props, messages) => {
    expect(javascript(jobs.TrainingJob, props)).toEqual(messages);
  });

  test('the other constructs report theirs', () => {
    expect(javascript(jobs.HyperParameterTuningJob, { trainingJobDefinition: { trainingImage: 'a' } })).toEqual([
      '[Stack/Job] trainingJobDefinition.outputLocation: must be specified (of type S3Location)',
      '[Stack/Job] trainingJobDefinition.trainingImage: must be of type ContainerImage; got the string a. Use ContainerImage.fromUri()',
    ]);
    expect(javascript(jobs.CompilationJob, {})).toEqual([
      '[Stack/Job] model: must be specified (of type CompilationModel)',
      '[Stack/Job] outputLocation: must be specified (of type S3Location)',
      '[Stack/Job] target: must be specified (of type CompilationTarget)',
    ]);
    expect(javascript(jobs.NotebookInstance, { role: 'arn:aws:iam::111122223333:role/a' })).toEqual([
      '[Stack/Job] instanceType: must be specified (of type MlInstanceType)',
      '[Stack/Job] role: must be of type IRole; got the string arn:aws:iam::111122223333:role/a. Use iam.Role.fromRoleArn()',
    ]);
    expect(javascript(jobs.TrainingJob, { ...LEAST, role: 'AmazonSageMaker-ExecutionRole' })).toEqual([
      '[Stack/Job] role: must be of type IRole; got the string AmazonSageMaker-ExecutionRole. Use iam.Role.fromRoleName()',
    ]);
  });

  const at = (uri: string) => jobs.S3Location.fromUri(uri);

  test.each<[string, () => unknown, string[]]>([
    ['an input from a query without its required options', () => jobs.ProcessingInput.fromAthena('events', { database: 'web', outputLocation: 's3://scratch/' } as any), [
      '[ProcessingInput.fromAthena()] options.outputFormat: must be specified (of type AthenaResultFormat)',
      '[ProcessingInput.fromAthena()] options.outputLocation: must be of type S3Location; got the string s3://scratch/. Use S3Location.fromUri()',
      '[ProcessingInput.fromAthena()] options.queryString: must be specified',
    ]],
    ['an input mode by its value', () => jobs.ProcessingInput.fromS3('raw', at('s3://data/'), { s3InputMode: 'Pipe' } as any), [
      '[ProcessingInput.fromS3()] options.s3InputMode: must be of type ProcessingS3InputMode; got the string Pipe. Use ProcessingS3InputMode.of()',
    ]],
    ['an output at a string', () => jobs.ProcessingOutput.toS3('out', 's3://results/' as any), [
      '[ProcessingOutput.toS3()] location: must be of type S3Location; got the string s3://results/. Use S3Location.fromUri()',
    ]],
    ['a command that is no list', () => jobs.ProcessingScript.fromS3(at('s3://code/etl.py'), { command: 'smspark-submit' as any }), [
      '[ProcessingScript.fromS3()] options.command: must be a list; got the string smspark-submit',
    ]],
    ['the data of a manifest that is no list', () => jobs.TransformInput.fromManifest(at('s3://data/list'), { dataLocations: at('s3://data/') } as any), [
      '[TransformInput.fromManifest()] options.dataLocations: must be a list; got an object of UriLocation',
    ]],
    ['a model with a string as its image and no training job', () => jobs.TransformModel.fromTrainingJob(undefined as any, { image: 'serve:1' } as any), [
      '[TransformModel.fromTrainingJob()] options.image: must be of type ContainerImage; got the string serve:1. Use ContainerImage.fromUri()',
      '[TransformModel.fromTrainingJob()] trainingJob: must be specified (of type ITrainingJob)',
    ]],
    ['a technique by its name', () => jobs.OptimizationTechnique.speculativeDecoding('EAGLE' as any), [
      '[OptimizationTechnique.speculativeDecoding()] technique: must be of type ModelSpeculativeDecodingTechnique; got the string EAGLE. Use ModelSpeculativeDecodingTechnique.of()',
    ]],
    ['a channel with a number as its name', () => jobs.InputChannel.fromS3(1 as any, at('s3://data/'), null as any), [
      '[InputChannel.fromS3()] channelName: must be a string; got 1',
      '[InputChannel.fromS3()] options: must be an object; got null',
    ]],
    ['an imported job without attributes', () => jobs.ProcessingJob.fromProcessingJobAttributes(stackOf(), 'Job', { outputs: [] } as any), [
      '[ProcessingJob.fromProcessingJobAttributes()] attrs.outputs: must be an object; got a list',
      '[ProcessingJob.fromProcessingJobAttributes()] attrs.processingJobArn: must be specified',
    ]],
  ])('%s is reported by the factory that received it', (_what, make, messages) => {
    expect(message(make)).toEqual(messages);
  });

  test.each(Object.entries(FACTORY_PARAMETERS))('%s() reports every argument that is null', (factory, parameters) => {
    const [name, method] = factory.split('.');
    const reported = message(() => (jobs as any)[name][method](...Object.keys(parameters).map(() => null)));

    expect(reported).toEqual(Object.keys(parameters).sort().map((parameter) => expect.stringMatching(`^\\[${name}\\.${method}\\(\\)\\] ${parameter}: must be .*; got null`)));
  });

  test.each([
    ['rerunTrigger', 42, 'must be a string; got 42'],
    ['trainingJobName', null, 'must be a string; got null'],
    ['waitForCompletion', null, 'must be true or false; got null'],
    ['environment', 'A=1', 'must be an object; got the string A=1'],
    ['vpcSubnets', null, 'must be of type SubnetSelection; got null'],
  ])('a %s of another type is reported before it is used', (property, value, rule) => {
    expect(javascript(jobs.TrainingJob, { ...LEAST, [property]: value })).toEqual([`[Stack/Job] ${property}: ${rule}`]);
  });
});

test.each([
  ['waitForCompletion', jobs.TrainingJob, LEAST, {}],
  ['acceptStopped', jobs.ProcessingJob, LEAST_PROCESSING, {}],
  ['separateOutput', jobs.TransformJob, LEAST_TRANSFORM, {}],
  ['waitForCompletion', jobs.OptimizationJob, LEAST_OPTIMIZATION, {}],
  ['enableNetworkIsolation', jobs.TrainingJob, LEAST, {}],
  ['separateOutput', jobs.ProcessingJob, LEAST_PROCESSING, (separateOutput: any) => (
    { processingOutputs: [jobs.ProcessingOutput.toS3('out', jobs.S3Location.fromUri('s3://results/out'), { separateOutput })] })],
])('the context value "false" is not a value of %s', (property, construct, least, props) => {
  const given = typeof props === 'function' ? props('false') : { [property]: 'false' };
  const messages = errors((stack) => new (construct as any)(stack, 'Job', { ...least, ...given }));

  expect(messages).toEqual([expect.stringMatching(new RegExp(`${property}: must be true or false; got false$`))]);
});

test('a token is shown without its number', () => {
  const value = '${Token[TOKEN.538]}';
  expect(messageOf({ property: 'volumeEncryptionKey', rule: 'cannot be specified', value })).toBe('volumeEncryptionKey: cannot be specified; got ${Token}');
  expect(shown(`s3://${value}/train/`)).toBe('s3://${Token}/train/');
});

test('a string in place of a whole number is shown as a string', () => {
  expect(errors((stack) => new jobs.ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, instanceCount: '2' as any })))
    .toEqual(['instanceCount: must be a whole number below 2147483648; got the string 2']);
});

test('a closed set has the value in the rule, and what is available', () => {
  const props = {
    trainingImage: jobs.ContainerImage.fromBuiltInAlgorithm(jobs.BuiltInAlgorithm.XGBOOST, { version: '1.7-1' }),
    hyperParameters: { num_round: '10', num_rounds: '10' },
    inputDataConfig: ['train', 'valid'].map((name) => jobs.InputChannel.fromS3(name, jobs.S3Location.fromUri('s3://data/'), { contentType: 'text/csv' })),
  };

  expect(warnings(train(props)).map(({ property, rule }) => `${property}: ${rule}`).sort()).toEqual([
    'hyperParameters.num_rounds: unknown hyperparameter \'num_rounds\' of sagemaker-xgboost; did you mean num_round?',
    'inputDataConfig[1].channelName: unknown channel \'valid\' of sagemaker-xgboost; available: train, validation, code; did you mean validation?',
  ]);
});

describe('hints', () => {
  const hint = ParameterRange.auto('depth', '4');

  test('are warned of without autotune, and only they are', () => {
    const props = { parameterRanges: [ParameterRange.integer('width', 1, 2), hint], maxNumberOfTrainingJobs: 2 };

    const hints = (more: Partial<jobs.HyperParameterTuningJobProps> = {}) => warnings(tune({ ...props, ...more }))
      .filter(({ id }) => id.endsWith('hints-for-autotune')).map(({ property, rule }) => `${property}: ${rule}`);

    expect(hints()).toEqual(['parameterRanges[depth]: is a range that SageMaker chooses, which requires `enableAutotune`']);
    expect(hints({ enableAutotune: true })).toEqual([]);
  });
});

test('the key that the SageMaker Python SDK signs remote functions with is no secret of the user', () => {
  const names = (environment: { [name: string]: string }) => warnings(train({ environment })).map(({ property }) => property);

  expect(names({ REMOTE_FUNCTION_SECRET_KEY: 'a1b2c3d4e5' })).toEqual([]);
  expect(names({ OTHER_SECRET_KEY: 'a1b2c3d4e5' })).toEqual(['environment.OTHER_SECRET_KEY']);
});
