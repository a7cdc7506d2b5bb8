import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnParameter, Duration, LegacyStackSynthesizer, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AthenaResultFormat, ContainerImage, InputChannel, MlInstanceType, ProcessingInput, ProcessingJob, type ProcessingJobProps, ProcessingOutput,
  ProcessingScript, RedshiftResultFormat, S3Location, TrainingJob,
} from '../../src';
import { EXAMPLES, LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { actionsOf, complaintOf, type Example, requestOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const JOB = 'Custom::SageMakerProcessingJob';
const SCRATCH = S3Location.fromUri('s3://scratch/queries/');
const ATHENA = { database: 'web', queryString: 'SELECT 1', outputLocation: SCRATCH, outputFormat: AthenaResultFormat.PARQUET };
const job = (stack: Stack, props: Partial<ProcessingJobProps> = {}) => new ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, waitTimeout: Duration.minutes(30), ...props });
const processingRequest = (example: Example) => requestOf(example, JOB);
const propertiesOf = (example: Example): any => Object.values(templateOf(example).findResources(JOB))[0].Properties;
const resourcesOf = (example: Example, action: string) => statementsOf(templateOf(example), 'JobRole').filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => JSON.stringify(Resource));

describe('role', () => {
  test('the default role may do what the least job needs, and no more', () => {
    const template = templateOf((stack) => job(stack));

    expect(actionsOf(template, 'JobRole')).toEqual([
      'cloudwatch:PutMetricData',
      'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetAuthorizationToken', 'ecr:GetDownloadUrlForLayer',
      'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:PutObject',
    ]);
    expect(JSON.stringify(statementsOf(template, 'JobRole'))).toContain('log-group:/aws/sagemaker/ProcessingJobs:*');
  });

  test('in a VPC the nine actions are allowed without resources and conditions, as SageMaker requires', () => {
    const template = templateOf((stack) => job(stack, { vpc: new ec2.Vpc(stack, 'Vpc') }));

    const network = statementsOf(template, 'JobRole').filter(({ Action }) => [Action].flat().some((action: string) => action.startsWith('ec2:')));
    expect(network).toEqual([{ Effect: 'Allow', Action: expect.any(Array), Resource: '*' }]);
    expect(network[0].Action).toHaveLength(9);
  });

  test('an imported role gets nothing attached', () => {
    const template = templateOf(EXAMPLES.queries);

    expect(Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => !id.startsWith('SageMakerJobProvider'))).toEqual([]);
  });

  test('a feature group may get records', () => {
    expect(resourcesOf((stack) => job(stack, { processingOutputs: [ProcessingOutput.toFeatureGroup('features', 'customers')] }), 'sagemaker:PutRecord'))
      .toEqual([expect.stringContaining(':feature-group/customers')]);
  });

  test('a query in Athena runs in its workgroup, and reads the tables of its database only', () => {
    const example: Example = (stack) => job(stack, { processingInputs: [ProcessingInput.fromAthena('events', { ...ATHENA, workGroup: 'analytics', dataLocations: [S3Location.fromUri('s3://data/web/')] })] });

    expect(resourcesOf(example, 'athena:StartQueryExecution')).toEqual([expect.stringContaining(':workgroup/analytics')]);
    expect(resourcesOf(example, 'glue:GetTables').join()).toMatch(/:database\/web".*:table\/web\/\*"/);
    expect(resourcesOf(example, 'glue:GetTable').join()).toMatch(/:table\/web\/\*".*:table\/\*\/sagemaker_tmp_\*"/);
    expect(resourcesOf(example, 'glue:CreateTable').join()).toContain(':table/*/sagemaker_tmp_*');
    expect(resourcesOf(example, 'glue:CreateDatabase').join()).toMatch(/:catalog".*:database\/default".*:database\/sagemaker_processing"/);
    expect(resourcesOf(example, 's3:PutObject').join()).toContain('scratch/queries/*');
    expect(resourcesOf(example, 's3:GetObject').join()).toMatch(/data\/web\/\*.*scratch\/queries\/\*|scratch\/queries\/\*.*data\/web\/\*/);
    expect(resourcesOf(example, 's3:GetBucketLocation')).toEqual([expect.stringContaining(':s3:::scratch"')]);
  });

  test('a query without a workgroup runs in the primary one, and its result may be anywhere', () => {
    const example: Example = (stack) => job(stack, {
      processingInputs: [ProcessingInput.fromAthena('events', { ...ATHENA, outputLocation: S3Location.fromUri(new CfnParameter(stack, 'Uri').valueAsString) })],
    });

    expect(resourcesOf(example, 'athena:StartQueryExecution')).toEqual([expect.stringContaining(':workgroup/primary')]);
    expect(resourcesOf(example, 's3:GetBucketLocation')).toEqual([expect.stringContaining('"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"Uri"}]}]')]);
  });

  test('a query in Redshift gets credentials of its user, and the role of the cluster writes the result with the key, before the job starts', () => {
    const example: Example = (stack) => {
      const clusterRole = new iam.Role(stack, 'ClusterRole', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
      job(stack, {
        processingInputs: [ProcessingInput.fromRedshift('orders', {
          clusterId: 'warehouse',
          database: 'sales',
          dbUser: 'reader',
          clusterRole,
          queryString: 'SELECT 1',
          outputLocation: SCRATCH,
          outputEncryptionKey: new kms.Key(stack, 'Key'),
          outputFormat: RedshiftResultFormat.CSV,
        })],
      });
    };

    expect(resourcesOf(example, 'redshift:GetClusterCredentials').join()).toMatch(/:dbuser:warehouse\/reader".*:dbname:warehouse\/sales"/);
    expect(actionsOf(templateOf(example), 'ClusterRole')).toEqual([
      'kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
    expect(actionsOf(templateOf(example), 'JobRole')).toEqual(expect.arrayContaining(['kms:Decrypt', 'redshift-data:ExecuteStatement', 's3:GetObject']));
    templateOf(example).hasResource(JOB, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^ClusterRoleDefaultPolicy')]) });
  });
});

test('a cluster role of another stack gets its permissions in the stack of the job, so that the stacks do not depend on each other', () => {
  const app = new App();
  const clusterRole = new iam.Role(new Stack(app, 'Warehouse'), 'ClusterRole', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
  const stack = new Stack(app, 'Stack');
  const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: new kms.Key(stack, 'Key') });
  job(stack, {
    processingInputs: [ProcessingInput.fromRedshift('orders', {
      clusterId: 'warehouse', database: 'sales', dbUser: 'reader', clusterRole, queryString: 'SELECT 1', outputLocation: S3Location.fromBucket(bucket, 'orders/'), outputFormat: RedshiftResultFormat.CSV,
    })],
  });

  app.synth();
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('JobClusterRolePolicy'));
  expect(policies).toHaveLength(1);
  expect(JSON.stringify(policies[0][1])).toContain('s3:PutObject');
  const [properties] = Object.values(Template.fromStack(stack).findResources(JOB));
  expect(properties.DependsOn).toContain(policies[0][0]);
});

test('inputs with a cluster role of another stack can have names that are known only during the deployment', () => {
  const app = new App();
  const clusterRole = new iam.Role(new Stack(app, 'Warehouse'), 'ClusterRole', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
  const stack = new Stack(app, 'Stack');
  const query = { clusterId: 'warehouse', database: 'sales', dbUser: 'reader', clusterRole, queryString: 'SELECT 1', outputFormat: RedshiftResultFormat.CSV };
  job(stack, {
    processingInputs: ['First', 'Second'].map((name) => ProcessingInput.fromRedshift(new CfnParameter(stack, name).valueAsString, {
      ...query, outputLocation: S3Location.fromUri(`s3://scratch/${name}/`),
    })),
  });

  app.synth();
  const [{ DependsOn }] = Object.values(Template.fromStack(stack).findResources(JOB));
  expect(DependsOn.filter((id: string) => id.startsWith('JobClusterRolePolicy'))).toHaveLength(2);
});

test('a key for outputs without outputs is a warning', () => {
  const stack = new Stack(new App(), 'Stack');
  job(stack, { processingOutputs: [], outputEncryptionKey: new kms.Key(stack, 'Key') });
  Template.fromStack(stack);

  Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('outputEncryptionKey: has no effect without `processingOutputs`'));
});

test('the exit message of a job that may not write one has a fallback', () => {
  const properties = propertiesOf((stack) => new CfnOutput(stack, 'Message', { value: job(stack).exitMessageWithFallback('none') }));

  expect([properties.Reads, properties.Fallbacks]).toEqual([['ExitMessage'], { ExitMessage: 'none' }]);
});

describe('script', () => {
  let directory: string;
  beforeAll(() => { directory = mkdtempSync(join(tmpdir(), 'script-')); });
  afterAll(() => rmSync(directory, { recursive: true }));

  const scriptOf = (content: string, name = 'preprocess.py') => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return ProcessingScript.fromAsset(path);
  };

  test('a script of the app is an input, and what the container runs', () => {
    const { AppSpecification, ProcessingInputs } = processingRequest((stack) => job(stack, { script: scriptOf('print(1)'), containerArguments: ['--a', '1'] }));

    const [{ InputName, S3Input: { LocalPath, S3Uri } }] = ProcessingInputs;
    expect([InputName, LocalPath]).toEqual(['code', '/opt/ml/processing/input/code']);
    const fileName = /\/([0-9a-f]{64}\.py)$/.exec(S3Uri['Fn::Sub'] ?? JSON.stringify(S3Uri).replace(/"\]\]\}$/, ''))![1];
    expect(AppSpecification).toMatchObject({ ContainerEntrypoint: ['python3', `/opt/ml/processing/input/code/${fileName}`], ContainerArguments: ['--a', '1'] });
  });

  test('another content is another job, and the same content is the same one', () => {
    const identityOf = (script: ProcessingScript) => job(new Stack(new App(), 'Stack'), { script }).jobIdentity;
    const first = identityOf(scriptOf('print(1)'));

    expect(identityOf(scriptOf('print(1)', 'other.py'))).toBe(first);
    expect(identityOf(scriptOf('print(2)'))).not.toBe(first);
  });

  test('a directory of the app runs as a zip file, if Python finds its main module', () => {
    const main = join(directory, 'with-main');
    mkdirSync(main);
    writeFileSync(join(main, '__main__.py'), 'print(1)');
    const { AppSpecification } = processingRequest((stack) => job(stack, { script: ProcessingScript.fromAsset(main) }));
    expect(AppSpecification.ContainerEntrypoint).toEqual(['python3', expect.stringMatching(/^\/opt\/ml\/processing\/input\/code\/[0-9a-f]{64}\.zip$/)]);

    const empty = join(directory, 'without-main');
    mkdirSync(empty);
    writeFileSync(join(empty, 'other.py'), 'print(1)');
    expect(complaintOf((stack) => job(stack, { script: ProcessingScript.fromAsset(empty) })))
      .toContain('script.path: must be a file, or a directory with `__main__.py`, which Python runs; got');
    expect(complaintOf((stack) => job(stack, { script: ProcessingScript.fromAsset(empty, { command: ['unpack'] }) }))).toBe('');
  });

  test('an input that is named as the script is one error', () => {
    const complaint = complaintOf((stack) => job(stack, { script: scriptOf('print(1)'), processingInputs: [ProcessingInput.fromS3('code', S3Location.fromUri('s3://data/code'))] }));

    expect(complaint.match(/\[Stack/g)).toHaveLength(1);
    expect(complaint).toContain('processingInputs[0].inputName: cannot be `code` together with `script`, which is an input with this name');
  });

  test('an asset of the legacy synthesizer says which synthesizer to use', () => {
    const stack = new Stack(new App(), 'Stack', { synthesizer: new LegacyStackSynthesizer() });

    expect(() => job(stack, { script: scriptOf('print(1)') })).toThrow(
      'Stack/Job: script: must be an object whose key is known at synthesis; got an asset whose key is a parameter. Use the DefaultStackSynthesizer, or ProcessingScript.fromS3()',
    );
  });

  test('a script in S3 runs with a command', () => {
    const inBucket: Example = (stack) => job(stack, { script: ProcessingScript.fromS3(S3Location.fromBucket(new s3.Bucket(stack, 'Bucket'), 'code/preprocess.py')) });

    expect(processingRequest(inBucket).AppSpecification.ContainerEntrypoint).toEqual(['python3', '/opt/ml/processing/input/code/preprocess.py']);
    expect(processingRequest(EXAMPLES.shared).AppSpecification.ContainerEntrypoint).toEqual(['smspark-submit', '--verbose', '/opt/ml/processing/input/code/preprocess.py']);
  });

  test('comes after the inputs of the user', () => {
    const request = processingRequest((stack) => job(stack, { script: scriptOf('print(1)'), processingInputs: [ProcessingInput.fromS3('raw', S3Location.fromUri('s3://data/raw'))] }));

    expect(request.ProcessingInputs.map(({ InputName }: any) => InputName)).toEqual(['raw', 'code']);
  });

  test.each([
    ['s3://code/scripts/', 'a prefix'],
    ['s3://code', 'a prefix'],
    ['token', 'a token'],
  ])('must be an object whose key is known: %s', (uri, got) => {
    const complaint = complaintOf((stack) => job(stack, {
      script: ProcessingScript.fromS3(S3Location.fromUri(uri === 'token' ? new CfnParameter(stack, 'Uri').valueAsString : uri)),
    }));

    expect(complaint).toContain(`Stack/Job: script: must be an object whose key is known at synthesis; got ${got}`);
  });

  test('excludes an entrypoint', () => {
    expect(complaintOf((stack) => job(stack, { script: scriptOf('print(1)'), containerEntrypoint: ['python3'] }))).toContain('script: cannot be specified together with `containerEntrypoint`');
  });
});

describe('outputs', () => {
  test('each job writes to prefixes of its own, and no place is shared', () => {
    const { OutputMember, SharedOutput } = propertiesOf(EXAMPLES.container);

    expect(OutputMember).toEqual(['ProcessingOutputConfig.Outputs.0.S3Output.S3Uri', 'ProcessingOutputConfig.Outputs.1.S3Output.S3Uri']);
    expect(SharedOutput).toBeUndefined();
  });

  test('a fixed location, a managed output and a feature group are shared', () => {
    const { OutputMember, SharedOutput } = propertiesOf(EXAMPLES.shared);

    expect([OutputMember, SharedOutput]).toEqual([['ProcessingOutputConfig.Outputs.0.S3Output.S3Uri'], 'true']);
  });

  test('a job without outputs shares nothing', () => {
    const { OutputMember, SharedOutput } = propertiesOf(EXAMPLES.minimal);

    expect([OutputMember, SharedOutput]).toEqual([undefined, undefined]);
  });

  test('are known by their names', () => {
    const stack = new Stack(new App(), 'Stack');
    const processing = job(stack);

    expect(stack.resolve(processing.outputUri('key'))).toEqual({ 'Fn::GetAtt': [expect.any(String), 'ProcessingOutputConfig.Outputs.key'] });
    expect(() => processing.outputUri(new CfnParameter(stack, 'Name').valueAsString)).toThrow('Stack/Job: outputUri: the name of the output must be known at synthesis; got a token');
    expect(() => processing.output('unknown')).toThrow("Stack/Job: output: unknown output 'unknown'; available in S3: key");
    expect(() => new ProcessingJob(stack, 'None', { image: LEAST_PROCESSING.image }).outputUri('key')).toThrow("Stack/None: outputUri: unknown output 'key'; available in S3: none");
  });

  test('one output is the input of a training job, which may read that one only', () => {
    const template = templateOf((stack) => {
      const processing = job(stack, {
        processingOutputs: ['train', 'test'].map((name) => ProcessingOutput.toS3(name, S3Location.fromUri(`s3://results/${name}`))),
      });
      new TrainingJob(stack, 'Training', { ...LEAST, inputDataConfig: [InputChannel.fromS3('train', processing.output('train'))] });
    });

    const [processing] = Object.keys(template.findResources(JOB));
    template.hasResourceProperties('Custom::SageMakerTrainingJob', {
      Request: { InputDataConfig: [{ DataSource: { S3DataSource: { S3Uri: { 'Fn::GetAtt': [processing, 'ProcessingOutputConfig.Outputs.train'] } } } }] },
    });
    const read = statementsOf(template, 'TrainingRole').filter(({ Action }) => Action === 's3:GetObject');
    expect(JSON.stringify(read)).toContain('results/train*');
    expect(JSON.stringify(read)).not.toContain('results/test');
  });

  test('all outputs can be read with the key, and are no place to write to', () => {
    const template = templateOf((stack) => {
      const bucket = new s3.Bucket(stack, 'Bucket');
      const processing = job(stack, {
        outputEncryptionKey: new kms.Key(stack, 'Key'),
        processingOutputs: ['train', 'test'].map((name) => ProcessingOutput.toS3(name, S3Location.fromBucket(bucket, name))),
      });
      processing.grantReadOutput(new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() }));
      expect(() => processing.output('train').bind(stack, { grantee: processing, forWriting: true })).toThrow("the output of a job is read-only and cannot be an output location; got output('train')");
    });

    expect(actionsOf(template, 'Reader')).toEqual(['kms:Decrypt', 's3:GetObject', 's3:ListBucket']);
    expect(JSON.stringify(statementsOf(template, 'Reader'))).toMatch(/train\*.*test\*/);
  });

  test('of a job that nobody waits for are not known', () => {
    expect(complaintOf((stack) => {
      const processing = new ProcessingJob(stack, 'Job', { ...LEAST_PROCESSING, waitForCompletion: false });
      new TrainingJob(stack, 'Training', { ...LEAST, inputDataConfig: [InputChannel.fromS3('train', processing.output('key'))] });
    })).toContain("outputUri('key'): must not be read if `waitForCompletion` is false");
  });
});

describe('an imported job', () => {
  const attrs = { processingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/vision-1' };

  test('with its outputs can be read, each by its name', () => {
    const template = templateOf((stack) => {
      const imported = ProcessingJob.fromProcessingJobAttributes(stack, 'Job', { ...attrs, outputs: { train: S3Location.fromUri('s3://results/train/vision-1/') } });
      expect(imported.outputUri('train')).toBe('s3://results/train/vision-1/');
      new TrainingJob(stack, 'Training', { ...LEAST, inputDataConfig: [InputChannel.fromS3('train', imported.output('train'))] });
    });

    expect(JSON.stringify(statementsOf(template, 'TrainingRole'))).toContain('results/train/vision-1/*');
  });

  test('without its outputs says where to pass them', () => {
    const imported = ProcessingJob.fromProcessingJobArn(new Stack(new App(), 'Stack'), 'Job', attrs.processingJobArn);

    const where = 'pass `outputs` (ProcessingOutputConfig.Outputs) to ProcessingJob.fromProcessingJobAttributes()';
    expect(() => imported.outputUri('train')).toThrow(`Stack/Job: outputUri('train'): unknown for an imported processing job; ${where}`);
    expect(() => imported.output('train')).toThrow(`Stack/Job: output('train'): unknown for an imported processing job; ${where}`);
    expect(() => imported.grantReadOutput(new iam.AccountRootPrincipal())).toThrow(`Stack/Job: grantReadOutput: unknown for an imported processing job; ${where}`);
  });

  test('has metrics of its first instance, under its exact name', () => {
    const stack = new Stack(new App(), 'Stack');
    const imported = ProcessingJob.fromProcessingJobName(stack, 'Job', 'Vision-1');

    expect(stack.resolve(imported.metricCpuUtilization().toMetricConfig().metricStat)).toMatchObject({
      namespace: '/aws/sagemaker/ProcessingJobs', metricName: 'CPUUtilization', dimensions: [{ name: 'Host', value: 'Vision-1/algo-1' }],
    });
  });
});

test('rules match the status of the job by its name', () => {
  const template = templateOf((stack) => job(stack).onFailed('Failed'));

  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Processing Job State Change'],
      'detail': { ProcessingJobName: [{ prefix: 'stack-job-' }], ProcessingJobStatus: ['Failed'] },
    },
  });
});

