import { App, Aspects, CfnOutput, CfnParameter, type CfnResource, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import {
  ContainerImage, DebugRule, EvaluationType, Evaluator, InputChannel, type ITrainingJob, MlInstanceType, S3Location, ServerlessJobType, TrainingJob,
  type TrainingJobProps,
} from '../../src';
import { actionsOf, requestOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const JOB = 'Custom::SageMakerTrainingJob';
const job = (stack: Stack, props: Partial<TrainingJobProps> = {}) => new TrainingJob(stack, 'Job', { ...LEAST, ...props });

describe('role', () => {
  test('the default role can be assumed by SageMaker and has no managed policy', () => {
    const template = templateOf((stack) => job(stack));

    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' } }],
      }),
      ManagedPolicyArns: Match.absent(),
    });
  });

  test('the default role may do what the least job needs, and no more', () => {
    expect(actionsOf(templateOf((stack) => job(stack)), 'JobRole')).toEqual([
      'cloudwatch:PutMetricData',
      'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:PutObject',
    ]);
  });

  test('with all that a job can use the role may use it, and nothing on all resources that can be scoped', () => {
    // GIVEN
    const rule: DebugRule = { ruleConfigurationName: 'Rule', ruleEvaluatorImage: LEAST.trainingImage };
    const template = templateOf((stack) => job(stack, {
      vpc: new ec2.Vpc(stack, 'Vpc'),
      enableRemoteDebug: true,
      debugRuleConfigurations: [rule],
      outputEncryptionKey: new kms.Key(stack, 'OutputKey'),
      volumeEncryptionKey: new kms.Key(stack, 'VolumeKey'),
      mlflowConfig: { mlflowResourceArn: 'arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app' },
      modelPackageConfig: { modelPackageGroupArn: 'arn:aws:sagemaker:eu-west-1:111122223333:model-package-group/group' },
    }));

    // THEN
    const statements = statementsOf(template, 'JobRole');
    const onAll = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect([...new Set(onAll.map((action: string) => action.split(':')[0]))].sort()).toEqual(['cloudwatch', 'ec2', 'ecr', 'ssmmessages']);
    expect(statements).toContainEqual(expect.objectContaining({ Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, Resource: { 'Fn::GetAtt': [expect.stringMatching(/^VolumeKey/), 'Arn'] } }));
    expect(actionsOf(template, 'JobRole')).toEqual(expect.arrayContaining([
      'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'ec2:CreateNetworkInterface', 'sagemaker:CallMlflowAppApi', 'sagemaker:CreateModelPackage',
    ]));
  });

  test('the role may invoke an evaluator that is a function of the app, and is granted nothing for the ARN of an evaluator', () => {
    const withEvaluator = (evaluator: (stack: Stack) => Evaluator) => templateOf((stack) => new TrainingJob(stack, 'Job', {
      outputLocation: LEAST.outputLocation,
      serverlessJobConfig: {
        baseModelArn: 'arn:aws:sagemaker:eu-west-1:aws:hub-content/SageMakerPublicHub/Model/model/1.0.0',
        jobType: ServerlessJobType.EVALUATION,
        evaluationType: EvaluationType.CUSTOM_SCORER_EVALUATION,
        evaluator: evaluator(stack),
      },
    }));
    const scored = withEvaluator((stack) => Evaluator.fromFunction(new lambda.Function(stack, 'Scorer', {
      runtime: lambda.Runtime.PYTHON_3_13, handler: 'index.handler', code: lambda.Code.fromInline('def handler(event, context): pass'),
    })));
    const prompted = withEvaluator(() => Evaluator.fromEvaluatorArn('arn:aws:sagemaker:eu-west-1:111122223333:hub-content/hub/JsonDoc/prompt/1.0.0'));

    expect(statementsOf(scored, 'JobRole')).toContainEqual({
      Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Scorer/), 'Arn'] },
    });
    scored.hasResourceProperties(JOB, { Request: { ServerlessJobConfig: { EvaluatorArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Scorer'), 'Arn'] } } } });
    expect(actionsOf(prompted, 'JobRole')).not.toContain('lambda:InvokeFunction');
  });

  test('a role of the app is given what the job needs', () => {
    const template = templateOf((stack) => job(stack, { role: new iam.Role(stack, 'Own', { assumedBy: new iam.AnyPrincipal() }) }));

    expect(actionsOf(template, 'Own')).toContain('s3:PutObject');
    expect(Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.startsWith('JobRole'))).toEqual([]);
  });

  test.each([
    ['imported', (stack: Stack) => iam.Role.fromRoleArn(stack, 'Imported', 'arn:aws:iam::111122223333:role/Training')],
    ['fixed', (stack: Stack) => new iam.Role(stack, 'Own', { assumedBy: new iam.AnyPrincipal() }).withoutPolicyUpdates()],
  ])('a role that is %s gets nothing attached', (_name, role) => {
    // WHEN
    const stack = new Stack(new App(), 'Stack');
    job(stack, { role: role(stack), outputEncryptionKey: new kms.Key(stack, 'Key') });

    // THEN
    const policies = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policies.filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('session tags can be passed on to the default role', () => {
    templateOf((stack) => job(stack, { enableSessionTagChaining: true })).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: Match.objectLike({ Statement: Match.arrayWith([Match.objectLike({ Action: ['sts:AssumeRole', 'sts:TagSession'] })]) }),
    });
  });

  test('the job is a grantee', () => {
    const template = templateOf((stack) => new s3.Bucket(stack, 'More').grantDelete(job(stack)));

    expect(actionsOf(template, 'JobRole')).toContain('s3:DeleteObject*');
  });
});

