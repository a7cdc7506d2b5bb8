import { explain } from '../../lambda/refusal';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { propertyOf } from '../../src/validation/property-names';
import type { RequestKind } from '../../src/validation/shape-constraints';

type Path = ReadonlyArray<string | number>;

const TRAINING = {
  RoleArn: 'arn:aws:iam::111122223333:role/train',
  HyperParameters: { epochs: '10', data: 's3://churn', key: 'correct-horse', note: 'a battery' },
  Environment: { PASSWORD: 'hunter2', STAGING: 's3://staging/data' },
  AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1', ContainerArguments: ['--token', 'staple-7'] },
  InputDataConfig: [
    { ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://churn/train/' } } },
    { ChannelName: 'test', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://churn/test/' } } },
  ],
  OutputDataConfig: { S3OutputPath: 's3://churn/models' },
  CheckpointConfig: { S3Uri: 's3://churn/models' },
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: '1', VolumeSizeInGB: '0' },
  StoppingCondition: { MaxRuntimeInSeconds: '3600', MaxWaitTimeInSeconds: '60' },
};

const RANGES = { CategoricalParameterRanges: [{ Name: 'optimizer', Values: [] }] };
const TUNING = {
  HyperParameterTuningJobConfig: { Strategy: 'Random', ResourceLimits: { MaxParallelTrainingJobs: '1' }, ParameterRanges: RANGES },
  TrainingJobDefinitions: [
    { RoleArn: TRAINING.RoleArn, StaticHyperParameters: { key: 'correct-horse' }, StoppingCondition: { MaxRuntimeInSeconds: '60' } },
  ],
};

const FAILED = 'failed to satisfy constraint: Member must';

const property = (operation: string, request: object, message: string) => /Propert(?:y|ies): (.*?)\. Request reference:/.exec(explain(operation, request, message))?.[1];
const ofTraining = (message: string) => property('CreateTrainingJob', TRAINING, message);
const ofTuning = (message: string) => property('CreateHyperParameterTuningJob', TUNING, message);

test('an explanation is what the service says, the property, and where the operation is documented', () => {
  expect(explain('CreateTrainingJob', TRAINING, `1 validation error detected: Value '0' at 'resourceConfig.volumeSizeInGB' ${FAILED} have value greater than or equal to 1`)).toBe(
    `1 validation error detected: Value '0' at 'resourceConfig.volumeSizeInGB' ${FAILED} have value greater than or equal to 1. `
    + 'Property: volumeSize. Request reference: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html');
});

test('an explanation names several properties, and none where there is none to name', () => {
  const said = (message: string) => explain('CreateTrainingJob', TRAINING, message).replace(/ Request reference: .*$/, '');
  expect(said('MaxWaitTimeInSeconds needs EnableManagedSpotTraining.'))
    .toBe('MaxWaitTimeInSeconds needs EnableManagedSpotTraining. Properties: maxWaitTime, enableManagedSpotTraining.');
  expect(said('It is refused')).toBe('It is refused.');
});

describe('a violation of the model', () => {
  /** Every path of a shape, with the second element of each list. */
  function pathsOf(name: string, path: Path = []): Path[] {
    const { member, members = {} } = SHAPES[name];
    return [
      ...path.length > 0 ? [path] : [],
      ...Object.entries(members).flatMap(([each, shape]) => pathsOf(shape, [...path, each])),
      ...member ? pathsOf(member, [...path, 1]) : [],
    ];
  }

  const spelled = (path: Path) => path.map((step) => (typeof step === 'number' ? `${step + 1}.member` : step[0].toLowerCase() + step.slice(1))).join('.');

  test.each(['trainingJob', 'hyperParameterTuningJob', 'compilationJob'] as RequestKind[])('is found at every place of the request of a %s', (kind) => {
    const paths = pathsOf(CREATE[kind]);
    const wrong = paths.filter((path) => property(CREATE[kind].replace(/Request$/, ''), {}, `1 validation error detected: Value 'x' at '${spelled(path)}' ${FAILED} y`) !== propertyOf(kind, path));
    expect(wrong).toEqual([]);
    expect(paths.length).toBeGreaterThan(20);
  });

  // Forms that users have reported: aws-samples/sagemaker-ml-workflow-with-apache-airflow#3 (several), aws/sagemaker-python-sdk#314 and
  // #6016 (maps), Kenza-AI/sagify#57 (without a place).
  test.each<[string, string, string | undefined]>([
    ['of an element', `1 validation error detected: Value 'fastfile' at 'inputDataConfig.1.member.inputMode' ${FAILED} satisfy enum value set: [Pipe, FastFile, File]`, 'inputDataConfig[0].inputMode'],
    ['of a later element', `1 validation error detected: Value 'x' at 'inputDataConfig.12.member.inputMode' ${FAILED} y`, 'inputDataConfig[11].inputMode'],
    ['of what is missing', `1 validation error detected: Value null at 'outputDataConfig.s3OutputPath' ${FAILED} not be null`, 'outputLocation'],
    ['of what is not shown', `1 validation error detected: Value at 'vpcConfig.subnets' ${FAILED} have length less than or equal to 16`, 'vpcSubnets'],
    ['of two places', `2 validation errors detected: Value '0' at 'resourceConfig.volumeSizeInGB' ${FAILED} a; Value '-1' at 'resourceConfig.instanceCount' ${FAILED} b`, 'volumeSize, instanceCount'],
    ['of one place twice', `2 validation errors detected: Value 'a b' at 'roleArn' ${FAILED} a; Value 'a b' at 'roleArn' ${FAILED} b`, 'role'],
    ['of an entry of a map', `1 validation error detected: Value '10' at 'hyperParameters.epochs' ${FAILED} y`, 'hyperParameters.epochs'],
    ['of a map', `1 validation error detected: Value '{epochs=10}' at 'hyperParameters' ${FAILED} have length less than or equal to 100`, 'hyperParameters'],
    ['of a member that is no property', `1 validation error detected: Value 'x' at 'tomorrow.name' ${FAILED} y`, undefined],
    ['without a place', `1 validation error detected: ${FAILED} satisfy regular expression pattern: a`, undefined],
  ])('%s', (_what, message, expected) => {
    expect(ofTraining(message)).toBe(expected);
  });

  test('of a range is called by its parameter', () => {
    expect(ofTuning(`1 validation error detected: Value '[]' at 'hyperParameterTuningJobConfig.parameterRanges.categoricalParameterRanges.1.member.values' ${FAILED} x`))
      .toBe('parameterRanges[optimizer].values');
  });
});

// What the service says in prose: Kenza-AI/sagify#111, aws/amazon-sagemaker-examples#2267 and #1207, aws/sagemaker-python-sdk#3693,
// aws/amazon-sagemaker-operator-for-k8s#123.
describe('prose', () => {
  test.each<[string, string | undefined]>([
    ['Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true', 'maxWaitTime, enableManagedSpotTraining'],
    ['ResourceConfig.VolumeSizeInGB must be at least 1.', 'volumeSize'],
    ['VpcConfig must be specified where a channel reads a file system.', 'vpc'],
    ['No S3 objects found under S3 URL "s3://churn/test/" given in input data source. Please ensure that the role "arn:aws:iam::111122223333:role/train" has permissions.', 'inputDataConfig[1].location, role'],
    ['Could not assume role arn:aws:iam::111122223333:role/train Please ensure that the role exists.', 'role'],
  ])('names properties: %s', (message, expected) => {
    expect(ofTraining(message)).toBe(expected);
  });

  test.each([
    ['S3Uri is invalid.', 'the channels and the checkpoints have one'],
    ['Access denied to s3://churn/models.', 'two properties hold it'],
    ['CompressionType can only be used with the Pipe input mode.', 'channels and output have one'],
    ['Environment and Tags are not allowed.', 'these are English words'],
    ['MaxNumberOfJobs [10] is more than there are combinations.', 'it is no member'],
    ['The hyperparameter correct-horse is unknown.', 'it is a value'],
    ['Access denied to s3://staging/data.', 'it may be a secret'],
  ])('says nothing in doubt: %s (%s)', (message) => {
    expect(ofTraining(message)).toBeUndefined();
  });

  test('is about the definitions that there are', () => {
    expect(ofTuning('MaxParallelTrainingJobs is too large.')).toBe('maxParallelTrainingJobs');
    expect(ofTuning('StaticHyperParameters must be different.')).toBe('trainingJobDefinitions.hyperParameters');
    expect(ofTuning('Only some fields in TrainingJobDefinition are allowed to change: [algorithmSpecification].')).toBe('trainingJobDefinition');
    expect(ofTuning('MaxRuntimeInSeconds is too large.')).toBeUndefined();
  });
});

describe('what may be a secret', () => {
  const said = (message: string, operation = 'CreateTrainingJob', request: object = TRAINING) => explain(operation, request, message);

  test('is not repeated with the map that it stands in', () => {
    const message = said(`1 validation error detected: Value '{epochs=10, key=correct-horse, note=it's}' at 'hyperParameters' ${FAILED} have length less than or equal to 100`);
    expect(message).toContain("Value '***' at 'hyperParameters' failed");
    expect(message).not.toContain('epochs');
  });

  test('is not repeated with a structure around the map', () => {
    expect(said(`1 validation error detected: Value '[{staticHyperParameters={a=b}}]' at 'trainingJobDefinitions' ${FAILED} x`, 'CreateHyperParameterTuningJob', TUNING))
      .toContain("Value '***' at 'trainingJobDefinitions'");
  });

  test('is not repeated from a place that nobody knows', () => {
    expect(said(`1 validation error detected: Value 'hidden' at 'tomorrow.secret' ${FAILED} x`)).toContain("Value '***' at 'tomorrow.secret'");
  });

  test('is not repeated in prose', () => {
    const message = said('Bad request: hunter2, staple-7, correct-horse; 10 of 10.');
    expect(message).toContain('Bad request: ***, ***, ***; 10 of 10.');
  });

  test('is not repeated in part where it begins with another one', () => {
    const request = { Environment: { A: 'hunter2', B: 'hunter2-and-more' } };
    expect(said('Bad request: hunter2-and-more.', 'CreateTrainingJob', request)).toContain('Bad request: ***. ');
  });

  test.each(['secret', 'two\nlines', '-----x', '1.2.3-rc', '12345x'])('is any text that is long enough: %j', (A) => {
    expect(said(`Bad request: ${A}.`, 'CreateTrainingJob', { Environment: { A } })).toContain('Bad request: ***. ');
  });

  test.each(['short', '1234567', '-12.345'])('is no number, and nothing short: %j', (A) => {
    expect(said(`Bad request: ${A}.`, 'CreateTrainingJob', { Environment: { A } })).toContain(`Bad request: ${A}. `);
  });

  test('is what stands nowhere else in the request', () => {
    expect(said('No S3 objects found under S3 URL "s3://churn/train/".')).toContain('"s3://churn/train/"');
  });

  test('leaves single values and lists of them', () => {
    expect(said(`1 validation error detected: Value 'a' at 'resourceConfig.instanceType' ${FAILED} x`)).toContain("Value 'a' at");
    expect(said(`1 validation error detected: Value '[a, b]' at 'vpcConfig.subnets' ${FAILED} x`, 'CreateTrainingJob', { VpcConfig: { Subnets: ['a', 'b'] } })).toContain("Value '[a, b]' at");
  });
});

test('an update and a notebook instance are toJobError as well', () => {
  expect(property('UpdateTrainingJob', {}, `1 validation error detected: Value '4000' at 'resourceConfig.keepAlivePeriodInSeconds' ${FAILED} x`)).toBe('keepAlivePeriod');
  expect(property('UpdateNotebookInstance', {}, `1 validation error detected: Value 'x' at 'ipAddressType' ${FAILED} y`)).toBe('ipAddressType');
});
