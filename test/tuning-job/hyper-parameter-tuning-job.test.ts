import { App, CfnOutput, CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  ContainerImage, type HyperParameterTrainingJobDefinition as Definition, HyperParameterTuningJob, HyperParameterTuningJobObjective,
  type HyperParameterTuningJobProps as Props, HyperParameterTuningJobStrategyType, HyperParameterTuningJobWarmStartType, InputChannel,
  ParameterRange, S3Location, MlInstanceType, TrainingJob, type HyperParameterTrainingJobDefinition,
} from '../../src';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { actionsOf, complaintOf, type Example, requestOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const JOB = 'Custom::SageMakerHyperParameterTuningJob';
const job = (stack: Stack, props: Partial<Props> = {}) => new HyperParameterTuningJob(stack, 'Job', { ...LEAST_TUNING, ...props });
/** What each definition of a list needs at least, besides its name. */
const LISTED = { ...LEAST, tuningObjective: LEAST_TUNING.hyperParameterTuningJobObjective };
const withDefinitions = (stack: Stack, definitions: Partial<Definition>[], props: Partial<Props> = {}) => job(stack, {
  trainingJobDefinition: undefined,
  trainingJobDefinitions: definitions.map((definition, index) => ({ ...LISTED, definitionName: `d${index}`, ...definition })),
  ...props,
});
const importedRole = (stack: Stack, name: string) => iam.Role.fromRoleArn(stack, name, `arn:aws:iam::111122223333:role/${name}`);
const tuningRequest = (example: Example) => requestOf(example, JOB);

describe('role', () => {
  test('the default role is one for all definitions, and may do what any of them needs', () => {
    const template = templateOf((stack) => withDefinitions(stack, [
      { inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://first/train'))] },
      { outputLocation: S3Location.fromUri('s3://second/models'), vpc: new ec2.Vpc(stack, 'Vpc') },
    ]));

    expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.startsWith('Job'))).toHaveLength(1);
    expect(actionsOf(template, 'JobRole')).toEqual(expect.arrayContaining(['ec2:CreateNetworkInterface', 'logs:PutLogEvents', 's3:GetObject', 's3:PutObject']));
    const resources = JSON.stringify(statementsOf(template, 'JobRole').map(({ Resource }) => Resource));
    expect(resources).toContain('first/train*');
    expect(resources).toContain('second/models/*');
  });

  test('the default role may do no more than a training job with the same options needs', () => {
    const options: HyperParameterTrainingJobDefinition = { ...LEAST, inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://data/train'))] };

    const tuning = templateOf((stack) => job(stack, { trainingJobDefinition: options }));
    const training = templateOf((stack) => new TrainingJob(stack, 'Job', options));

    expect(statementsOf(tuning, 'JobRole')).toEqual(statementsOf(training, 'JobRole'));
  });

  test('definitions can have roles of their own, which the function may pass', () => {
    // WHEN
    const template = templateOf((stack) => withDefinitions(stack, [{ role: importedRole(stack, 'First') }, { role: importedRole(stack, 'Second') }]));

    // THEN
    const passed = statementsOf(template, 'SageMakerJobProvider').filter(({ Action }) => Action === 'iam:PassRole').flatMap(({ Resource }) => Resource);
    expect(passed).toEqual(['arn:aws:iam::111122223333:role/First', 'arn:aws:iam::111122223333:role/Second']);
    expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.startsWith('Job'))).toEqual([]);
  });

  test('definitions without a role of their own get that of the tuning job', () => {
    const request = tuningRequest((stack) => withDefinitions(stack, [{}, { role: importedRole(stack, 'Own') }], { role: importedRole(stack, 'Shared') }));

    expect(request.TrainingJobDefinitions.map(({ RoleArn }: any) => RoleArn)).toEqual(['arn:aws:iam::111122223333:role/Shared', 'arn:aws:iam::111122223333:role/Own']);
  });

  test('the job starts when all roles of the app are there', () => {
    const template = templateOf((stack) => withDefinitions(stack, [{}, { role: new iam.Role(stack, 'Own', { assumedBy: new iam.AnyPrincipal() }) }]));

    const [{ DependsOn }] = Object.values(template.findResources(JOB));
    expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^Own/), expect.stringMatching(/^JobRole/)]));
  });

  const ROLES = ['First', 'Second'];
  const withRoles = (stack: Stack) => withDefinitions(stack, ROLES.map((id) => (
    { role: new iam.Role(stack, id, { assumedBy: new iam.AnyPrincipal() }) }
  )));

  test('a grant to the job is for the roles of all definitions', () => {
    const template = templateOf((stack) => new s3.Bucket(stack, 'Bucket').grantRead(withRoles(stack)));

    for (const id of ROLES) expect(actionsOf(template, id)).toContain('s3:GetObject*');
  });

  test('a resource policy names the roles of all definitions', () => {
    const template = templateOf((stack) => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      iam.Grant.addToPrincipalAndResource({ grantee: withRoles(stack), actions: ['s3:GetObject'], resourceArns: [bucket.arnForObjects('*')], resource: bucket });
    });

    const [{ Properties: { PolicyDocument: { Statement: [{ Principal }] } } }] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    expect(Principal.AWS).toEqual(ROLES.map((id) => ({ 'Fn::GetAtt': [expect.stringMatching(`^${id}`), 'Arn'] })));
  });

  test('a resource can depend on the permissions of all roles', () => {
    const template = templateOf((stack) => {
      const topic = new sns.Topic(stack, 'Topic');
      topic.grantPublish(withRoles(stack)).applyBefore(new sns.Topic(stack, 'Later'));
    });

    const [{ DependsOn }] = Object.values(template.findResources('AWS::SNS::Topic')).filter((topic) => topic.DependsOn);
    expect(DependsOn).toEqual(ROLES.flatMap((id) => [expect.stringMatching(`^${id}DefaultPolicy`)]));
  });

  test('keys of the volumes can be used', () => {
    const template = templateOf((stack) => job(stack, {
      trainingJobDefinition: {
        ...LEAST, hyperParameterTuningResourceConfig: { instanceType: MlInstanceType.ML_M5_LARGE, volumeEncryptionKey: new kms.Key(stack, 'Key') },
      },
    }));

    expect(actionsOf(template, 'JobRole')).toContain('kms:CreateGrant');
  });

  test('the function may look at the training jobs that the tuning job launches', () => {
    const template = templateOf((stack) => job(stack, { hyperParameterTuningJobNamePrefix: 'vision' }));

    const statement = statementsOf(template, 'SageMakerJobProvider').find(({ Action }) => Action.includes('sagemaker:DescribeTrainingJob'));
    expect(statement.Action).toContain('sagemaker:ListTrainingJobsForHyperParameterTuningJob');
    expect(JSON.stringify(statement.Resource)).toContain(':training-job/*');
  });
});