describe('network', () => {
  const inVpc = (props: Partial<TrainingJobProps> = {}) => (stack: Stack) => job(stack, { vpc: new ec2.Vpc(stack, 'Vpc'), ...props });

  test('in a VPC a security group is made, whose members reach each other', () => {
    const template = templateOf(inVpc());

    const [group] = Object.keys(template.findResources('AWS::EC2::SecurityGroup'));
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: { 'Fn::GetAtt': [group, 'GroupId'] }, SourceSecurityGroupId: { 'Fn::GetAtt': [group, 'GroupId'] }, IpProtocol: '-1',
    });
    template.hasResourceProperties(JOB, { Request: { VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [group, 'GroupId'] }] } } });
  });

  test('the job starts when its rules and routes are there', () => {
    const template = templateOf(inVpc());

    const [{ DependsOn }] = Object.values(template.findResources(JOB));
    const [rule] = Object.keys(template.findResources('AWS::EC2::SecurityGroupIngress'));
    expect(DependsOn).toEqual(expect.arrayContaining([rule, ...Object.keys(template.findResources('AWS::EC2::Route')).filter((id) => id.includes('Private'))]));
  });

  test('others can be connected to the job', () => {
    templateOf((stack) => {
      const database = new ec2.SecurityGroup(stack, 'Database', { vpc: ec2.Vpc.fromVpcAttributes(stack, 'Other', { vpcId: 'vpc-12345678', availabilityZones: ['a'] }) });
      database.connections.allowFrom(inVpc()(stack), ec2.Port.tcp(5432));
    }).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432 });
  });

  test('a job without a VPC has no connections', () => {
    expect(() => templateOf((stack) => job(stack).connections)).toThrow('Stack/Job: connections: only a training job with `vpc` has security groups');
  });
});

describe('request', () => {
  test('tags of the scope are tags of the job, sorted', () => {
    const request = requestOf((stack) => {
      Tags.of(stack).add('team', 'vision');
      Tags.of(job(stack)).add('cost', '7');
    });

    expect(request.Tags).toEqual([{ Key: 'cost', Value: '7' }, { Key: 'team', Value: 'vision' }]);
  });

  test('tags can be kept from jobs by the resource type', () => {
    expect(requestOf((stack) => {
      Tags.of(stack).add('team', 'vision', { excludeResourceTypes: [JOB] });
      job(stack);
    }).Tags).toBeUndefined();
  });

  test('tokens pass', () => {
    const request = requestOf((stack) => {
      const text = (id: string) => new CfnParameter(stack, id).valueAsString;
      const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
      job(stack, {
        trainingJobNamePrefix: text('Prefix'),
        trainingImage: ContainerImage.fromUri(text('Image')),
        outputLocation: S3Location.fromUri(text('Output')),
        instanceType: MlInstanceType.of(text('Type')),
        instanceCount: count,
        hyperParameters: { epochs: text('Epochs') },
        maxRuntime: Duration.seconds(count),
        waitTimeout: Duration.minutes(30),
      });
    });

    expect(request).toMatchObject({
      HyperParameters: { epochs: { Ref: 'Epochs' } },
      AlgorithmSpecification: { TrainingImage: { Ref: 'Image' } },
      OutputDataConfig: { S3OutputPath: { Ref: 'Output' } },
      ResourceConfig: { InstanceType: { Ref: 'Type' }, InstanceCount: { Ref: 'Count' } },
      StoppingCondition: { MaxRuntimeInSeconds: { Ref: 'Count' } },
    });
  });

  test('lists and maps that are empty are not in the request', () => {
    expect(requestOf((stack) => job(stack, { hyperParameters: {}, environment: {}, inputDataConfig: [], metricDefinitions: [] }))).toEqual(
      requestOf((stack) => job(stack)),
    );
  });

  test('preferences without counts get the count of the job', () => {
    const { ResourceConfig } = requestOf((stack) => job(stack, { instancePreferences: [{ instanceType: MlInstanceType.ML_P5_48XLARGE }] }));

    expect(ResourceConfig).toMatchObject({ InstanceCount: 1, InstancePreferences: [{ InstanceType: 'ml.p5.48xlarge' }] });
    expect(ResourceConfig.InstanceType).toBeUndefined();
  });

  test('a member that no prop covers can be added to the request', () => {
    expect(requestOf((stack) => (job(stack).node.defaultChild as CfnResource).addPropertyOverride('Request.ResourceConfig.Tomorrow', 1)).ResourceConfig)
      .toMatchObject({ Tomorrow: 1, InstanceCount: 1 });
  });
});

