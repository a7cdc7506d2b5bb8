import { App, Duration, Size, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import jsonata from 'jsonata';
import * as jobs from '../../src';
import { RESOURCE_TYPE } from '../../src/contract';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { actionsOf, statementsOf, withoutLocations } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';
import { LEAST_TRANSFORM } from '../fixtures/transform-jobs';

/** The kinds of jobs that Step Functions waits for, with the least props of each. */
const KINDS = [
  ['TrainingJob', jobs.TrainingJob, LEAST, { hyperParameters: { depth: 3 }, maxRuntime: Duration.hours(2), environment: { A: 1 } }],
  ['HyperParameterTuningJob', jobs.HyperParameterTuningJob, LEAST_TUNING, { randomSeed: 7, maxParallelTrainingJobs: 2 }],
  ['ProcessingJob', jobs.ProcessingJob, LEAST_PROCESSING, { containerArguments: ['--all'], maxRuntime: Duration.hours(2), instanceCount: 2 }],
  ['TransformJob', jobs.TransformJob, LEAST_TRANSFORM, { maxPayload: Size.mebibytes(20), instanceCount: 2, environment: { A: 1 } }],
] as const;

/** The parts of a request, or of the parameters of a state, with the location of an output that contains the name of the job. */
const outputsOf = (request: any) => [request.ProcessingOutputConfig?.Outputs[0].S3Output, request.TransformOutput].filter(Boolean);

const HASH = "States.Hash(States.Format('{} {} {}', $$.Execution.Id, $$.State.EnteredTime, $$.State.RetryCount), 'MD5')";
const SHORT_HASH = "States.ArrayGetItem(States.StringSplit(States.UUID(), '-'), 4)";

/** The stack of a state machine that consists of one state. */
function machineOf(make: (stack: Stack) => sfn.TaskStateBase, queryLanguage?: sfn.QueryLanguage): Template {
  const stack = new Stack(new App(), 'Stack');
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(make(stack)), queryLanguage });
  return Template.fromStack(stack);
}