describe('definitions', () => {
  const options: HyperParameterTrainingJobDefinition = {
    ...LEAST,
    hyperParameters: { epochs: '10', depth: '4' },
    inputDataConfig: [InputChannel.fromS3('train', S3Location.fromUri('s3://data/train'))],
    instanceType: MlInstanceType.ML_G5_XLARGE,
    maxRuntime: Duration.hours(2),
    environment: { MODE: 'fast' },
  };

  test('what a training job is told can be given to a tuning job as it is', () => {
    const role = (stack: Stack) => importedRole(stack, 'Imported');

    const { HyperParameters, ...training } = requestOf((stack) => new TrainingJob(stack, 'Training', { ...options, role: role(stack) }));
    const tuning = tuningRequest((stack) => job(stack, { role: role(stack), trainingJobDefinition: options }));
    const { StaticHyperParameters, ...definition } = tuning.TrainingJobDefinition;

    expect(definition).toEqual(training);
    expect(HyperParameters).toEqual({ epochs: '10', depth: '4' });
    expect(StaticHyperParameters).toEqual({ epochs: '10' });
  });

  test('a parameter that a definition tunes itself is not static there', () => {
    const request = tuningRequest((stack) => withDefinitions(stack, [
      { ...options, hyperParameterRanges: [ParameterRange.integer('epochs', 1, 10)] }, { ...options, definitionName: 'other' },
    ], { parameterRanges: undefined }));

    expect(request.TrainingJobDefinitions.map(({ StaticHyperParameters }: any) => StaticHyperParameters)).toEqual([{ depth: '4' }, { epochs: '10', depth: '4' }]);
  });

  test('tokens in ranges are resolved', () => {
    const request = tuningRequest((stack) => {
      const least = new CfnParameter(stack, 'Least', { type: 'Number' });
      return job(stack, { parameterRanges: [ParameterRange.integer('depth', least.valueAsNumber, 8), ParameterRange.categorical('mode', [least.valueAsString])] });
    });

    expect(request.HyperParameterTuningJobConfig.ParameterRanges).toEqual({
      IntegerParameterRanges: [{ Name: 'depth', MinValue: { Ref: 'Least' }, MaxValue: '8' }],
      CategoricalParameterRanges: [{ Name: 'mode', Values: [{ Ref: 'Least' }] }],
    });
  });

  test('what ends the tuning job only in one way leaves the others out', () => {
    expect(tuningRequest((stack) => job(stack, { completeOnConvergence: false })).HyperParameterTuningJobConfig.TuningJobCompletionCriteria)
      .toEqual({ ConvergenceDetected: { CompleteOnConvergence: 'Disabled' } });
    expect(tuningRequest((stack) => job(stack, { enableAutotune: false })).Autotune).toBeUndefined();
  });

  test('each definition in a VPC has its security group, and all are connected at once', () => {
    // WHEN
    const template = templateOf((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc');
      const tuning = withDefinitions(stack, [{ vpc }, { vpc }, {}]);
      new ec2.SecurityGroup(stack, 'Database', { vpc }).connections.allowFrom(tuning, ec2.Port.tcp(5432));
    });

    // THEN
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
    expect(rules.filter(({ Properties }) => Properties.FromPort === 5432)).toHaveLength(2);
    expect(rules.filter(({ Properties }) => Properties.IpProtocol === '-1')).toHaveLength(2);
  });

  test('a tuning job without a VPC has no connections', () => {
    expect(() => templateOf((stack) => job(stack).connections)).toThrow('Stack/Job: connections: only a hyperparameter tuning job with `vpc` has security groups');
  });
});