describe('resource', () => {
  test.each<[string, Partial<TrainingJobProps>, object]>([
    ['by default named after stack and construct', {}, { NamePrefix: 'stack-job', Name: Match.absent(), Rerun: Match.absent() }],
    ['with a prefix', { trainingJobNamePrefix: 'vision' }, { NamePrefix: 'vision' }],
    ['with an exact name', { trainingJobName: 'exact' }, { Name: 'exact', NamePrefix: Match.absent() }],
    ['with a trigger', { rerunTrigger: 'monday' }, { Rerun: 'monday' }],
    ['not waited for', { waitForCompletion: false }, { Wait: { Seconds: '0' } }],
    ['waited for a while', { waitTimeout: Duration.minutes(10) }, { Wait: { Seconds: '600' } }],
    ['that may be stopped', { waitTimeout: Duration.minutes(10), acceptStopped: true }, { Wait: { Seconds: '600', AcceptStopped: 'true' } }],
  ])('a job %s', (_name, props, expected) => {
    templateOf((stack) => job(stack, props)).hasResourceProperties(JOB, expected);
  });

  test('the deployment waits as long as the job may run', () => {
    const seconds = (props: Partial<TrainingJobProps>) => Object.values<any>(templateOf((stack) => job(stack, props)).toJSON().Resources)
      .reduce((sum, { Properties }) => sum + Number(Properties.Wait?.Seconds ?? 0), 0);

    const shortest = seconds({ maxRuntime: Duration.hours(1) });
    expect(seconds({ maxRuntime: Duration.hours(5) }) - shortest).toBeCloseTo(4 * 3600, -2);
    expect(seconds({ enableManagedSpotTraining: true, maxWaitTime: Duration.hours(5) }) - shortest).toBeCloseTo(4 * 3600, -2);
    expect(seconds({ maxPendingTime: Duration.hours(4) }) - shortest).toBeCloseTo(4 * 3600, -2);
  });

  test.each([
    ['a prop', (stack: Stack) => job(stack, { removalPolicy: RemovalPolicy.RETAIN })],
    ['the method', (stack: Stack) => job(stack).applyRemovalPolicy(RemovalPolicy.RETAIN)],
    ['the method in an aspect', (stack: Stack) => {
      job(stack);
      Aspects.of(stack).add({ visit: (node) => { if (node instanceof TrainingJob) node.applyRemovalPolicy(RemovalPolicy.RETAIN); } });
    }],
  ])('the job is retained with its role by %s', (_name, make) => {
    const template = templateOf(make);
    template.hasResource(JOB, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Delete', Properties: { Retain: 'true' } });
    const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('JobRole'));
    expect(roles.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['RetainExceptOnCreate']);
  });

  test('a job in the tree is visited by aspects once', () => {
    const visited: string[] = [];
    templateOf((stack) => {
      job(stack);
      Aspects.of(stack).add({ visit: (node) => { if (node instanceof TrainingJob) visited.push(node.node.path); } });
    });

    expect(visited).toEqual(['Stack/Job']);
  });
});