/** The only state of the state machine, with each intrinsic function as the name of what it refers to. */
function stateOf(template: Template): any {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const parts: any[] = machine.Properties.DefinitionString['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt']?.join('.')}>`)).join('');
  return Object.values(JSON.parse(text).States)[0];
}

const processing = (props: Partial<jobs.ProcessingJobTaskStateProps>, language?: sfn.QueryLanguage) => (
  stateOf(machineOf((stack) => jobs.ProcessingJob.taskState(stack, 'Run', { ...LEAST_PROCESSING, ...props }), language)));

function complaintOf(make: (stack: Stack) => unknown): string {
  const stack = new Stack(new App(), 'Stack');
  try {
    make(stack);
    Template.fromStack(stack);
    return '';
  } catch (error) {
    return withoutLocations((error as Error).message).replace(/^.*\[Stack\/\w+\] /gm, '');
  }
}

describe.each(KINDS)('a state that runs a %s', (noun, construct: any, least, more) => {
  const hasRole = noun !== 'TransformJob';
  const make = (props: object = {}) => (stack: Stack) => construct.taskState(stack, 'Run', { ...least, ...props }) as jobs.JobTaskState;

  test('contains the same request as the construct, under a name of the execution', () => {
    const role = (stack: Stack) => (hasRole ? { role: iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/Job') } : {});
    const stack = new Stack(new App(), 'Stack');
    new construct(stack, 'Run', { ...least, ...more, ...role(stack) });
    const type = (RESOURCE_TYPE as any)[noun[0].toLowerCase() + noun.slice(1)];
    const [{ Properties: { Request } }] = Object.values(Template.fromStack(stack).findResources(type));

    const state = stateOf(machineOf((other) => make({ ...more, ...role(other) })(other)));

    const { [`${noun}Name.$`]: name, ...request } = state.Parameters;
    // The construct's handler appends the name of the job to the locations of outputs.
    const [outputs, ours] = [Request, request].map(outputsOf);
    outputs.forEach((output, index) => {
      const member = 'S3Uri' in output ? 'S3Uri' : 'S3OutputPath';
      expect(ours[index][`${member}.$`]).toBe(`States.Format('${output[member]}/stack-run-{}/', ${HASH})`);
      delete ours[index][`${member}.$`];
      delete output[member];
    });
    expect(request).toEqual(Request);
    expect(name).toBe(`States.Format('stack-run-{}', ${noun === 'HyperParameterTuningJob' ? SHORT_HASH : HASH})`);
    expect(state).toMatchObject({ Type: 'Task', Resource: `arn:<AWS::Partition>:states:::sagemaker:create${noun}.sync`, End: true });
  });

  test(`creates ${hasRole ? 'a' : 'no'} role for SageMaker, and no custom resource`, () => {
    const template = machineOf(make());

    expect(Object.values(template.toJSON().Resources).map(({ Type }: any) => Type).sort()).toEqual([
      ...['AWS::IAM::Policy', 'AWS::IAM::Role'].flatMap((type) => (hasRole ? [type, type] : [type])), 'AWS::StepFunctions::StateMachine',
    ]);
    expect(Object.values(template.findResources('AWS::IAM::Role', { Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'sagemaker.amazonaws.com' } }] } } })))
      .toHaveLength(hasRole ? 1 : 0);
  });

  test('lets the state machine run jobs of this name, pass their role, and wait for them', () => {
    const template = machineOf(make());

    const events = { TrainingJob: 'Training', HyperParameterTuningJob: 'Tuning', ProcessingJob: 'Processing', TransformJob: 'Transform' }[noun];
    expect(actionsOf(template, 'MachineRole')).toEqual([
      'events:DescribeRule', 'events:PutRule', 'events:PutTargets', ...hasRole ? ['iam:PassRole'] : [],
      'sagemaker:AddTags', `sagemaker:Create${noun}`, `sagemaker:Describe${noun}`, 'sagemaker:ListTags', `sagemaker:Stop${noun}`,
    ]);
    const statements = statementsOf(template, 'MachineRole').map(({ Action, Condition, Resource }) => ({ actions: [Action].flat(), Condition, resource: JSON.stringify(Resource) }));
    const of = (action: string) => statements.find(({ actions }) => actions.includes(action))!;
    if (hasRole) {
      expect(of('iam:PassRole')).toMatchObject({
        Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }, resource: expect.stringMatching(/"RunRole[0-9A-F]{8}","Arn"/),
      });
    }
    expect(of('sagemaker:AddTags').Condition.StringEquals).toEqual({ 'sagemaker:TaggingAction': `Create${noun}` });
    expect(of('events:PutRule').resource).toContain(`:rule/StepFunctionsGetEventsForSageMaker${events}JobsRule"`);
    for (const { actions, resource } of statements.filter(({ actions: [first] }) => first.startsWith('sagemaker:'))) {
      expect([actions, resource]).toEqual([actions, expect.stringMatching(/-job\/stack-run-\?+"/)]);
    }
  });

  test('is checked by the rules of the construct', () => {
    const broken: object = {
      ...hasRole ? { enableNetworkIsolation: 'yes', maxRuntime: Duration.seconds(0.5), subnetIds: ['subnet-1'] }
        : { maxPayload: Size.mebibytes(200), maxConcurrentTransforms: -1, instanceCount: 'two' },
      environment: { '1=': 'x' },
    };
    const props = { ...least, ...'trainingJobDefinition' in least ? { trainingJobDefinition: { ...least.trainingJobDefinition, ...broken } } : broken };
    const ofConstruct = complaintOf((stack) => new construct(stack, 'Run', { ...props, waitTimeout: Duration.hours(1) }));

    expect(ofConstruct.split('\n').length).toBeGreaterThan(3);
    expect(complaintOf((stack) => construct.taskState(stack, 'Run', props))).toBe(ofConstruct);
  });

  if (noun !== 'TransformJob') {
    test('is checked for the Region of its stack', () => {
      const image = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.us-east-1.amazonaws.com/churn:v1');
      const ofOtherRegion = {
        TrainingJob: { trainingImage: image },
        HyperParameterTuningJob: { trainingJobDefinition: { ...LEAST, trainingImage: image } },
        ProcessingJob: { image },
      }[noun];
      const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
      make(ofOtherRegion)(stack);

      expect(() => Template.fromStack(stack)).toThrow(/[iI]mage: must be an image in eu-west-1, the Region of the stack; got an image in us-east-1/);
    });
  }

  test('rejects the options of deployments, which would have no effect', () => {
    expect(complaintOf(make({ rerunTrigger: 'again', waitForCompletion: false }))).toContain(
      `rerunTrigger: cannot be passed to ${noun}.taskState(): it is a property of`);
    expect(complaintOf((stack) => construct.taskState(stack, 'Run', {}))).toMatch(/Validation failed|must be specified|is required/);
  });

  test('limits the prefix of the name, and accepts a name from the execution', () => {
    const max = noun === 'HyperParameterTuningJob' ? 19 : 30;
    const property = `${noun[0].toLowerCase()}${noun.slice(1)}Name`;
    const named = (name: string) => machineOf(make({ [property]: name }));
    const resources = (template: Template) => JSON.stringify(statementsOf(template, 'MachineRole').find(({ Action }) => Action === `sagemaker:Create${noun}`).Resource);

    expect(complaintOf(make({ [`${property}Prefix`]: 'p'.repeat(max) }))).toBe('');
    expect(complaintOf(make({ [`${property}Prefix`]: 'p'.repeat(max + 1) }))).toContain(`${property}Prefix: must have 1 to ${max} characters`);
    expect(stateOf(named(sfn.JsonPath.executionName)).Parameters[`${noun}Name.$`]).toBe('$$.Execution.Name');
    expect(resources(named(sfn.JsonPath.executionName))).toMatch(/-job\/\*"/);
    const daily = named(sfn.JsonPath.format('daily-{}', sfn.JsonPath.executionName));
    expect(stateOf(daily).Parameters[`${noun}Name.$`]).toBe("States.Format('daily-{}', $$.Execution.Name)");
    expect(resources(named(`daily-${sfn.JsonPath.executionName}`))).toMatch(/-job\/daily-\*"/);
  });

  test('that only starts the job needs no permission to wait for it', () => {
    const template = machineOf(make({ integrationPattern: sfn.IntegrationPattern.REQUEST_RESPONSE }));

    expect(stateOf(template).Resource).toBe(`arn:<AWS::Partition>:states:::sagemaker:create${noun}`);
    expect(actionsOf(template, 'MachineRole')).toEqual([...hasRole ? ['iam:PassRole'] : [], 'sagemaker:AddTags', `sagemaker:Create${noun}`, 'sagemaker:ListTags']);
    expect(complaintOf(make({ integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN }))).toContain('integrationPattern: must be RUN_JOB or REQUEST_RESPONSE');
  });
});

describe('values of the input', () => {
  const sageMaker = 'arn:aws:sagemaker:eu-west-1:111122223333';
  const hub = 'arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub';
  const value = (name: string) => sfn.JsonPath.stringAt(`$.${name}`);
  /** The last parts of the resources of the statements that allow an action. */
  const resourcesOf = (template: Template, role: string, action: string): string[] => statementsOf(template, role)
    .filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource)
    .map((arn) => (typeof arn === 'string' ? arn : arn['Fn::Join'][1].at(-1)));
  const day = sfn.JsonPath.stringAt('$.day');

  test('become paths, also as a part of a string or of a list, and as a number among strings', () => {
    const { Parameters } = processing({
      containerArguments: ['--day', day, `--label={it's} ${day}`],
      environment: { DAY: day, COUNT: sfn.JsonPath.numberAt('$.count'), TEXT: "{it's}" },
      instanceCount: sfn.JsonPath.numberAt('$.instances'),
      instanceType: jobs.MlInstanceType.of(sfn.JsonPath.stringAt('$.type')),
      maxRuntime: Duration.seconds(sfn.JsonPath.numberAt('$.seconds')),
    });

    expect(Parameters.AppSpecification).toEqual({
      'ImageUri': expect.any(String),
      'ContainerArguments.$': "States.Array('--day', $.day, States.Format('--label=\\{it\\'s\\} {}', $.day))",
    });
    expect(Parameters.Environment).toEqual({ 'DAY.$': '$.day', 'COUNT.$': "States.Format('{}', $.count)", 'TEXT': "{it's}" });
    expect(Parameters.ProcessingResources.ClusterConfig).toEqual({ 'InstanceCount.$': '$.instances', 'InstanceType.$': '$.type', 'VolumeSizeInGB': 30 });
    expect(Parameters.StoppingCondition).toEqual({ 'MaxRuntimeInSeconds.$': '$.seconds' });
  });

  test('in a location are wildcards of the permissions', () => {
    const template = machineOf((stack) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'data');
      return jobs.ProcessingJob.taskState(stack, 'Run', {
        image: LEAST_PROCESSING.image,
        processingInputs: [
          jobs.ProcessingInput.fromS3('raw', jobs.S3Location.fromBucket(bucket, `raw/${day}/`)),
          jobs.ProcessingInput.fromS3('more', jobs.S3Location.fromUri(`s3://more/${day}/x`)),
          jobs.ProcessingInput.fromS3('any', jobs.S3Location.fromUri(sfn.JsonPath.stringAt('$.uri'))),
          jobs.ProcessingInput.fromS3('bucket', jobs.S3Location.fromUri(`s3://${sfn.JsonPath.stringAt('$.bucket')}/x`)),
        ],
        processingOutputs: [
          jobs.ProcessingOutput.toS3('train', jobs.S3Location.fromBucket(bucket, `train/${day}`)),
          jobs.ProcessingOutput.toFeatureGroup('features', sfn.JsonPath.stringAt('$.group')),
        ],
      });
    });

    const uris = stateOf(template).Parameters.ProcessingInputs.map(({ S3Input }: any) => S3Input['S3Uri.$']);
    expect(uris).toEqual(["States.Format('s3://data/raw/{}/', $.day)", "States.Format('s3://more/{}/x', $.day)", '$.uri', "States.Format('s3://{}/x', $.bucket)"]);
    const resources = (action: string) => resourcesOf(template, 'RunRole', action);
    expect(resources('s3:GetObject')).toEqual([':s3:::data/raw/*/*', ':s3:::more/*/x*']);
    expect(resources('s3:PutObject')).toEqual([':s3:::data/train/*/*']);
    expect(resources('sagemaker:PutRecord')).toEqual([':feature-group/*']);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('$.');
  });

  test('in an ARN are wildcards of the permissions', () => {
    const template = machineOf((stack) => jobs.TrainingJob.taskState(stack, 'Run', {
      ...LEAST,
      mlflowConfig: { mlflowResourceArn: `${sageMaker}:mlflow-tracking-server/${value('server')}` },
      modelPackageConfig: {
        modelPackageGroupArn: `${sageMaker}:model-package-group/${value('group')}`, sourceModelPackageArn: `${sageMaker}:model-package/churn/${value('version')}`,
      },
      inputDataConfig: [jobs.InputChannel.fromHubDatasetArn('train', `${hub}/DataSet/${value('dataset')}/1.0.0`)],
      subnetIds: [value('subnet')],
      securityGroupIds: ['sg-11111111'],
      trainingPlanArn: `${sageMaker}:training-plan/${value('plan')}`,
    }));

    const resources = (action: string) => resourcesOf(template, 'RunRole', action);
    expect(resources('sagemaker-mlflow:LogMetric')).toEqual([`${sageMaker}:mlflow-tracking-server/*`]);
    expect(resources('sagemaker:CallMlflowAppApi')).toEqual([]);
    expect(resources('sagemaker:CreateModelPackage')).toEqual([':model-package/*/*']);
    expect(resources('sagemaker:DescribeModelPackageGroup')).toEqual([`${sageMaker}:model-package-group/*`]);
    expect(resources('sagemaker:DescribeModelPackage')).toContain(`${sageMaker}:model-package/churn/*`);
    expect(resources('sagemaker:DescribeHubContent')).toEqual([
      'arn:aws:sagemaker:eu-west-1:aws:hub/SageMakerPublicHub', `${hub}/DataSet/*`, `${hub}/DataSet/*/*`,
    ]);
    expect(resources('ec2:CreateNetworkInterface')).toContain(':*:subnet/*');
    expect(resourcesOf(template, 'MachineRole', 'sagemaker:CreateTrainingJob')).toContain(`${sageMaker}:training-plan/*`);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('$.');
  });

  test.each([
    ['a path', sfn.QueryLanguage.JSON_PATH, value],
    ['an expression', sfn.QueryLanguage.JSONATA, (name: string) => `{% $states.input.${name} %}`],
  ])('that are a whole ARN cause no permission (%s)', (_syntax, queryLanguage, whole) => {
    const template = machineOf((stack) => jobs.TrainingJob.taskState(stack, 'Run', {
      ...LEAST,
      queryLanguage,
      trainingJobName: whole('name'),
      mlflowConfig: { mlflowResourceArn: whole('server') },
      modelPackageConfig: { modelPackageGroupArn: whole('group'), sourceModelPackageArn: whole('source') },
      inputDataConfig: [jobs.InputChannel.fromHubDatasetArn('train', whole('dataset'))],
      trainingPlanArn: whole('plan'),
    }), queryLanguage);

    const actions = actionsOf(template, 'RunRole').filter((action) => action.startsWith('sagemaker'));
    expect(actions).toEqual([]);
    expect(resourcesOf(template, 'MachineRole', 'sagemaker:CreateTrainingJob')).toEqual([
      expect.stringMatching(/:training-job\/\*$/), expect.stringMatching(/:reserved-capacity\/\*$/),
    ]);
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toMatch(/\$\.|\{%/);
  });

  test('that name a key or a bucket cause no permission for it', () => {
    const template = machineOf((stack) => jobs.ProcessingJob.taskState(stack, 'Run', {
      ...LEAST_PROCESSING,
      outputEncryptionKey: kms.Key.fromKeyArn(stack, 'Key', value('key')),
      processingInputs: [jobs.ProcessingInput.fromS3('raw', jobs.S3Location.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', value('bucket')), 'raw'))],
    }));

    expect(actionsOf(template, 'RunRole').filter((action) => /^kms|^s3:Get/.test(action))).toEqual([]);
    expect(stateOf(template).Parameters.ProcessingOutputConfig['KmsKeyId.$']).toBe('$.key');
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('$.');
  });

  test('are expressions in JSONata', () => {
    const expression = "$hash($states.context.Execution.Id & ' ' & $states.context.State.EnteredTime & ' ' & $states.context.State.RetryCount, 'MD5')";
    const { Arguments } = processing({
      containerArguments: ['--day', '{% $states.input.day %}'],
      instanceType: jobs.MlInstanceType.of('{% $states.input.type %}'),
      processingInputs: [jobs.ProcessingInput.fromS3('raw', jobs.S3Location.fromUri("{% 's3://data/' & $states.input.day %}"))],
    }, sfn.QueryLanguage.JSONATA);

    expect(Arguments).toMatchObject({
      ProcessingJobName: `{% 'stack-run-' & (${expression}) %}`,
      AppSpecification: { ContainerArguments: ['--day', '{% $states.input.day %}'] },
      ProcessingInputs: [{ S3Input: { S3Uri: "{% 's3://data/' & $states.input.day %}" } }],
      ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: `{% 's3://results/features/' & ('stack-run-' & (${expression})) & '/' %}` } }] },
    });
  });
});

