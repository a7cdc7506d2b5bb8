import { Annotations, CfnOutput, CfnParameter, Duration, Fn, Lazy, Size, Stack, Tags, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appOf, errorsOf, warningsOf } from './setup';
import * as jobs from '../../src';
import { LEAST_COMPILATION } from '../fixtures/compilation-jobs';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { complaintOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const train = (stack: Stack, props: Partial<jobs.TrainingJobProps>) => new jobs.TrainingJob(stack, 'Job', { ...LEAST, ...props });
const errors = (props: Partial<jobs.TrainingJobProps>) => errorsOf(appOf((stack) => train(stack, props)));
const errorOf = (props: Partial<jobs.TrainingJobProps>) => {
  const [error, ...others] = errors(props);
  expect(others).toEqual([]);
  return `${error.property}: ${error.rule}`;
};
/** A channel with a structure of the API that no factory renders. */
const channelOf = (members: { [member: string]: unknown }): jobs.InputChannel => Object.assign(
  jobs.InputChannel.fromS3('own', jobs.S3Location.fromUri('s3://data')),
  { _bind: () => ({ channel: { ChannelName: 'own', ...members } }) },
);

test('all that is wrong with a construct is told at once, sorted, a line each', () => {
  const channels = Array.from({ length: 11 }, (_, index) => jobs.InputChannel.fromS3(index % 10 === 0 || index === 2 ? `no good ${index}` : `c${index}`, jobs.S3Location.fromUri('s3://data')));
  const complaint = complaintOf((stack) => {
    train(stack, { trainingJobName: 'my_job', instanceCount: -1, inputDataConfig: channels, maximumRetryAttempts: 31, vpcSubnets: {} });
  });

  expect(complaint).toBe([
    'Validation failed with the following errors:',
    '  [Stack/Job] inputDataConfig[0].channelName: must consist of letters, digits, dots, hyphens and underscores; got no good 0',
    '  [Stack/Job] inputDataConfig[2].channelName: must consist of letters, digits, dots, hyphens and underscores; got no good 2',
    '  [Stack/Job] inputDataConfig[10].channelName: must consist of letters, digits, dots, hyphens and underscores; got no good 10',
    '  [Stack/Job] instanceCount: must be at least 0; got -1',
    '  [Stack/Job] maximumRetryAttempts: must be 1 to 30; got 31',
    '  [Stack/Job] trainingJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got my_job',
    '  [Stack/Job] vpcSubnets: requires `vpc`',
  ].join('\n'));
});

test('a value that is read before it is known is an error among the others', () => {
  const app = appOf((stack) => {
    const job = train(stack, { instanceCount: -1, waitForCompletion: false });
    for (const id of ['Model', 'Again']) new CfnOutput(stack, id, { value: `${job.s3ModelArtifacts}/${job.trainingJobName}` });
  });

  expect(() => app.synth()).toThrow(/\[Stack\/Job\] instanceCount: .*\n +\[Stack\/Job\] s3ModelArtifacts: must not be read if `waitForCompletion` is false, .*ended[^\n]*(\n +\D*)?$/);
});

test('a construct that is wrong in several ways does not hide another one', () => {
  const app = appOf((stack) => {
    train(stack, { volumeSize: Size.gibibytes(-0.5 + 1) });
    new jobs.CompilationJob(stack, 'Compilation', { ...LEAST_COMPILATION, outputLocation: jobs.S3Location.fromUri('results/compiled') });
  });

  expect(errorsOf(app)).toEqual([
    { path: 'Stack/Job', property: 'volumeSize', rule: 'must be a whole number of GiB; got 0.5 GiB' },
    { path: 'Stack/Compilation', property: 'outputLocation', rule: 'must begin with s3:// or https://, and name a bucket; got results/compiled' },
  ]);
});

describe('values', () => {
  const secret = 'hunter2'.padEnd(2501, 'x');

  test.each<[string, Partial<jobs.TrainingJobProps>, string]>([
    ['a hyperparameter', { hyperParameters: { list: secret } }, 'hyperParameters.list: must have at most 2500 characters; got 2501 characters'],
    ['a variable', { environment: { LIST: secret } }, 'environment.LIST: must have at most 512 characters; got 2501 characters'],
    ['an argument', { containerArguments: [secret] }, 'containerArguments[0]: must have at most 256 characters; got 2501 characters'],
    ['a hyperparameter that is an object', { hyperParameters: { list: { key: 'hunter2' } as unknown as string } }, 'hyperParameters.list: must be a string, a number or a boolean'],
  ])('%s is not shown: it may be a secret', (_what, props, message) => {
    expect(errorOf(props)).toBe(message);
  });

  test.each<[string, unknown]>([['an object', { a: 1 }], ['a list', [1]], ['null', null], ['a function', () => 1]])(
    'a hyperparameter or a variable that is %s is an error', (_what, value) => {
      expect(errorOf({ hyperParameters: { key: value } })).toBe('hyperParameters.key: must be a string, a number or a boolean');
      expect(errorOf({ environment: { KEY: value } })).toBe('environment.KEY: must be a string, a number or a boolean');
    },
  );

  test('the name of a variable is shown', () => {
    expect(errorOf({ environment: { '1ST': 'hunter2' } }))
      .toBe('environment: keys must consist of letters, digits and underscores, with no digit at the beginning; got 1ST');
  });

  test('credentials in a URL are not shown', () => {
    const app = appOf((stack) => new jobs.NotebookInstance(stack, 'Notebook', {
      instanceType: jobs.MlInstanceType.ML_T3_MEDIUM,
      defaultCodeRepository: jobs.NotebookInstanceCodeRepository.fromGitUrl('http://somebody:hunter2@example.com/a.git'),
    }));

    expect(errorsOf(app)).toEqual([{
      path: 'Stack/Notebook',
      property: 'defaultCodeRepository',
      rule: 'must be a URL that begins with https://, or the name of a code repository; got http://***@example.com/a.git',
    }]);
  });

  test('a tag that holds a secret is not shown', () => {
    const app = appOf((stack) => Tags.of(train(stack, {})).add('key', 'AKIAIOSFODNN7EXAMPLE'));

    expect(() => app.synth()).toThrow(/\[Stack\/Job\] tags\[key\]: must not contain an access key, a private key or a token\. Store/);
  });

  test('a long value is shortened, and a name that is a key as well', () => {
    expect(errorOf({ algorithmName: 'x'.repeat(500), trainingImage: undefined })).toBe(`algorithmName: must have 1 to 170 characters; got 500 characters: ${'x'.repeat(64)}…`);
    expect(errorOf({ hyperParameters: { ['x'.repeat(200)]: 'a\nb' } })).toBe(`hyperParameters.${'x'.repeat(64)}…: must not have line breaks; got 3 characters`);
  });

  test('a value of several lines stays in one', () => {
    expect(errorOf({ metricDefinitions: [{ name: 'loss\nerror', regex: 'a' }] })).toBe('metricDefinitions[0].name: must not have line breaks; got loss\\u000aerror');
  });

  test('a duration and a size have their units', () => {
    expect(errorOf({ maxPendingTime: Duration.minutes(5), instanceType: jobs.MlInstanceType.ML_G5_XLARGE }))
      .toBe('maxPendingTime: must be 7200 to 2419200 seconds; got 300 seconds');
  });

  test.each([NaN, Infinity, 1.5, 2 ** 31])('%p is no number of instances', (instanceCount) => {
    expect(errorOf({ instanceCount })).toBe(`instanceCount: must be a whole number below 2147483648; got ${instanceCount}`);
  });
});

describe('tokens', () => {
  const text = Lazy.string({ produce: () => 'not a good name' });
  const number = Token.asNumber({ Ref: 'AWS::NoValue' });

  test('pass wherever they stand', () => {
    expect(errors({
      trainingJobName: text,
      hyperParameters: { epochs: text, [Token.asString({ Ref: 'Key' })]: 'x', partly: `${'x'.repeat(3000)}${text}` },
      environment: Lazy.any({ produce: () => ({}) }) as unknown as { [name: string]: string },
      inputDataConfig: [jobs.InputChannel.fromS3(`!${text}`, jobs.S3Location.fromUri(`s3://${text}/train`)), jobs.InputChannel.fromS3(text, jobs.S3Location.fromUri(text))],
      instanceCount: number,
      instanceType: jobs.MlInstanceType.of(text),
      containerArguments: Token.asList({ 'Fn::GetAtt': ['Arguments', 'List'] }),
      containerEntrypoint: ['python', text, Fn.ref('Script')],
      volumeSize: Size.gibibytes(number),
      enableNetworkIsolation: Lazy.any({ produce: () => true }) as unknown as boolean,
    })).toEqual([]);
  });

  test('what stands beside a token is checked', () => {
    expect(errors({ hyperParameters: { known: 'a\nb', unknown: text }, containerArguments: [text, 'x'.repeat(257)] }).map(({ property }) => property))
      .toEqual(['containerArguments[1]', 'hyperParameters.known']);
  });

  test('an intrinsic function in its own words is one as well', () => {
    expect(errors({ hyperParameters: { region: { Ref: 'AWS::Region' } as unknown as string } })).toEqual([]);
  });

  test('a parameter is one', () => {
    const app = appOf((stack) => train(stack, { trainingJobNamePrefix: new CfnParameter(stack, 'Prefix').valueAsString }));

    expect(errorsOf(app)).toEqual([]);
  });
});

describe('values that no release knows yet', () => {
  const tomorrow = { instanceType: jobs.MlInstanceType.of('ml.p9.48xlarge') };
  const id = 'cdk-sagemaker-jobs:unknown-training-instance-type';

  test('are warned of once, where they are', () => {
    const app = appOf((stack) => train(stack, tomorrow));
    app.synth();
    app.synth({ force: true });

    expect(warningsOf(app)).toEqual([{
      path: 'Stack/Job',
      id,
      property: 'instanceType',
      rule: 'is not a value of MlInstanceType for training jobs in this version; got ml.p9.48xlarge. Acknowledge the warning if SageMaker accepts it',
    }]);
    expect(errorsOf(app)).toEqual([]);
  });

  test('an instance type that only notebook instances offer is a warning for a training job', () => {
    const app = appOf((stack) => train(stack, { instanceType: jobs.MlInstanceType.ML_T2_XLARGE }));
    const notebook = appOf((stack) => new jobs.NotebookInstance(stack, 'Notebook', { instanceType: jobs.MlInstanceType.ML_C5N_2XLARGE }));

    expect(warningsOf(app).map((warning) => warning.id)).toEqual([id]);
    expect(warningsOf(notebook).map((warning) => warning.id)).toEqual(['cdk-sagemaker-jobs:unknown-notebook-instance-type']);
  });

  test.each<[string, (stack: Stack, job: jobs.TrainingJob) => Stack | jobs.TrainingJob]>([
    ['at the job', (_stack, job) => job],
    ['at the stack', (stack) => stack],
  ])('are not warned of where that is acknowledged %s', (_where, scopeOf) => {
    const app = appOf((stack) => {
      const job = train(stack, tomorrow);
      Annotations.of(scopeOf(stack, job)).acknowledgeWarning(id);
    });

    expect(warningsOf(app)).toEqual([]);
  });

  test('are acknowledged by their kind', () => {
    const app = appOf((stack) => {
      const job = train(stack, { ...tomorrow, trainingInputMode: jobs.TrainingInputMode.of('Stream') });
      Annotations.of(job).acknowledgeWarning(id);
    });

    expect(warningsOf(app).map((warning) => warning.id)).toEqual(['cdk-sagemaker-jobs:unknown-training-input-mode']);
  });

  test('of a notebook instance as well', () => {
    const app = appOf((stack) => new jobs.NotebookInstance(stack, 'Notebook', {
      instanceType: jobs.MlInstanceType.of('ml.t9.medium'), platformIdentifier: jobs.NotebookInstancePlatformIdentifier.of('notebook-al2030-v1'),
    }));

    expect(warningsOf(app).map(({ property, path }) => [path, property])).toEqual([['Stack/Notebook', 'instanceType'], ['Stack/Notebook', 'platformIdentifier']]);
  });

  test('stop nobody who gives them in a structure of the API, unless a construct decides on them', () => {
    const channel = (S3DataType: string, InputMode: string) => channelOf({ InputMode, DataSource: { S3DataSource: { S3Uri: 's3://data', S3DataType } } });

    expect(errors({ inputDataConfig: [channel('S3Prefix', 'Stream')] })).toEqual([]);
    expect(errorOf({ inputDataConfig: [channel('Prefix', 'File')] }))
      .toBe('inputDataConfig[0]: must be one of AugmentedManifestFile, Converse, ManifestFile, S3Prefix; got Prefix');
  });
});

test('a member that the function would refuse is refused', () => {
  const channel = channelOf({ Tomorrow: true, DataSource: { S3DataSource: { S3Uri: 's3://data', S3DataType: 'S3Prefix' } } });

  expect(errorOf({ inputDataConfig: [channel] })).toBe('InputDataConfig.0.Tomorrow: is an unknown member in this version');
});

test('a member that is called as something of every object is refused as well', () => {
  const channel = channelOf({ constructor: 'x', DataSource: { S3DataSource: { S3Uri: 's3://data', S3DataType: 'S3Prefix' } } });

  expect(errorOf({ inputDataConfig: [channel] })).toBe('InputDataConfig.0.constructor: is an unknown member in this version');
});

test('what was found with one job is found with the next ones', () => {
  const app = appOf((stack) => {
    for (const id of ['A', 'B']) train(new Stack(stack, id), { environment: { '1ST': 'a', 'SECOND': 'a' } });
    train(new Stack(stack, 'C'), { environment: { SECOND: 'a\nb', THIRD: 'x'.repeat(513) } });
  });

  expect(errorsOf(app).map(({ path, property }) => [path, property])).toEqual([
    ['Stack/A/Job', 'environment'], ['Stack/B/Job', 'environment'], ['Stack/C/Job', 'environment.THIRD'],
  ]);
});

test('what is added until synthesis is checked', () => {
  const app = appOf((stack) => {
    train(stack, {});
    Tags.of(stack).add('team#1', 'vision');
  });

  expect(() => app.synth()).toThrow('[Stack/Job] tags[team#1]: must consist of letters, digits, spaces and _ . : / = + - @; got team#1');
});

test('the template holds what was checked, and what was changed after that in the next synthesis', () => {
  const hyperParameters: { [name: string]: string } = { epochs: '10' };
  const app = appOf((stack) => train(stack, { hyperParameters }));
  const synthesized = () => {
    const resources = Object.values<any>(app.synth({ force: true }).stacks[0].template.Resources);
    return resources.find(({ Type }) => Type === 'Custom::SageMakerTrainingJob').Properties.Request.HyperParameters;
  };

  expect(synthesized()).toEqual({ epochs: '10' });
  hyperParameters.lr = '0.1';
  expect(synthesized()).toEqual({ epochs: '10', lr: '0.1' });
});

test('a definition is said with where it stands, and the rules in the words of its props', () => {
  const definition = { ...LEAST, tuningObjective: LEAST_TUNING.hyperParameterTuningJobObjective };
  const app = appOf((stack) => new jobs.HyperParameterTuningJob(stack, 'Job', {
    role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/train'),
    maxNumberOfTrainingJobs: 4,
    parameterRanges: [],
    trainingJobDefinitions: [
      { ...definition, definitionName: 'a', hyperParameterRanges: [jobs.ParameterRange.integer('depth', 1, 8)] },
      {
        ...definition,
        definitionName: 'b',
        enableManagedSpotTraining: true,
        maxRuntime: Duration.minutes(30),
        maxWaitTime: Duration.minutes(20),
        hyperParameterRanges: [jobs.ParameterRange.integer('depth', 2, 8), jobs.ParameterRange.categorical('optimizer', [])],
      },
    ],
  }));

  expect(errorsOf(app).map(({ property, rule }) => `${property}: ${rule}`)).toEqual([
    'trainingJobDefinitions[1].hyperParameterRanges[optimizer].values: must have 1 to 30 entries; got 0',
    'trainingJobDefinitions[1].maxWaitTime: must be at least `maxRuntime` (1800 seconds); got 1200 seconds',
  ]);
});

test('a notebook instance and its lifecycle configuration are checked as CloudFormation would ask for them', () => {
  const app = appOf((stack) => {
    new jobs.NotebookInstance(stack, 'Notebook', {
      instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, volumeSize: Size.gibibytes(20_000), notebookInstanceName: 'n'.repeat(64),
    });
    new jobs.NotebookInstanceLifecycleConfig(stack, 'Config', { notebookInstanceLifecycleConfigName: 'no_good' });
  });

  expect(errorsOf(app)).toEqual([
    { path: 'Stack/Notebook', property: 'notebookInstanceName', rule: `must have at most 63 characters; got 64 characters: ${'n'.repeat(64)}` },
    { path: 'Stack/Notebook', property: 'volumeSize', rule: 'must be 5 to 16384 GiB; got 20000 GiB' },
    {
      path: 'Stack/Config',
      property: 'notebookInstanceLifecycleConfigName',
      rule: 'must consist of letters, digits and hyphens, with no hyphen at either end; got no_good',
    },
  ]);
});

test.each([NaN, 5.5])('a volume of %p GiB is refused with the property that says it', (gibibytes) => {
  const app = appOf((stack) => new jobs.NotebookInstance(stack, 'Notebook', {
    instanceType: jobs.MlInstanceType.ML_T3_MEDIUM, volumeSize: Size.gibibytes(gibibytes),
  }));

  expect(() => app.synth()).toThrow(`[Stack/Notebook] volumeSize: must be a whole number of GiB; got ${gibibytes} GiB`);
});