describe('attributes', () => {
  test('the model goes into a model of the same stack', () => {
    const template = templateOf((stack) => {
      const training = job(stack, { waitTimeout: Duration.minutes(30) });
      new sagemaker.CfnModel(stack, 'Model', { executionRoleArn: training.role.roleArn, primaryContainer: { modelDataUrl: training.s3ModelArtifacts } });
    });

    const [id] = Object.keys(template.findResources(JOB));
    template.hasResourceProperties('AWS::SageMaker::Model', { PrimaryContainer: { ModelDataUrl: { 'Fn::GetAtt': [id, 'ModelArtifacts.S3ModelArtifacts'] } } });
  });

  test('the name of a final metric must be known at synthesis, because CloudFormation does not compose names of attributes', () => {
    const stack = new Stack(new App(), 'Stack');
    const training = job(stack, { waitTimeout: Duration.minutes(30) });
    expect(() => training.finalMetric(new CfnParameter(stack, 'Name').valueAsString))
      .toThrow(`${training.node.path}: finalMetric: the name of the metric must be known at synthesis; got a token`);
  });

  test('described values are attributes in the words of the API', () => {
    const names = ['trainingJobArn', 'creationTime', 'billableTimeInSeconds', 'warmPoolStatus', 'mlflowRunId', 'outputModelPackageArn'] as const;
    const template = templateOf((stack) => {
      const training = job(stack, { waitTimeout: Duration.minutes(30) });
      names.forEach((name) => new CfnOutput(stack, name, { value: training[name] }));
      new CfnOutput(stack, 'finalMetric', { value: training.finalMetric('validation:loss') });
    });

    const [id] = Object.keys(template.findResources(JOB));
    expect(Object.values(template.toJSON().Outputs).map(({ Value }: any) => Value)).toEqual([
      'TrainingJobArn', 'CreationTime', 'BillableTimeInSeconds', 'WarmPoolStatus.Status', 'MlflowDetails.MlflowRunId', 'OutputModelPackageArn',
      'FinalMetricDataList.validation:loss',
    ].map((attribute) => ({ 'Fn::GetAtt': [id, attribute] })));
  });

  test('what is known in the end cannot be read from a job that is not waited for', () => {
    expect(() => templateOf((stack) => new CfnOutput(stack, 'Model', { value: job(stack, { waitForCompletion: false }).s3ModelArtifacts })))
      .toThrow(/Stack\/Job.*s3ModelArtifacts.*waitForCompletion/);
    expect(() => templateOf((stack) => new CfnOutput(stack, 'Arn', { value: job(stack, { waitForCompletion: false }).trainingJobArn }))).not.toThrow();
  });
});

describe('grants, events and metrics', () => {
  test('grants are for the names that the job can have, in lower case', () => {
    const template = templateOf((stack) => {
      const user = new iam.User(stack, 'User');
      job(stack, { trainingJobNamePrefix: 'Vision' }).grantDescribe(user);
      TrainingJob.fromTrainingJobName(stack, 'Other', 'Other').grantStop(user);
    });

    template.hasResourceProperties('AWS::IAM::Policy', {
      Users: Match.anyValue(),
      PolicyDocument: Match.objectLike({
        Statement: [
          { Action: 'sagemaker:DescribeTrainingJob', Effect: 'Allow', Resource: arn('vision-??????????????') },
          { Action: 'sagemaker:StopTrainingJob', Effect: 'Allow', Resource: arn('other') },
        ],
      }),
    });
  });

  test.each([
    ['onStateChange', undefined], ['onCompleted', ['Completed']], ['onFailed', ['Failed']], ['onStopped', ['Stopped']],
  ] as const)('%s matches the job under every name that it can have', (method, statuses) => {
    templateOf((stack) => job(stack, { trainingJobNamePrefix: 'Vision' })[method]('Rule')).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.sagemaker'],
        'detail-type': ['SageMaker Training Job State Change'],
        'detail': { TrainingJobName: [{ prefix: 'Vision-' }], ...statuses ? { TrainingJobStatus: statuses } : {} },
      },
    });
  });

  test('events of a job with an exact name match that name', () => {
    templateOf((stack) => job(stack, { trainingJobName: 'exact' }).onFailed('Rule', { eventPattern: { region: ['eu-west-1'] } }))
      .hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { TrainingJobName: ['exact'] }, region: ['eu-west-1'] } });
  });

  test('metrics of the instances have the host as dimension, those of the algorithm the job', () => {
    const stack = new Stack(new App(), 'Stack');
    const training = TrainingJob.fromTrainingJobName(stack, 'Job', 'exact');

    const metrics = [
      training.metricCpuUtilization(), training.metricMemoryUtilization(), training.metricGpuUtilization(), training.metricGpuMemoryUtilization(),
      training.metricDiskUtilization({ statistic: 'max' }), training.metricAlgorithm('loss'),
    ].map(({ dimensions, metricName, namespace, statistic }) => ({ dimensions, metricName, namespace, statistic }));

    const namespace = '/aws/sagemaker/TrainingJobs';
    const dimensions = { Host: 'exact/algo-1' };
    expect(metrics).toEqual([
      ...['CPUUtilization', 'MemoryUtilization', 'GPUUtilization', 'GPUMemoryUtilization'].map((metricName) => ({ dimensions, metricName, namespace, statistic: 'Average' })),
      { dimensions, metricName: 'DiskUtilization', namespace, statistic: 'Maximum' },
      { dimensions: { TrainingJobName: 'exact' }, metricName: 'loss', namespace, statistic: 'Average' },
    ]);
  });

  test('the log group is that of all training jobs', () => {
    const stack = new Stack(new App(), 'Stack');
    const training = job(stack);

    expect(training.logGroup.logGroupName).toBe('/aws/sagemaker/TrainingJobs');
    expect(training.logGroup).toBe(training.logGroup);
  });
});