test('a JSONata expression within a string becomes a concatenation, and a wildcard in permissions', async () => {
  const template = machineOf((stack) => jobs.ProcessingJob.taskState(stack, 'Run', {
    ...LEAST_PROCESSING,
    processingJobNamePrefix: 'run-{% $states.input.id %}',
    environment: { DAY: "day's {% $states.input.day %} of {% 'year' %}" },
    processingInputs: [jobs.ProcessingInput.fromS3('raw', jobs.S3Location.fromUri('s3://data/raw/{% $states.input.day %}/'))],
    processingOutputs: [jobs.ProcessingOutput.toS3('features', jobs.S3Location.fromUri('s3://results/{% $states.input.day %}/'))],
  }), sfn.QueryLanguage.JSONATA);
  const { Arguments } = stateOf(template);
  const evaluated = async (text: string) => jsonata(/^\{%(.*)%\}$/.exec(text)![1]).evaluate({}, {
    states: { input: { day: 'monday', id: 7 }, context: { Execution: { Id: 'id' }, State: { EnteredTime: 'time', RetryCount: 0 } } }, hash: () => 'hash',
  });

  expect(await evaluated(Arguments.ProcessingJobName)).toBe('run-7-hash');
  expect(await evaluated(Arguments.Environment.DAY)).toBe("day's monday of year");
  expect(await evaluated(Arguments.ProcessingInputs[0].S3Input.S3Uri)).toBe('s3://data/raw/monday/');
  expect(await evaluated(Arguments.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri)).toBe('s3://results/monday/run-7-hash/');
  expect(JSON.stringify(statementsOf(template, 'RunRole'))).toContain('data/raw/*/*');
  expect(JSON.stringify(statementsOf(template, 'MachineRole'))).toContain('processing-job/run-*-?');
});