describe('warm start', () => {
  test('a tuning job learns from one of the same app and from one by name', () => {
    const template = templateOf((stack) => {
      const first = new HyperParameterTuningJob(stack, 'First', { ...LEAST_TUNING, maxRuntime: Duration.minutes(5) });
      return job(stack, {
        maxRuntime: Duration.minutes(5),
        warmStartConfig: {
          parentHyperParameterTuningJobs: [first, HyperParameterTuningJob.fromHyperParameterTuningJobName(stack, 'Other', 'other')],
          warmStartType: HyperParameterTuningJobWarmStartType.IDENTICAL_DATA_AND_ALGORITHM,
        },
      });
    });

    const [first] = Object.keys(template.findResources(JOB)).filter((id) => id.startsWith('First'));
    template.hasResourceProperties(JOB, {
      Request: {
        WarmStartConfig: {
          ParentHyperParameterTuningJobs: [{ HyperParameterTuningJobName: { Ref: first } }, { HyperParameterTuningJobName: 'other' }],
          WarmStartType: 'IdenticalDataAndAlgorithm',
        },
      },
    });
  });
});

describe('resource', () => {
  test.each<[string, Partial<Props>, object]>([
    ['by default named after stack and construct', {}, { NamePrefix: 'stack-job', Name: Match.absent(), Rerun: Match.absent() }],
    ['with a prefix', { hyperParameterTuningJobNamePrefix: 'vision' }, { NamePrefix: 'vision' }],
    ['with an exact name', { hyperParameterTuningJobName: 'exact' }, { Name: 'exact', NamePrefix: Match.absent() }],
    ['with a trigger', { rerunTrigger: 'monday' }, { Rerun: 'monday' }],
    ['not waited for', { waitForCompletion: false }, { Wait: { Seconds: '0' } }],
  ])('a job %s', (_name, props, expected) => {
    templateOf((stack) => job(stack, props)).hasResourceProperties(JOB, expected);
  });

  test('the default prefix has 17 characters at most, and says which job it is', () => {
    const stack = new Stack(new App(), 'ProductionVisionModels');
    new HyperParameterTuningJob(stack, 'ImageClassifierTuning', LEAST_TUNING);

    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(JOB));
    expect(Properties.NamePrefix.length).toBeLessThanOrEqual(17);
    expect(Properties.NamePrefix).toMatch(/^[a-z0-9-]+tuning$/);
  });

  const seconds = (props: Partial<Props>) => Object.values<any>(templateOf((stack) => job(stack, props)).toJSON().Resources)
    .reduce((sum, { Properties }) => sum + Number(Properties.Wait?.Seconds ?? 0), 0);
  const hour: Definition = { ...LEAST, maxRuntime: Duration.hours(1) };

  test.each<[string, Partial<Props>, number]>([
    ['its own maximum', { maxRuntime: Duration.hours(2), maxNumberOfTrainingJobs: 100 }, 2],
    ['the rounds of parallel training jobs', { maxNumberOfTrainingJobs: 5, maxParallelTrainingJobs: 2, trainingJobDefinition: hour }, 3 * (1 + 1 / 6)],
    ['the longest definition', {
      maxNumberOfTrainingJobs: 2,
      maxParallelTrainingJobs: 2,
      trainingJobDefinition: undefined,
      trainingJobDefinitions: [{ ...LISTED, ...hour, definitionName: 'a' }, { ...LISTED, ...hour, definitionName: 'b', maxRuntime: Duration.hours(4) }],
    }, 4 + 1 / 6],
    ['the combinations of a grid', {
      strategy: HyperParameterTuningJobStrategyType.GRID,
      maxNumberOfTrainingJobs: undefined,
      maxParallelTrainingJobs: 3,
      trainingJobDefinition: hour,
      parameterRanges: [ParameterRange.categorical('a', ['1', '2', '3']), ParameterRange.categorical('b', ['x', 'y'])],
    }, 2 * (1 + 1 / 6)],
  ])('the deployment waits as long as the job may run by %s, and some minutes for each round to start', (_name, props, hours) => {
    expect(seconds(props) - 45 * 60).toBeCloseTo(hours * 3600, -2);
  });

  test('a job whose end nothing limits is not waited for without a word', () => {
    expect(complaintOf((stack) => job(stack, { maxNumberOfTrainingJobs: undefined }))).toBe('');
    expect(complaintOf((stack) => job(stack, { maxNumberOfTrainingJobs: undefined, waitTimeout: Duration.hours(3) }))).toBe('');
  });
});