test('the image is built for the platform of the instances', () => {
  const stack = new Stack(new App(), 'Stack');
  const seen: unknown[] = [];
  class Image extends ContainerImage {
    bind(_scope: unknown, { platform }: { platform?: { platform: string } }) {
      seen.push(platform?.platform);
      return { imageUri: 'image' };
    }
  }
  job(stack, { image: new Image(), instanceType: MlInstanceType.of('ml.m6g.large') });
  new ProcessingJob(stack, 'Other', { image: new Image(), instancePreferences: [{ instanceType: MlInstanceType.ML_M5_LARGE }] });

  expect(seen).toEqual(['linux/arm64', 'linux/amd64']);
});

test('an empty list of preferences is none', () => {
  expect(processingRequest((stack) => job(stack, { instancePreferences: [] })).ProcessingResources.ClusterConfig).toEqual({ InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 });
});

test('the data of a manifest in another Region is refused by its property', () => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } });
  const elsewhere = s3.Bucket.fromBucketAttributes(stack, 'Elsewhere', { bucketName: 'elsewhere', region: 'us-east-1' });
  job(stack, { processingInputs: [ProcessingInput.fromManifest('listed', S3Location.fromUri('s3://data/list'), { dataLocations: [S3Location.fromBucket(elsewhere)] })] });

  expect(() => Template.fromStack(stack)).toThrow('processingInputs[0].dataLocations[0]: must be in a bucket in eu-west-1, the Region of the stack; got a bucket in us-east-1');
});