describe('a state rejects', () => {
  const complaints = (props: Partial<jobs.ProcessingJobTaskStateProps>, queryLanguage?: sfn.QueryLanguage) => complaintOf((stack) => (
    new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(jobs.ProcessingJob.taskState(stack, 'Run', { ...LEAST_PROCESSING, ...props })), queryLanguage,
    }))).split('\n').filter((line) => line.includes('JSON'));

  test('values of `JsonPath` in JSONata', () => {
    expect(complaints({
      processingJobNamePrefix: `run-${sfn.JsonPath.stringAt('$.id')}`,
      containerArguments: sfn.JsonPath.listAt('$.arguments'),
      environment: { DAY: `day ${sfn.JsonPath.stringAt('$.day')}` },
      instanceCount: sfn.JsonPath.numberAt('$.count'),
    }, sfn.QueryLanguage.JSONATA)).toEqual([
      ['containerArguments', '$.arguments'], ['environment.DAY', '$.day'], ['instanceCount', '$.count'], ['processingJobNamePrefix', '$.id'],
    ].map(([property, value]) => `${property}: cannot be a value in JSONPath, because the state uses JSONata; got ${value}. `
      + "Use an expression, such as '{% $states.input.day %}'"));
  });

  test('expressions in JSONPath, but not templates of other languages', () => {
    expect(complaints({ environment: { DAY: 'day {% $states.input.day %}', TEMPLATE: '{% if day %}day{% endif %}' } })).toEqual([
      'environment.DAY: cannot be a value in JSONata, because the state uses JSONPath; got {% $states.input.day %}. '
      + 'Use `sfn.JsonPath`, or specify `queryLanguage: sfn.QueryLanguage.JSONATA`',
    ]);
  });

  test('an expression in place of a number only once', () => {
    const text = complaintOf((stack) => new sfn.StateMachine(stack, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromChainable(jobs.ProcessingJob.taskState(stack, 'Run', { ...LEAST_PROCESSING, instanceCount: '{% $states.input.count %}' as any })),
    }));

    expect(text.match(/instanceCount/g)).toHaveLength(1);
  });

  test('options of the other query language', () => {
    expect(complaints({ resultPath: '$.result', resultSelector: { 'name.$': '$.ProcessingJobName' } }, sfn.QueryLanguage.JSONATA)).toEqual(
      ['resultPath', 'resultSelector'].map((option) => `${option}: requires JSONPath, but the state uses JSONata`));
    expect(complaints({ outputs: { day: 1 } })).toEqual(['outputs: requires JSONata, but the state uses JSONPath']);
  });
});

