import { App, CfnOutput, CfnParameter, Duration, PhysicalName, RemovalPolicy, Size, Stack, Tags, TimeZone } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { MlInstanceType } from '../../src/job/ml-instance-type.generated';
import { NotebookInstanceLifecycleScript } from '../../src/notebook-instance/lifecycle-script';
import { NotebookInstanceCodeRepository } from '../../src/notebook-instance/notebook-code-repository';
import { NotebookInstance } from '../../src/notebook-instance/notebook-instance';
import { NotebookInstanceLifecycleConfig } from '../../src/notebook-instance/notebook-instance-lifecycle-config';
import type { NotebookInstanceProps } from '../../src/notebook-instance/notebook-instance-props';
import { NotebookInstanceMetadataServiceVersion, NotebookInstanceDesiredState, NotebookInstanceIpAddressType, NotebookInstancePlatformIdentifier } from '../../src/notebook-instance/notebook-options';
import { TrainingJob } from '../../src/training-job/training-job';
import { IS_FLOOR } from '../fixtures/cdk-release';
import { fullNotebook, newNotebook, newStack, propertiesOf, TYPE, violationsOf, vpcOf } from '../fixtures/notebooks';
import { templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const ref = (pattern: string) => ({ Ref: expect.stringMatching(pattern) });
/** The tag by which the function may change an instance. */
const OWNED = { Key: 'cdk-sagemaker-jobs:stack-id', Value: { Ref: 'AWS::StackId' } };
const getAtt = (pattern: string, attribute: string) => ({ 'Fn::GetAtt': [expect.stringMatching(pattern), attribute] });

/** The statements of all policies of a role, by what its logical id begins with. */
function statementsOf(stack: Stack, role: string): any[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: any) => Ref.startsWith(role)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

function actionsOf(stack: Stack, role: string): string[] {
  return statementsOf(stack, role).flatMap(({ Action }) => Action);
}

describe('what is rendered', () => {
  test.each([
    ['a prop', (stack: Stack, props: Partial<NotebookInstanceProps>) => newNotebook(stack, { ...props, removalPolicy: RemovalPolicy.RETAIN })],
    ['the method', (stack: Stack, props: Partial<NotebookInstanceProps>) => {
      const notebook = newNotebook(stack, props);
      notebook.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return notebook;
    }],
  ])('an instance that is retained by %s keeps everything that was created for it, unless its creation is rolled back', (_name, make) => {
    const stack = newStack();
    const notebook = make(stack, {
      vpc: vpcOf(stack),
      idleStop: { after: Duration.hours(1) },
      desiredState: NotebookInstanceDesiredState.IN_SERVICE,
      schedule: { stop: ScheduleExpression.rate(Duration.days(1)) },
    });
    new s3.Bucket(stack, 'Bucket').grantRead(notebook);

    const created = Object.entries(Template.fromStack(stack).toJSON().Resources).filter(([id]) => id.startsWith('Notebook')) as [string, any][];
    expect(created.map(([, { Type }]) => Type)).toEqual(expect.arrayContaining([
      TYPE.notebook, TYPE.state, TYPE.lifecycleConfig, 'AWS::IAM::Role', 'AWS::EC2::SecurityGroup', 'AWS::Scheduler::Schedule',
    ]));
    expect(created.filter(([, { DeletionPolicy }]) => DeletionPolicy !== 'RetainExceptOnCreate')).toEqual([]);
  });

  test('an instance with nothing but a type has defaults that a review would accept', () => {
    const stack = newStack();
    newNotebook(stack);
    expect(propertiesOf(stack, TYPE.notebook)).toEqual({
      InstanceType: 'ml.t3.medium',
      RoleArn: getAtt('^NotebookRole', 'Arn'),
      DirectInternetAccess: 'Enabled',
      RootAccess: 'Disabled',
      PlatformIdentifier: 'notebook-al2023-v1',
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
    });
    Template.fromStack(stack).resourceCountIs(TYPE.state, 0);
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('an instance in a VPC with a key satisfies the rules of cdk-nag: SM1, SM2 and SM3', () => {
    const stack = newStack();
    newNotebook(stack, { vpc: vpcOf(stack), volumeEncryptionKey: new kms.Key(stack, 'Key') });
    expect(propertiesOf(stack, TYPE.notebook)).toMatchObject({
      SubnetId: 'subnet-1',
      SecurityGroupIds: [getAtt('^NotebookSecurityGroup', 'GroupId')],
      KmsKeyId: getAtt('^Key', 'Arn'),
      DirectInternetAccess: 'Disabled',
    });
  });

  test('everything that there is', () => {
    const stack = newStack();
    fullNotebook(stack);
    expect(propertiesOf(stack, TYPE.notebook)).toEqual({
      NotebookInstanceName: 'lab',
      InstanceType: 'ml.t3.medium',
      SubnetId: 'subnet-1',
      SecurityGroupIds: [getAtt('^NotebookSecurityGroup', 'GroupId')],
      RoleArn: getAtt('^NotebookRole', 'Arn'),
      KmsKeyId: getAtt('^Key', 'Arn'),
      Tags: [OWNED, { Key: 'team', Value: 'vision' }],
      LifecycleConfigName: getAtt('^NotebookLifecycleConfig', 'NotebookInstanceLifecycleConfigName'),
      DirectInternetAccess: 'Disabled',
      VolumeSizeInGB: 20,
      AcceleratorTypes: ['ml.eia2.medium'],
      DefaultCodeRepository: 'https://github.com/aws/amazon-sagemaker-examples.git',
      AdditionalCodeRepositories: ['shared'],
      RootAccess: 'Disabled',
      PlatformIdentifier: 'notebook-al2023-v1',
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
    });
  });

  test('what is said otherwise, tokens among it', () => {
    const stack = newStack();
    const type = new CfnParameter(stack, 'Type').valueAsString;
    const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lab');
    newNotebook(stack, {
      instanceType: MlInstanceType.of(type),
      volumeSize: Size.gibibytes(size),
      role,
      enableRootAccess: true,
      vpc: vpcOf(stack),
      vpcSubnets: { subnetFilters: [ec2.SubnetFilter.byIds(['subnet-2'])] },
      securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
      enableDirectInternetAccess: true,
      platformIdentifier: NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1,
      minimumInstanceMetadataServiceVersion: NotebookInstanceMetadataServiceVersion.V1,
    });
    expect(propertiesOf(stack, TYPE.notebook)).toEqual({
      InstanceType: { Ref: 'Type' },
      VolumeSizeInGB: { Ref: 'Size' },
      RoleArn: role.roleArn,
      SubnetId: 'subnet-2',
      SecurityGroupIds: ['sg-1'],
      RootAccess: 'Enabled',
      DirectInternetAccess: 'Enabled',
      PlatformIdentifier: 'notebook-al2023-v1',
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' },
    });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('what is wrong is told all at once', () => {
  test('with the property, the rule and the value', () => {
    const stack = newStack();
    newNotebook(stack, {
      notebookInstanceName: 'no_good',
      securityGroups: [],
      enableDirectInternetAccess: false,
      volumeSize: Size.gibibytes(4),
      defaultCodeRepository: NotebookInstanceCodeRepository.fromGitUrl('git@github.com:a/b.git'),
      additionalCodeRepositories: Array.from({ length: 4 }, () => NotebookInstanceCodeRepository.fromCodeRepositoryName('r')),
      platformIdentifier: NotebookInstancePlatformIdentifier.of('notebook-of-a-far-future'),
      desiredStateTrigger: '1',
      restartOnLifecycleConfigChange: true,
      schedule: {},
    });
    expect(violationsOf(stack)).toEqual([
      'additionalCodeRepositories: must have at most 3 entries; got 4',
      'defaultCodeRepository: must be a URL that begins with https://, or the name of a code repository; got git@github.com:a/b.git',
      'desiredStateTrigger: requires `desiredState`',
      'enableDirectInternetAccess: can be false only together with `vpc`; got false',
      'notebookInstanceName: must consist of letters, digits and hyphens, with no hyphen at either end; got no_good',
      'platformIdentifier: must have at most 20 characters; got 24 characters: notebook-of-a-far-future',
      'restartOnLifecycleConfigChange: requires lifecycle scripts',
      'schedule: requires `start` or `stop`',
      'securityGroups: requires `vpc`',
      'volumeSize: must be 5 to 16384 GiB; got 4 GiB',
    ]);
  });

  test('scripts of its own and a shared configuration do not go together', () => {
    const stack = newStack();
    const lifecycleConfig = NotebookInstanceLifecycleConfig.fromNotebookInstanceLifecycleConfigName(stack, 'Config', 'shared');
    newNotebook(stack, { lifecycleConfig, idleStop: { after: Duration.hours(1) }, restartOnLifecycleConfigChange: true });
    expect(violationsOf(stack)).toEqual([
      'idleStop: cannot be specified together with `lifecycleConfig`; add the scripts to that configuration',
      'restartOnLifecycleConfigChange: requires a lifecycle configuration that is defined in this app, because changes of an imported one cannot be detected',
    ]);
  });

  test('security groups of an instance without a VPC', () => {
    expect(() => newNotebook(newStack()).connections).toThrow('S/Notebook: connections: only a notebook instance with `vpc` or `subnetId` has security groups');
  });
});

describe('permissions', () => {
  test('a role that is made may write logs, and in a VPC with a key what these need', () => {
    const stack = newStack();
    newNotebook(stack);
    expect(actionsOf(stack, 'NotebookRole')).toEqual(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents']);

    const other = newStack();
    newNotebook(other, { vpc: vpcOf(other), volumeEncryptionKey: new kms.Key(other, 'Key') });
    expect(actionsOf(other, 'NotebookRole')).toEqual(expect.arrayContaining(['ec2:CreateNetworkInterface', 'kms:CreateGrant']));
    expect(JSON.stringify(Template.fromStack(other).toJSON())).not.toContain('FullAccess');
  });

  test('an imported role gets nothing attached', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lab');
    newNotebook(stack, { role, idleStop: { after: Duration.hours(1) }, defaultCodeRepository: NotebookInstanceCodeRepository.fromCodeRepositoryName('r') });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('an imported role must allow what the props need, which a warning names, also when a script is added later', () => {
    const stack = newStack();
    const lifecycleConfig = new NotebookInstanceLifecycleConfig(stack, 'Config');
    newNotebook(stack, {
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lab'),
      lifecycleConfig,
      defaultCodeRepository: NotebookInstanceCodeRepository.fromCodeCommit(new codecommit.Repository(stack, 'Repository', { repositoryName: 'r' })),
    });
    lifecycleConfig.addOnStart(NotebookInstanceLifecycleScript.idleStop({ after: Duration.hours(1) }));
    lifecycleConfig.addOnStart(NotebookInstanceLifecycleScript.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'scripts'), 'setup.sh'));
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    expect(warnings.map(({ id, entry }) => [id, entry.data])).toEqual([['/S/Notebook', expect.stringMatching(
      /imported.*: codecommit:GitPull, s3:GetObject, sagemaker:StopNotebookInstance .*\[ack: cdk-sagemaker-jobs:imported-notebook-role\]$/,
    )]]);
  });

  test('an imported role with which nothing is used that needs permissions gives no warning', () => {
    const stack = newStack();
    newNotebook(stack, { role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lab') });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('an imported role gets what somebody asks for, after the instance', () => {
    const stack = newStack();
    const notebook = newNotebook(stack, { role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lab') });
    notebook.grantStop(notebook);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', { Roles: ['lab'] });
    Template.fromStack(stack).hasResource(TYPE.notebook, { DependsOn: Match.absent() });
  });

  test('the instance waits for the permissions of its role, but not for those that name it', () => {
    const stack = newStack();
    const notebook = newNotebook(stack, { idleStop: { after: Duration.hours(1) } });
    notebook.grantCreatePresignedUrl(notebook);
    const [{ DependsOn }] = Object.values(Template.fromStack(stack).findResources(TYPE.notebook));
    expect(DependsOn).toEqual([expect.stringMatching('^NotebookRolePolicy')]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^NotebookSelfPolicy'),
      PolicyDocument: {
        Statement: ['sagemaker:StopNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'].map((Action) => ({
          Action, Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('^Notebook') },
        })),
      },
    });
  });

  test('the instance may be granted what needs the instance', () => {
    const stack = newStack();
    const notebook = newNotebook(stack, { onStart: [NotebookInstanceLifecycleScript.fromInline('true')] });
    const fn = new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('-'),
      environment: { NOTEBOOK: notebook.notebookInstanceName },
    });
    fn.grantInvoke(notebook);
    // Template.fromStack() refuses resources that depend on each other in a circle.
    expect(actionsOf(stack, 'NotebookRole')).toContain('lambda:InvokeFunction');
  });

  test('the instance waits for a grant if it is asked to', () => {
    const stack = newStack();
    const notebook = newNotebook(stack);
    s3.Bucket.fromBucketName(stack, 'Bucket', 'data').grantRead(notebook).applyBefore(notebook.node.defaultChild!);
    const [{ DependsOn }] = Object.values(Template.fromStack(stack).findResources(TYPE.notebook));
    expect(DependsOn).toEqual([expect.stringMatching('^NotebookRoleDefaultPolicy'), expect.stringMatching('^NotebookRolePolicy')]);
  });

  describe('who starts the instance', () => {
    const withEverything = (stack: Stack, props: Partial<NotebookInstanceProps> = {}) => newNotebook(stack, {
      vpc: vpcOf(stack),
      volumeEncryptionKey: new kms.Key(stack, 'Key'),
      defaultCodeRepository: NotebookInstanceCodeRepository.fromPrivateGitUrl('https://git.example/r.git', { secret: new secretsmanager.Secret(stack, 'Secret') }),
      ...props,
    });
    const PASS_ROLE = {
      Action: 'iam:PassRole',
      Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      Effect: 'Allow',
      Resource: getAtt('^NotebookRole', 'Arn'),
    };
    const NEEDS = [
      PASS_ROLE,
      {
        Action: 'ec2:CreateNetworkInterface',
        Effect: 'Allow',
        Resource: [':network-interface/*', ':*:security-group/*', ':*:subnet/subnet-1'].map((end) => ({ 'Fn::Join': ['', expect.arrayContaining([end])] })),
      },
      { Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'], Effect: 'Allow', Resource: '*' },
      { Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, Effect: 'Allow', Resource: getAtt('^Key', 'Arn') },
      { Action: 'kms:DescribeKey', Effect: 'Allow', Resource: getAtt('^Key', 'Arn') },
      { Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], Effect: 'Allow', Resource: ref('^Secret') },
    ];

    test('passes its role, and does in the VPC, with the key and with the secret what the start does', () => {
      const stack = newStack();
      withEverything(stack).grantStart(new iam.Role(stack, 'Starter', { assumedBy: new iam.AccountRootPrincipal() }));
      expect(statementsOf(stack, 'Starter')).toEqual([
        { Action: 'sagemaker:StartNotebookInstance', Effect: 'Allow', Resource: ref('^Notebook') }, ...NEEDS,
      ]);
    });

    test('may be the instance\'s own role', () => {
      const stack = newStack();
      const notebook = withEverything(stack);
      notebook.grantStart(notebook);
      expect(statementsOf(stack, 'NotebookRole')).toEqual(expect.arrayContaining([PASS_ROLE]));
    });

    test('may be a schedule', () => {
      const stack = newStack();
      withEverything(stack, { schedule: { start: ScheduleExpression.cron({ hour: '8' }) } });
      expect(statementsOf(stack, 'NotebookScheduleRole')).toEqual(expect.arrayContaining(NEEDS));
    });

    test('may be the deployment, if it is to start the instance at all', () => {
      const stack = newStack();
      withEverything(stack, { desiredState: NotebookInstanceDesiredState.IN_SERVICE });
      const [{ Resource, ...passRole }] = statementsOf(stack, 'SageMakerJobProviderFunctionRole').filter(({ Action }) => Action === 'iam:PassRole');
      expect({ ...passRole, Resource: PASS_ROLE.Resource }).toEqual(PASS_ROLE);
      expect(JSON.stringify(Resource)).toContain('"sagemaker-notebooks"');
      expect(statementsOf(stack, 'SageMakerJobProviderFunctionRole')).toEqual(expect.arrayContaining(NEEDS.slice(1)));
      const other = newStack();
      new CfnOutput(other, 'Url', { value: withEverything(other).notebookInstanceUrl });
      expect(actionsOf(other, 'SageMakerJobProviderFunctionRole')).not.toContain('iam:PassRole');
    });
  });

  test.each([
    ['grantDescribe', 'sagemaker:DescribeNotebookInstance'],
    ['grantCreatePresignedUrl', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
    ['grantStop', 'sagemaker:StopNotebookInstance'],
  ] as const)('%s allows %s on this instance', (method, action) => {
    const stack = newStack();
    const notebook = newNotebook(stack);
    const user = new iam.User(stack, 'User');
    notebook[method](user);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      Users: [{ Ref: Match.stringLikeRegexp('^User') }],
      PolicyDocument: { Statement: [{ Action: action, Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('^Notebook') } }] },
    });
  });
});

describe('code repositories', () => {
  test('of CodeCommit may be pulled from', () => {
    const stack = newStack();
    const repository = new codecommit.Repository(stack, 'Repository', { repositoryName: 'r' });
    newNotebook(stack, { defaultCodeRepository: NotebookInstanceCodeRepository.fromCodeCommit(repository) });
    expect(propertiesOf(stack, TYPE.notebook).DefaultCodeRepository).toEqual(getAtt('^Repository', 'CloneUrlHttp'));
    expect(actionsOf(stack, 'NotebookRole')).toContain('codecommit:GitPull');
  });

  test('with a secret are made code repositories, whose secret may be read', () => {
    const stack = newStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    newNotebook(stack, {
      additionalCodeRepositories: [NotebookInstanceCodeRepository.fromPrivateGitUrl('https://git.example/r.git', { secret, branch: 'main' })],
    });
    expect(propertiesOf(stack, 'AWS::SageMaker::CodeRepository').GitConfig).toEqual({
      RepositoryUrl: 'https://git.example/r.git', Branch: 'main', SecretArn: ref('^Secret'),
    });
    expect(propertiesOf(stack, TYPE.notebook).AdditionalCodeRepositories).toEqual([getAtt('^NotebookAdditionalCodeRepository1', 'CodeRepositoryName')]);
    expect(actionsOf(stack, 'NotebookRole')).toContain('secretsmanager:GetSecretValue');
  });

  test('of SageMaker are used by their names', () => {
    const stack = newStack();
    const secret = new secretsmanager.Secret(stack, 'Secret');
    const resource = new sagemaker.CfnCodeRepository(stack, 'Code', { gitConfig: { repositoryUrl: 'https://git.example/r.git' } });
    newNotebook(stack, { defaultCodeRepository: NotebookInstanceCodeRepository.fromCodeRepositoryName(resource.attrCodeRepositoryName, { secret }) });
    expect(propertiesOf(stack, TYPE.notebook).DefaultCodeRepository).toEqual(getAtt('^Code', 'CodeRepositoryName'));
    expect(actionsOf(stack, 'NotebookRole')).toContain('secretsmanager:GetSecretValue');
  });
});

describe('the custom resource', () => {
  const ALL_INSTANCES = { 'Fn::Join': ['', expect.arrayContaining([':notebook-instance/*'])] };

  test('is made when an attribute is used, once, and may only describe', () => {
    const stack = newStack();
    const notebook = newNotebook(stack);
    new CfnOutput(stack, 'Url', { value: notebook.notebookInstanceUrl });
    new CfnOutput(stack, 'Interface', { value: notebook.networkInterfaceId });
    const template = Template.fromStack(stack);
    template.hasOutput('Url', { Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^NotebookState'), 'Url'] } });
    expect(propertiesOf(stack, TYPE.state)).toEqual({
      ServiceToken: getAtt('Provider', 'Arn'),
      NotebookInstanceName: getAtt('^Notebook', 'NotebookInstanceName'),
      Notebook: Object.fromEntries(Object.entries(propertiesOf(stack, TYPE.notebook)).filter(([name]) => name !== 'Tags')),
    });
    expect(actionsOf(stack, 'SageMakerJobProviderFunctionRole').filter((action) => /^sagemaker:.*NotebookInstance$/.test(action))).toEqual(['sagemaker:DescribeNotebookInstance']);
  });

  test('holds a state, with what that takes', () => {
    const stack = newStack();
    newNotebook(stack, { desiredState: NotebookInstanceDesiredState.STOPPED, desiredStateTrigger: 'build 7' });
    expect(propertiesOf(stack, TYPE.state)).toMatchObject({ DesiredState: 'STOPPED', Trigger: 'build 7' });
    expect(statementsOf(stack, 'SageMakerJobProviderFunctionRole').filter(({ Action }) => /NotebookInstance/.test(JSON.stringify(Action)))).toEqual([
      { Action: 'sagemaker:DescribeNotebookInstance', Effect: 'Allow', Resource: ALL_INSTANCES },
      {
        Action: ['sagemaker:StartNotebookInstance', 'sagemaker:StopNotebookInstance'],
        Condition: { StringEquals: { 'aws:ResourceTag/cdk-sagemaker-jobs:stack-id': { Ref: 'AWS::StackId' } } },
        Effect: 'Allow',
        Resource: ALL_INSTANCES,
      },
    ]);
  });

  test('that only describes leaves the tags of the instance alone', () => {
    const stack = newStack();
    new CfnOutput(stack, 'Url', { value: newNotebook(stack).notebookInstanceUrl });
    expect(propertiesOf(stack, TYPE.notebook).Tags).toBeUndefined();
  });

  test('that holds a state gives the instance the tag of the stack beside its own, and nothing else that is made for it', () => {
    const stack = newStack();
    Tags.of(newNotebook(stack, { desiredState: NotebookInstanceDesiredState.STOPPED, onStart: [NotebookInstanceLifecycleScript.fromInline('true')] })).add('team', 'vision');
    expect(propertiesOf(stack, TYPE.notebook).Tags).toEqual([OWNED, { Key: 'team', Value: 'vision' }]);
    expect(propertiesOf(stack, TYPE.lifecycleConfig).Tags).toEqual(IS_FLOOR ? undefined : [{ Key: 'team', Value: 'vision' }]);
  });

  test('of many instances takes no more than of one, but to pass their roles', () => {
    const policyFor = (...ids: string[]) => {
      const stack = newStack();
      const props = { instanceType: MlInstanceType.ML_T3_MEDIUM, vpc: vpcOf(stack), volumeEncryptionKey: new kms.Key(stack, 'Key') };
      for (const id of ids) new NotebookInstance(stack, id, { ...props, desiredState: NotebookInstanceDesiredState.STOPPED });
      return statementsOf(stack, 'SageMakerJobProviderFunctionRole');
    };
    const isPassing = ({ Action }: any) => Action === 'iam:PassRole';
    const [one, two] = [policyFor('A'), policyFor('A', 'B')];
    expect(two.filter((statement) => !isPassing(statement))).toEqual(one.filter((statement) => !isPassing(statement)));
    expect(two.find(isPassing).Resource).toHaveLength(2);
  });

  test.each<[string, (stack: Stack) => Partial<NotebookInstanceProps>]>([
    ['of its own', () => ({})],
    ['that was given', (stack) => ({ role: new iam.Role(stack, 'Given', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }) })],
  ])('holds the state of an instance that waits for a job, and has a role %s', (_, props) => {
    const stack = newStack();
    const notebook = newNotebook(stack, { ...props(stack), desiredState: NotebookInstanceDesiredState.STOPPED });
    notebook.node.addDependency(new TrainingJob(stack, 'Job', LEAST));
    // Template.fromStack() refuses resources that depend on each other in a circle.
    Template.fromStack(stack).resourceCountIs(TYPE.state, 1);
  });

  test('passes the role of no other instance', () => {
    const stack = newStack();
    newNotebook(stack, { desiredState: NotebookInstanceDesiredState.STOPPED });
    new NotebookInstance(stack, 'Other', { instanceType: MlInstanceType.ML_T3_MEDIUM });
    const paths = Object.fromEntries(Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Role'))
      .filter(([, { Properties }]) => Properties.Path)
      .map(([id, { Properties }]) => [id.replace(/Role.*/, ''), JSON.stringify(Properties.Path).match(/SNotebook\w+|SOther\w+/)![0]]));
    const passed = JSON.stringify(statementsOf(stack, 'SageMakerJobProviderFunctionRole').filter(({ Action }) => Action === 'iam:PassRole'));
    expect([passed.includes(paths.Notebook), passed.includes(paths.Other)]).toEqual([true, false]);
  });

  test('sets the IP address type', () => {
    const stack = newStack();
    newNotebook(stack, { vpc: vpcOf(stack), ipAddressType: NotebookInstanceIpAddressType.DUALSTACK });
    expect(propertiesOf(stack, TYPE.state).IpAddressType).toBe('dualstack');
    expect(actionsOf(stack, 'SageMakerJobProviderFunctionRole')).toContain('sagemaker:UpdateNotebookInstance');
  });

  test('follows every change of the instance, overrides among them, but not of its tags', () => {
    const render = (tag: string, override?: string) => {
      const stack = newStack();
      const notebook = newNotebook(stack, { desiredState: NotebookInstanceDesiredState.IN_SERVICE });
      Tags.of(stack).add('tag', tag);
      if (override) (notebook.node.defaultChild as sagemaker.CfnNotebookInstance).addPropertyOverride('Tomorrow', override);
      return propertiesOf(stack, TYPE.state);
    };
    expect(render('a')).toEqual(render('b'));
    expect(render('a', 'x').Notebook.Tomorrow).toBe('x');
  });

  test('starts the instance anew when scripts change', () => {
    const render = (text: string, restartOnLifecycleConfigChange?: boolean) => {
      const stack = newStack();
      const notebook = newNotebook(stack, { onStart: [NotebookInstanceLifecycleScript.fromInline(text)], restartOnLifecycleConfigChange });
      new CfnOutput(stack, 'Url', { value: notebook.notebookInstanceUrl });
      return propertiesOf(stack, TYPE.state);
    };
    expect(render('echo 1')).toEqual(render('echo 2'));
    expect(render('echo 1', true).Scripts).not.toBe(render('echo 2', true).Scripts);
  });

  test('does not start the instance anew when scripts change that would not run then', () => {
    const render = (text: string) => {
      const stack = newStack();
      newNotebook(stack, {
        onCreate: [NotebookInstanceLifecycleScript.fromInline(text)],
        onStart: [NotebookInstanceLifecycleScript.fromInline('true')],
        restartOnLifecycleConfigChange: true,
      });
      return propertiesOf(stack, TYPE.state).Scripts;
    };
    expect(render('echo 1')).toEqual(expect.any(String));
    expect(render('echo 1')).toBe(render('echo 2'));
  });

  test('of one instance may be used by another one', () => {
    const stack = newStack();
    const first = newNotebook(stack, { desiredState: NotebookInstanceDesiredState.IN_SERVICE });
    new NotebookInstance(stack, 'Second', {
      instanceType: MlInstanceType.ML_T3_MEDIUM,
      onStart: [NotebookInstanceLifecycleScript.fromInline(`echo ${first.notebookInstanceUrl}`)],
      desiredState: NotebookInstanceDesiredState.IN_SERVICE,
    });
    // Template.fromStack() refuses resources that depend on each other in a circle.
    Template.fromStack(stack).resourceCountIs(TYPE.state, 2);
  });
});

test('a schedule starts and stops the instance, may do no more than that, and does not insist', () => {
  const stack = newStack();
  const timeZone = TimeZone.EUROPE_BERLIN;
  newNotebook(stack, {
    schedule: {
      start: ScheduleExpression.cron({ weekDay: 'MON-FRI', hour: '8', minute: '0', timeZone }),
      stop: ScheduleExpression.cron({ hour: '20', minute: '0', timeZone }),
    },
  });
  const schedules = Object.values(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties);
  expect(schedules.map(({ ScheduleExpression: expression, ScheduleExpressionTimezone: zone }) => [expression, zone])).toEqual([
    ['cron(0 8 ? * MON-FRI *)', 'Europe/Berlin'], ['cron(0 20 * * ? *)', 'Europe/Berlin'],
  ]);
  for (const [index, action] of ['startNotebookInstance', 'stopNotebookInstance'].entries()) {
    const { Target } = schedules[index];
    expect(JSON.stringify(Target.Arn)).toContain(`:scheduler:::aws-sdk:sagemaker:${action}`);
    expect(JSON.stringify(Target.Input)).toContain('NotebookInstanceName');
    expect(Target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 600, MaximumRetryAttempts: 5 });
  }
  const statements = statementsOf(stack, 'NotebookScheduleRole');
  expect(statements.map(({ Action }) => Action).sort()).toEqual(['iam:PassRole', 'sagemaker:StartNotebookInstance', 'sagemaker:StopNotebookInstance']);
  for (const { Action, Resource } of statements) expect(Resource).toEqual(Action === 'iam:PassRole' ? getAtt('^NotebookRole', 'Arn') : ref('^Notebook'));
});

test.each([
  ['onStateChange', undefined],
  ['onInService', ['InService']],
  ['onStopped', ['Stopped']],
  ['onFailed', ['Failed']],
] as const)('a rule: %s', (method, statuses) => {
  const stack = newStack();
  newNotebook(stack)[method]('Rule', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')) });
  expect(propertiesOf(stack, 'AWS::Events::Rule').EventPattern).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Notebook Instance State Change'],
    'detail': {
      NotebookInstanceName: [getAtt('^Notebook', 'NotebookInstanceName')],
      ...statuses ? { NotebookInstanceStatus: statuses } : {},
    },
  });
});

test('a rule for an imported instance matches what is known of it: the name, or the ARN, which has the name in lower case', () => {
  const stack = newStack();
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/lab';
  const details = [NotebookInstance.fromNotebookInstanceArn(stack, 'Arn', arn), NotebookInstance.fromNotebookInstanceName(stack, 'Name', 'Lab')]
    .map((notebook) => stack.resolve((notebook.onStopped('Rule') as any)._renderEventPattern()).detail);
  expect(details).toEqual([
    { NotebookInstanceArn: [arn], NotebookInstanceStatus: ['Stopped'] },
    { NotebookInstanceName: ['Lab'], NotebookInstanceStatus: ['Stopped'] },
  ]);
});

test('imports', () => {
  const stack = newStack();
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/lab';
  const byArn = NotebookInstance.fromNotebookInstanceArn(stack, 'Arn', arn);
  expect([byArn.notebookInstanceName, byArn.env.region]).toEqual(['lab', 'eu-west-1']);
  const withName = NotebookInstance.fromNotebookInstanceAttributes(stack, 'Exact', { notebookInstanceArn: arn, notebookInstanceName: 'Lab' });
  expect(withName.notebookInstanceName).toBe('Lab');
  const byName = NotebookInstance.fromNotebookInstanceName(stack, 'Name', 'Lab');
  expect(stack.resolve(byName.notebookInstanceArn)['Fn::Join'][1].at(-1)).toBe(':notebook-instance/lab');
  expect(byName.logGroup.logGroupName).toBe('/aws/sagemaker/NotebookInstances');
  byName.grantStop(new iam.User(stack, 'User'));
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 1);
});

describe('a notebook instance imported by its attributes', () => {
  const notebookInstanceArn = 'arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/lab';

  test('has the log group of its account and Region', () => {
    const { logGroup } = NotebookInstance.fromNotebookInstanceArn(newStack(), 'Lab', notebookInstanceArn);
    expect(logGroup.logGroupArn).toMatch(/:logs:eu-west-1:111122223333:log-group:\/aws\/sagemaker\/NotebookInstances:\*$/);
    expect(logGroup.env).toEqual({ account: '111122223333', region: 'eu-west-1' });
  });

  test('is a grantee by its role and a peer by its security groups', () => {
    const stack = newStack();
    const group = new ec2.SecurityGroup(stack, 'Group', { vpc: new ec2.Vpc(stack, 'Vpc') });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    const notebook = NotebookInstance.fromNotebookInstanceAttributes(stack, 'Lab', { notebookInstanceArn, role, securityGroups: [group] });
    expect(new iam.Role(stack, 'Other', { assumedBy: new iam.AnyPrincipal() }).grantAssumeRole(notebook.grantPrincipal).success).toBe(true);
    expect(notebook.connections.securityGroups).toEqual([group]);
  });

  test('grants with the start the permission to pass its role and to use its key', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lab');
    const volumeEncryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    const notebook = NotebookInstance.fromNotebookInstanceAttributes(stack, 'Lab', { notebookInstanceArn, role, volumeEncryptionKey });
    notebook.grantStart(new iam.User(stack, 'User'));
    const [{ Properties: { PolicyDocument } }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const actions = PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['sagemaker:StartNotebookInstance', 'iam:PassRole', 'kms:CreateGrant', 'kms:DescribeKey']));
  });

  test('without a role is granted nothing, and without security groups has no connections', () => {
    const stack = newStack();
    const notebook = NotebookInstance.fromNotebookInstanceArn(stack, 'Lab', notebookInstanceArn);
    expect(notebook.grantPrincipal).toBeInstanceOf(iam.UnknownPrincipal);
    expect(() => notebook.connections).toThrow('Lab: connections: unknown for an imported notebook instance; '
      + 'pass `securityGroups` to NotebookInstance.fromNotebookInstanceAttributes()');
  });
});

test('an instance with a name is known in other stacks', () => {
  const app = new App();
  const env = { account: '111122223333', region: 'eu-west-1' };
  const notebook = newNotebook(new Stack(app, 'A', { env }), { notebookInstanceName: 'lab' });
  const stack = new Stack(app, 'B', { env: { ...env, region: 'us-east-1' } });
  new CfnOutput(stack, 'Name', { value: notebook.notebookInstanceName });
  Template.fromStack(stack).hasOutput('Name', { Value: 'lab' });
});

test.each(['Lab', PhysicalName.GENERATE_IF_NEEDED])('the ARN in another environment has the name in lower case: %s', (notebookInstanceName) => {
  const app = new App();
  const notebook = newNotebook(new Stack(app, 'A', { env: { account: '111122223333', region: 'eu-west-1' } }), { notebookInstanceName });
  const stack = new Stack(app, 'B', { env: { account: '111122223333', region: 'us-east-1' } });
  new CfnOutput(stack, 'Arn', { value: notebook.notebookInstanceArn });
  const { Value } = Template.fromStack(stack).findOutputs('Arn').Arn;
  expect(JSON.stringify(Value)).toMatch(/:notebook-instance\/[a-z0-9-]+"/);
});

test.each(['notebook-al1-v1', 'notebook-al2-v1', 'notebook-al2-v2', 'notebook-al2-v3'])('the platform %s, which SageMaker rejects, is reported with its successor', (platform) => {
  const stack = newStack();
  newNotebook(stack, { platformIdentifier: NotebookInstancePlatformIdentifier.of(platform) });
  expect(violationsOf(stack)).toEqual([
    'platformIdentifier: is no longer supported: SageMaker neither creates nor starts instances with it; '
    + `got ${platform}. Use notebook-al2023-v1, which keeps the volume of an existing instance`,
  ]);
});

test('a platform other than the one that instances are created with is set in place, and not by CloudFormation', () => {
  const stack = newStack();
  newNotebook(stack, { platformIdentifier: NotebookInstancePlatformIdentifier.of('notebook-al2027-v1') });
  expect(propertiesOf(stack, TYPE.notebook).PlatformIdentifier).toBe('notebook-al2023-v1');
  expect(propertiesOf(stack, TYPE.state).PlatformIdentifier).toBe('notebook-al2027-v1');
  expect(actionsOf(stack, 'SageMakerJobProviderFunctionRole')).toContain('sagemaker:UpdateNotebookInstance');
});

describe('settings that are left to the service', () => {
  const properties = (props: Partial<NotebookInstanceProps>) => Object.values<any>(templateOf((stack) => new NotebookInstance(stack, 'Notebook', {
    instanceType: MlInstanceType.ML_T3_MEDIUM, useServiceDefaults: true, ...props,
  })).findResources('AWS::SageMaker::NotebookInstance'))[0].Properties;

  test('are not in the template, so that an instance that exists can be adopted unchanged', () => {
    expect(Object.keys(properties({})).sort()).toEqual(['InstanceType', 'RoleArn']);
    expect(Object.keys(properties({ subnetId: 'subnet-11111111', securityGroupIds: ['sg-11111111'] })).sort())
      .toEqual(['InstanceType', 'RoleArn', 'SecurityGroupIds', 'SubnetId']);
  });

  test('can be specified one by one', () => {
    expect(properties({ enableRootAccess: true })).toMatchObject({ RootAccess: 'Enabled' });
  });

  test('include the platform of an adopted instance, which is changed in place if it is specified', () => {
    const stack = newStack();
    newNotebook(stack, { useServiceDefaults: true, platformIdentifier: NotebookInstancePlatformIdentifier.NOTEBOOK_AL2023_V1 });
    expect(propertiesOf(stack, TYPE.notebook).PlatformIdentifier).toBeUndefined();
    expect(propertiesOf(stack, TYPE.state).PlatformIdentifier).toBe('notebook-al2023-v1');
  });
});