test.each<[string, Partial<ProcessingJobProps>, string]>([
  ['an image of a private registry', { image: ContainerImage.fromPrivateRegistry('registry.example.com/process:v1') }, 'image: cannot be an image of a private registry in a VPC for a processing job'],
  ['an image of Docker Hub', { image: ContainerImage.fromUri('python:3') }, 'image: must be an image in Amazon ECR; got python:3'],
  ['a version that is unknown', { image: ContainerImage.fromSpark('9.9') }, "image: unknown version '9.9'; available: 2.4, 3.0, 3.1, 3.2, 3.3, 3.5"],
  ['a path elsewhere', { processingInputs: [ProcessingInput.fromS3('raw', SCRATCH, { localPath: '/data' })] }, 'processingInputs[0].localPath: must begin with /opt/ml/processing/; got /data'],
  ['types twice', {
    instancePreferences: [{ instanceType: MlInstanceType.ML_M5_LARGE }, { instanceType: MlInstanceType.ML_M5_LARGE }],
  }, 'instancePreferences[1].instanceType: can appear only once in `instancePreferences`; got ml.m5.large'],
  ['a type and preferences', {
    instanceType: MlInstanceType.ML_M5_LARGE, instancePreferences: [{ instanceType: MlInstanceType.ML_M5_LARGE }],
  }, 'instanceType: cannot be specified together with `instancePreferences`'],
  ['an access key in the environment', { environment: { KEY: 'AKIAIOSFODNN7EXAMPLE' } }, 'environment.KEY: must not contain an access key'],
  ['an own place for what the application writes', {
    processingOutputs: [ProcessingOutput.toS3('key', SCRATCH, { enableAppManagement: true, separateOutput: true })],
  }, 'processingOutputs[0].separateOutput: cannot be true together with `enableAppManagement`'],
  ['an option of another input', {
    processingInputs: [ProcessingInput.fromS3('raw', SCRATCH, { queryString: 'SELECT 1' } as object)],
  }, 'processingInputs[0].queryString: cannot be passed to an input from Amazon S3: it is a property of an input from an Athena query. Remove it'],
  ['a property of a training job', { hyperParameters: {} } as object, 'hyperParameters: cannot be passed to ProcessingJob: it is a property of TrainingJob'],
])('%s is refused in the words of the user', (_what, props, message) => {
  expect(complaintOf((stack) => job(stack, props))).toContain(message);
});