test('a literal in a JSONata expression is evaluated to itself', async () => {
  const location = String.raw`s3://results/it's \ "quoted"\'`;
  const { Arguments: { ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri } }] } } } = processing({
    processingOutputs: [jobs.ProcessingOutput.toS3('features', jobs.S3Location.fromUri(location))],
  }, sfn.QueryLanguage.JSONATA);
  const [, expression] = /^\{%(.*)%\}$/.exec(S3Uri)!;
  const states = { context: { Execution: { Id: 'id' }, State: { EnteredTime: 'time', RetryCount: 0 } } };

  expect(await jsonata(expression).evaluate({}, { states, hash: (text: string) => text.replace(/ /g, '-') })).toBe(`${location}/stack-run-id-time-0/`);
});

test('options of the state are rendered, and later tags reach the jobs', () => {
  const template = machineOf((stack) => {
    const state = jobs.TrainingJob.taskState(stack, 'Run', {
      ...LEAST,
      comment: 'Trains the model',
      taskTimeout: sfn.Timeout.duration(Duration.hours(2)),
      resultPath: '$.trained',
      resultSelector: { 'model.$': '$.ModelArtifacts.S3ModelArtifacts' },
    });
    Tags.of(stack).add('team', 'vision');
    return state;
  });

  expect(stateOf(template)).toMatchObject({
    Comment: 'Trains the model',
    TimeoutSeconds: 7200,
    ResultPath: '$.trained',
    ResultSelector: { 'model.$': '$.ModelArtifacts.S3ModelArtifacts' },
    Parameters: { Tags: [{ Key: 'team', Value: 'vision' }] },
  });
});