describe('jobs that exist', () => {
  test('by ARN, with the account and region of the ARN', () => {
    const stack = new Stack(new App(), 'Stack');
    const training = TrainingJob.fromTrainingJobArn(stack, 'Job', 'arn:aws:sagemaker:us-east-1:444455556666:training-job/vision-1');

    expect(training.trainingJobName).toBe('vision-1');
    expect(training.env).toEqual({ account: '444455556666', region: 'us-east-1' });
  });

  test('by name, with an ARN in lower case', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const training = TrainingJob.fromTrainingJobName(stack, 'Job', 'Vision');

    expect(training.trainingJobName).toBe('Vision');
    expect(stack.resolve(training.trainingJobArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:training-job/vision']] });
  });
});

describe('the model of a job as the input of the next one', () => {
  const next = (first: ITrainingJob, stack: Stack) => new TrainingJob(stack, 'Next', { ...LEAST, inputDataConfig: [InputChannel.fromS3('model', first.modelArtifacts)] });

  test('is read with the permissions for the output of the job', () => {
    const template = templateOf((stack) => next(job(stack, { waitTimeout: Duration.minutes(30), outputLocation: S3Location.fromUri('s3://results/models') }), stack));

    const [first] = Object.keys(template.findResources(JOB));
    expect(JSON.stringify(template.toJSON())).toContain(JSON.stringify({ S3Uri: { 'Fn::GetAtt': [first, 'ModelArtifacts.S3ModelArtifacts'] } }).slice(1, -1));
    const read = statementsOf(template, 'NextRole').find(({ Action }) => Action === 's3:GetObject');
    expect(JSON.stringify(read.Resource)).toContain(':s3:::results/models*');
  });

  test('requires the location of an imported model', () => {
    const stack = new Stack(new App(), 'Stack');
    const trainingJobArn = 'arn:aws:sagemaker:eu-west-1:111122223333:training-job/done';

    expect(() => next(TrainingJob.fromTrainingJobArn(stack, 'Unknown', trainingJobArn), stack)).toThrow('pass `modelArtifacts`');
    const known = TrainingJob.fromTrainingJobAttributes(stack, 'Known', { trainingJobArn, modelArtifacts: S3Location.fromUri('s3://other/model.tar.gz') });
    expect(known.modelArtifacts.bind(stack, { grantee: new iam.User(stack, 'User') }).uri).toBe('s3://other/model.tar.gz');
  });

  test('cannot be an output location', () => {
    expect(() => templateOf((stack) => new TrainingJob(stack, 'Next', { ...LEAST, outputLocation: job(stack).modelArtifacts })))
      .toThrow('the output of a job is read-only and cannot be an output location; got modelArtifacts');
  });
});

test('a URI that is a token grants permission to read what it names', () => {
  const template = templateOf((stack) => {
    const first = job(stack, { waitTimeout: Duration.minutes(30) });
    new TrainingJob(stack, 'Next', { ...LEAST, inputDataConfig: [InputChannel.fromS3('model', S3Location.fromUri(first.s3ModelArtifacts))] });
  });

  const [first] = Object.keys(template.findResources(JOB));
  const uri = { 'Fn::GetAtt': [first, 'ModelArtifacts.S3ModelArtifacts'] };
  const read = statementsOf(template, 'NextRole').find(({ Action }) => Action === 's3:GetObject');
  expect(JSON.stringify(read.Resource)).toContain(JSON.stringify({ 'Fn::Select': [1, { 'Fn::Split': ['s3://', uri] }] }));
});

function arn(name: string) {
  const [partition, region, account] = ['Partition', 'Region', 'AccountId'].map((fact) => ({ Ref: `AWS::${fact}` }));
  return { 'Fn::Join': ['', ['arn:', partition, ':sagemaker:', region, ':', account, `:training-job/${name}`]] };
}