describe('attributes', () => {
  test('the best model goes into a model of the same stack', () => {
    const template = templateOf((stack) => {
      const tuning = job(stack, { maxRuntime: Duration.minutes(5) });
      new sagemaker.CfnModel(stack, 'Model', { executionRoleArn: tuning.role.roleArn, primaryContainer: { modelDataUrl: tuning.bestTrainingJob.s3ModelArtifacts } });
    });

    const [id] = Object.keys(template.findResources(JOB));
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { ModelDataUrl: { 'Fn::GetAtt': [id, 'BestTrainingJob.ModelArtifacts.S3ModelArtifacts'] } },
    });
  });

  test('a described number can be used where a number is required', () => {
    const template = templateOf((stack) => {
      const threshold = Token.asNumber(job(stack, { maxRuntime: Duration.minutes(5) }).completedTrainingJobCount);
      new cloudwatch.Alarm(stack, 'Alarm', { metric: new cloudwatch.Metric({ namespace: 'n', metricName: 'm' }), evaluationPeriods: 1, threshold });
    });

    const [id] = Object.keys(template.findResources('Custom::SageMakerHyperParameterTuningJob'));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: { 'Fn::GetAtt': [id, 'TrainingJobStatusCounters.Completed'] } });
  });

  test('described values are attributes in the words of the API', () => {
    const values = (tuning: HyperParameterTuningJob) => [
      tuning.hyperParameterTuningJobArn, tuning.creationTime, tuning.completedTrainingJobCount, tuning.failedObjectiveCount,
      tuning.consumedRuntimeInSeconds, tuning.bestTrainingJob.trainingJobName, tuning.bestTrainingJob.objectiveValue, tuning.bestTrainingJob.hyperParameter('lr'),
      tuning.overallBestTrainingJob.tuningJobName,
    ];
    const template = templateOf((stack) => values(job(stack, { maxRuntime: Duration.minutes(5) }))
      .forEach((value, index) => new CfnOutput(stack, `Output${index}`, { value })));

    const [id] = Object.keys(template.findResources(JOB));
    expect(Object.values(template.toJSON().Outputs).map(({ Value }: any) => Value)).toEqual([
      'HyperParameterTuningJobArn', 'CreationTime', 'TrainingJobStatusCounters.Completed', 'ObjectiveStatusCounters.Failed',
      'ConsumedResources.RuntimeInSeconds', 'BestTrainingJob.TrainingJobName', 'BestTrainingJob.FinalHyperParameterTuningJobObjectiveMetric.Value',
      'BestTrainingJob.TunedHyperParameters.lr', 'OverallBestTrainingJob.TuningJobName',
    ].map((attribute) => ({ 'Fn::GetAtt': [id, attribute] })));
  });

  test('what is known in the end cannot be read from a job that is not waited for', () => {
    expect(() => templateOf((stack) => new CfnOutput(stack, 'Model', { value: job(stack, { waitForCompletion: false }).bestTrainingJob.s3ModelArtifacts })))
      .toThrow('[Stack/Job] bestTrainingJob.s3ModelArtifacts: must not be read if `waitForCompletion` is false, because it is known only after the job has ended');
  });
});