test('a state in a VPC has connections, and grants reach its role', () => {
  const template = machineOf((stack) => {
    const state = jobs.ProcessingJob.taskState(stack, 'Run', { ...LEAST_PROCESSING, vpc: new ec2.Vpc(stack, 'Vpc') });
    state.connections.allowFromAnyIpv4(ec2.Port.tcp(443));
    new s3.Bucket(stack, 'Bucket').grantRead(state);
    expect(state.role!.node.path).toBe('Stack/Run/Role');
    return state;
  });

  template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ FromPort: 443 }] });
  expect(actionsOf(template, 'RunRole')).toContain('s3:GetBucket*');
  expect(() => jobs.ProcessingJob.taskState(new Stack(), 'Run', LEAST_PROCESSING).connections).toThrow('only a processing job with `vpc` has security groups');
});

test('a training plan requires permission for its capacity, and the roles of all definitions are passed', () => {
  const plan = 'arn:aws:sagemaker:eu-west-1:111122223333:training-plan/plan';
  const planned = machineOf((stack) => jobs.TrainingJob.taskState(stack, 'Run', { ...LEAST, trainingPlanArn: plan, instanceType: jobs.MlInstanceType.ML_P5_48XLARGE }));
  expect(JSON.stringify(statementsOf(planned, 'MachineRole'))).toContain(`["${plan}",{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":sagemaker:"`);

  const passed = machineOf((stack) => {
    const roles = ['A', 'B'].map((id) => iam.Role.fromRoleArn(stack, id, `arn:aws:iam::111122223333:role/${id}`));
    const { trainingJobDefinition, hyperParameterTuningJobObjective, parameterRanges, ...least }: any = LEAST_TUNING;
    return jobs.HyperParameterTuningJob.taskState(stack, 'Run', {
      ...least,
      trainingJobDefinitions: roles.map((role, index) => ({
        ...trainingJobDefinition, definitionName: `d${index}`, role, tuningObjective: hyperParameterTuningJobObjective, hyperParameterRanges: parameterRanges,
      })),
    });
  });
  expect(statementsOf(passed, 'MachineRole').find(({ Action }) => Action === 'iam:PassRole').Resource).toEqual([
    'arn:aws:iam::111122223333:role/A', 'arn:aws:iam::111122223333:role/B',
  ]);
});