describe('grants, events and logs', () => {
  test('grants are for the names that the job can have, in lower case', () => {
    const template = templateOf((stack) => {
      const user = new iam.User(stack, 'User');
      job(stack, { hyperParameterTuningJobNamePrefix: 'Vision' }).grantDescribe(user);
      HyperParameterTuningJob.fromHyperParameterTuningJobName(stack, 'Other', 'Other').grantStop(user);
    });

    const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) => Properties.Users);
    expect(policy.Properties.PolicyDocument.Statement.map(({ Action }: any) => Action)).toEqual([
      'sagemaker:DescribeHyperParameterTuningJob', 'sagemaker:StopHyperParameterTuningJob',
    ]);
    expect(JSON.stringify(policy)).toContain(':hyper-parameter-tuning-job/vision-??????????');
    expect(JSON.stringify(policy)).toContain(':hyper-parameter-tuning-job/other');
  });

  test.each([
    ['onStateChange', undefined], ['onCompleted', ['Completed']], ['onFailed', ['Failed']], ['onStopped', ['Stopped']],
  ] as const)('%s matches the job under every name that it can have', (method, statuses) => {
    templateOf((stack) => job(stack, { hyperParameterTuningJobNamePrefix: 'Vision' })[method]('Rule')).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.sagemaker'],
        'detail-type': ['SageMaker HyperParameter Tuning Job State Change'],
        'detail': { HyperParameterTuningJobName: [{ prefix: 'Vision-' }], ...statuses ? { HyperParameterTuningJobStatus: statuses } : {} },
      },
    });
  });

  test('the log group is that of the training jobs', () => {
    expect(job(new Stack(new App(), 'Stack')).logGroup.logGroupName).toBe('/aws/sagemaker/TrainingJobs');
  });

  test('a job that exists is known by its ARN', () => {
    const tuning = HyperParameterTuningJob.fromHyperParameterTuningJobArn(
      new Stack(new App(), 'Stack'), 'Job', 'arn:aws:sagemaker:us-east-1:444455556666:hyper-parameter-tuning-job/vision-1',
    );

    expect(tuning.hyperParameterTuningJobName).toBe('vision-1');
    expect(tuning.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });
});

describe('checks', () => {
  const range = ParameterRange.integer('depth', 2, 8);
  const variables = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`V${index}`, '']));
  const resources = { instanceType: MlInstanceType.ML_M5_LARGE, instanceConfigs: [{ instanceType: MlInstanceType.ML_M5_LARGE }] };

  test.each<[string, Partial<Props>, string]>([
    ['a name that is too long', { hyperParameterTuningJobName: 'x'.repeat(33) }, 'hyperParameterTuningJobName: must have 1 to 32 characters; got 33'],
    ['a prefix that is too long', { hyperParameterTuningJobNamePrefix: 'x'.repeat(18) }, 'hyperParameterTuningJobNamePrefix: must have 1 to 17 characters; got 18'],
    ['a name and a prefix', { hyperParameterTuningJobName: 'a', hyperParameterTuningJobNamePrefix: 'b' },
      'hyperParameterTuningJobName: cannot be specified together with `hyperParameterTuningJobNamePrefix`'],
    ['no definition', { trainingJobDefinition: undefined }, 'trainingJobDefinition: is required unless `trainingJobDefinitions` is specified'],
    ['one definition and several', { trainingJobDefinitions: [{ ...LEAST, definitionName: 'a' }] },
      'trainingJobDefinition: cannot be specified together with `trainingJobDefinitions`'],
    ['an empty list of definitions', { trainingJobDefinition: undefined, trainingJobDefinitions: [] }, 'trainingJobDefinitions: must have 1 to 10 entries; got 0'],
    ['a list with a definition without a name', { trainingJobDefinition: undefined, trainingJobDefinitions: [LEAST] },
      'trainingJobDefinitions[0].definitionName: is required in a list of definitions'],
    ['two definitions of the same name', {
      trainingJobDefinition: undefined, trainingJobDefinitions: [{ ...LEAST, definitionName: 'a' }, { ...LEAST, definitionName: 'a' }],
    }, 'trainingJobDefinitions[1].definitionName: must be unique; got a'],
    ['a name of a definition with underscores', { trainingJobDefinition: { ...LEAST, definitionName: 'a_b' } },
      'trainingJobDefinition.definitionName: must consist of letters, digits and hyphens'],
    ['a parameter twice', { parameterRanges: [range, range] }, 'parameterRanges[depth].parameterName: must be unique; got depth'],
    ['more parallel training jobs than there are', { maxNumberOfTrainingJobs: 2, maxParallelTrainingJobs: 3 },
      'maxParallelTrainingJobs: must be at most `maxNumberOfTrainingJobs` (2); got 3'],
    ['a definition without an algorithm', { trainingJobDefinition: { outputLocation: LEAST.outputLocation } },
      'trainingJobDefinition.trainingImage: is required unless `algorithmName` is specified'],
    ['too many variables', { trainingJobDefinition: { ...LEAST, environment: variables } }, 'trainingJobDefinition.environment: must have at most 48 entries; got 49'],
    ['two ways to say the instances', {
      trainingJobDefinition: { ...LEAST, instanceCount: 2, hyperParameterTuningResourceConfig: { instanceType: MlInstanceType.ML_M5_LARGE } },
    }, 'trainingJobDefinition.hyperParameterTuningResourceConfig: cannot be specified together with `instanceCount`'],
    ['a type beside a list of instances', { trainingJobDefinition: { ...LEAST, hyperParameterTuningResourceConfig: resources } },
      'trainingJobDefinition.hyperParameterTuningResourceConfig.instanceType: cannot be specified together with `instanceConfigs`'],
    ['flexible instances without any', { trainingJobDefinition: { ...LEAST, hyperParameterTuningResourceConfig: {} } },
      'trainingJobDefinition.hyperParameterTuningResourceConfig.instanceType: is required unless `instanceConfigs` is specified'],
    ['an image of a registry in a VPC', {
      trainingJobDefinition: { trainingImage: ContainerImage.fromPrivateRegistry('example.com/train:v1'), outputLocation: LEAST.outputLocation },
    }, 'trainingJobDefinition.trainingImage: cannot be an image of a private registry in a VPC for a tuning job'],
    ['no parents', { warmStartConfig: { parentHyperParameterTuningJobs: [], warmStartType: HyperParameterTuningJobWarmStartType.TRANSFER_LEARNING } },
      'warmStartConfig.parentHyperParameterTuningJobs: must have 1 to 5 entries; got 0'],
  ])('%s is refused', (_name, props, message) => {
    expect(complaintOf((stack) => job(stack, props))).toContain(`[Stack/Job] ${message}`);
  });

  test('tokens pass', () => {
    expect(complaintOf((stack) => {
      const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
      const text = Lazy.string({ produce: () => 'text' });
      return new HyperParameterTuningJob(stack, 'Job', {
        hyperParameterTuningJobName: text,
        hyperParameterTuningJobObjective: HyperParameterTuningJobObjective.of(text, text),
        strategy: HyperParameterTuningJobStrategyType.of(text),
        parameterRanges: [ParameterRange.integer(text, number, number), ParameterRange.integer(text, number, number)],
        maxNumberOfTrainingJobs: number,
        maxParallelTrainingJobs: 5,
        waitTimeout: Duration.hours(1),
        trainingJobDefinitions: [{ ...LISTED, definitionName: text }, { ...LISTED, definitionName: text }],
      });
    })).toBe('');
  });

  test('a number of training jobs that is a token does not say how long to wait', () => {
    expect(complaintOf((stack) => job(stack, { maxNumberOfTrainingJobs: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber })))
      .toContain('waitTimeout: is required if the runtime of the job is a token');
  });
});