describe('a state that runs a transform job', () => {
  const BUCKET = 'arn:aws:s3:::more/*';
  const image = jobs.ContainerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:v1');

  test('has no role, and represents the role of its model', () => {
    const template = machineOf((stack) => {
      const role = new iam.Role(stack, 'ModelsRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
      const model = new sagemaker.CfnModel(stack, 'Model', { executionRoleArn: role.roleArn });
      const state = jobs.TransformJob.taskState(stack, 'Run', { ...LEAST_TRANSFORM, model: jobs.TransformModel.fromCfnModel(model) });
      expect(state.role).toBeUndefined();
      iam.Grant.addToPrincipal({ grantee: state, actions: ['s3:GetObject'], resourceArns: [BUCKET] });
      return state;
    });

    expect(stateOf(template).Parameters.ModelName).toBe('<Model.ModelName>');
    const statements = statementsOf(template, 'ModelsRole');
    expect(statements).toContainEqual(expect.objectContaining({ Action: 's3:GetObject', Resource: BUCKET }));
    expect(actionsOf(template, 'ModelsRole')).toEqual(expect.arrayContaining(['s3:PutObject', 'logs:PutLogEvents']));
    expect(actionsOf(template, 'MachineRole')).not.toContain('iam:PassRole');
  });

  test('runs with a model whose name is a value of the input, and of an unknown role', () => {
    const template = machineOf((stack) => jobs.TransformJob.taskState(stack, 'Run', {
      ...LEAST_TRANSFORM, model: jobs.TransformModel.fromModelName(sfn.JsonPath.stringAt('$.model')), separateOutput: false,
    }));

    expect(stateOf(template).Parameters).toMatchObject({ 'ModelName.$': '$.model', 'TransformOutput': { S3OutputPath: 's3://results/predictions' } });
    expect(Object.keys(template.findResources('AWS::IAM::Policy'))).toHaveLength(1);
  });

  test('creates its model in the deployment, so the model cannot contain values of the input', () => {
    const model = (artifacts: string, options: object = {}) => jobs.TransformModel.fromS3(jobs.S3Location.fromUri(artifacts), { image, ...options });
    const run = (given: jobs.TransformModel) => (stack: Stack) => jobs.TransformJob.taskState(stack, 'Run', { ...LEAST_TRANSFORM, model: given });

    machineOf(run(model('s3://models/churn.tar.gz'))).hasResourceProperties('AWS::SageMaker::Model', { PrimaryContainer: { ModelDataUrl: 's3://models/churn.tar.gz' } });
    expect(complaintOf(run(model(sfn.JsonPath.stringAt('$.model'), { modelName: '{% $states.input.name %}' }))).split('\n').filter((line) => line.includes('value of a state'))).toEqual([
      expect.stringContaining('model.location: cannot contain a value of a state'),
      expect.stringContaining('model.modelName: cannot contain a value of a state'),
    ]);
  });
});
