import {
  CreateCompilationJobCommand,
  type CreateCompilationJobCommandInput,
  DeleteCompilationJobCommand,
  DescribeCompilationJobCommand,
  ListTagsCommand,
  ResourceInUse,
  ResourceNotFound,
  StopCompilationJobCommand,
} from '@aws-sdk/client-sagemaker';
import { ACCOUNT, Fixture, REGION } from './setup';

let cloud: Fixture;
beforeEach(async () => { cloud = await Fixture.start(); });
afterEach(async () => cloud.stop());

const input = { S3Uri: 's3://bucket/models/model.tar.gz', Framework: 'PYTORCH', FrameworkVersion: '1.13', DataInputConfig: '[[1,3,224,224]]' };
const output = { S3OutputLocation: 's3://bucket/compiled/', TargetDevice: 'ml_c5' };
const coreMl = { ...output, TargetDevice: 'coreml' };
const of = (Framework: string, DataInputConfig?: string) => ({ S3Uri: input.S3Uri, Framework, DataInputConfig });
const nvidia = (CompilerOptions?: string) => ({
  S3OutputLocation: 's3://b/c', TargetPlatform: { Os: 'LINUX', Arch: 'ARM64', Accelerator: 'NVIDIA' }, CompilerOptions,
});
const MODEL_PACKAGE = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:model-package/package/1`;

const create = async (name: string, changes: object = {}) => cloud.client.send(new CreateCompilationJobCommand({
  CompilationJobName: name,
  RoleArn: `arn:aws:iam::${ACCOUNT}:role/compilation`,
  InputConfig: input,
  OutputConfig: output,
  StoppingCondition: { MaxRuntimeInSeconds: 900 },
  ...changes,
} as CreateCompilationJobCommandInput));
const describeJob = async (name: string) => cloud.client.send(new DescribeCompilationJobCommand({ CompilationJobName: name }));
const stop = async (name: string) => cloud.client.send(new StopCompilationJobCommand({ CompilationJobName: name }));
const remove = async (name: string) => cloud.client.send(new DeleteCompilationJobCommand({ CompilationJobName: name }));

test('a job starts, compiles and completes with a model, its digest and an image to serve it', async () => {
  // given
  const seen: string[] = [];
  cloud.sagemaker.on('transition', ({ kind, jobName, status }) => seen.push(`${kind} ${jobName} ${status}`));
  // when
  const { CompilationJobArn } = await create('Compile', { Tags: [{ Key: 'team', Value: 'ml' }] });
  const starting = await describeJob('compile');
  const running = cloud.sagemaker.running();
  await cloud.seconds(150);
  const ended = await describeJob('Compile');
  // then
  expect(CompilationJobArn).toBe(`arn:aws:sagemaker:${REGION}:${ACCOUNT}:compilation-job/compile`);
  expect(starting).toMatchObject({ CompilationJobName: 'Compile', CompilationJobStatus: 'STARTING', FailureReason: '' });
  expect(starting).not.toHaveProperty('ModelArtifacts');
  expect(starting).not.toHaveProperty('CompilationStartTime');
  expect(running).toEqual(['Compile']);
  expect(seen).toEqual(['CompilationJob Compile STARTING', 'CompilationJob Compile INPROGRESS', 'CompilationJob Compile COMPLETED']);
  expect(ended).toMatchObject({
    CompilationJobStatus: 'COMPLETED',
    InputConfig: input,
    OutputConfig: output,
    ModelArtifacts: { S3ModelArtifacts: 's3://bucket/compiled/model-ml_c5.tar.gz' },
    ModelDigests: { ArtifactDigest: expect.stringMatching(/^[0-9a-f]{128}$/) },
    InferenceImage: expect.stringMatching(/^\d{12}\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/sagemaker-inference-pytorch:1\.13-cpu-py3$/),
    CreationTime: new Date('2026-01-01T00:00:00Z'),
    CompilationStartTime: new Date('2026-01-01T00:00:30Z'),
    CompilationEndTime: new Date('2026-01-01T00:02:30Z'),
    FailureReason: '',
  });
  expect(ended).not.toHaveProperty('DerivedInformation');
  expect(cloud.sagemaker.running()).toEqual([]);
  expect((await cloud.client.send(new ListTagsCommand({ ResourceArn: CompilationJobArn }))).Tags).toEqual([{ Key: 'team', Value: 'ml' }]);
});

test('a model for a device or a platform has no image', async () => {
  await create('device', { OutputConfig: { ...output, TargetDevice: 'rasp3b' } });
  await create('platform', {
    OutputConfig: {
      S3OutputLocation: 's3://bucket/compiled',
      TargetPlatform: { Os: 'LINUX', Arch: 'ARM64', Accelerator: 'NVIDIA' },
      CompilerOptions: '{"gpu-code":"sm_72","trt-ver":"6.0.1","cuda-ver":"10.1"}',
    },
  });
  await cloud.seconds(150);
  expect([await describeJob('device'), await describeJob('platform')].map(({ ModelArtifacts, InferenceImage }) => [ModelArtifacts?.S3ModelArtifacts, InferenceImage])).toEqual([
    ['s3://bucket/compiled/model-rasp3b.tar.gz', undefined],
    ['s3://bucket/compiled/model-LINUX_ARM64_NVIDIA.tar.gz', undefined],
  ]);
});

test('the input shapes of a model are derived where they are not said', async () => {
  await create('derived', { InputConfig: { ...input, DataInputConfig: undefined } });
  await create('xgboost', { InputConfig: { S3Uri: input.S3Uri, Framework: 'XGBOOST' } });
  await cloud.seconds(150);
  expect(JSON.parse((await describeJob('derived')).DerivedInformation!.DerivedDataInputConfig!)).toEqual({ input0: [1, 3, 224, 224] });
  expect(await describeJob('xgboost')).not.toHaveProperty('DerivedInformation');
});

test('a model package can be compiled', async () => {
  await create('package', { InputConfig: undefined, ModelPackageVersionArn: MODEL_PACKAGE });
  await cloud.seconds(150);
  expect(await describeJob('package')).toMatchObject({
    ModelPackageVersionArn: MODEL_PACKAGE, ModelArtifacts: { S3ModelArtifacts: 's3://bucket/compiled/package-ml_c5.tar.gz' },
  });
});

test('a failed job tells its reason, at most 1024 characters of it', async () => {
  cloud.sagemaker.compilation = ({ CompilationJobName }) => ({ compilingSeconds: 60, failure: `ClientError: ${CompilationJobName}`.padEnd(3000, 'x') });
  await create('job');
  await cloud.seconds(90);
  const job = await describeJob('job');
  expect(job).toMatchObject({ CompilationJobStatus: 'FAILED', FailureReason: expect.stringMatching(/^ClientError: jobx+$/) });
  expect(job.FailureReason).toHaveLength(1024);
  expect(job).not.toHaveProperty('ModelArtifacts');
});

test('stopping takes time', async () => {
  await create('job');
  await cloud.seconds(60);
  await stop('job');
  const stopping = await describeJob('job');
  await cloud.seconds(10);
  expect(stopping.CompilationJobStatus).toBe('STOPPING');
  expect(await describeJob('job')).toMatchObject({ CompilationJobStatus: 'STOPPED', CompilationEndTime: expect.any(Date) });
});

test('a job can be stopped before it compiles', async () => {
  await create('job');
  await stop('job');
  await cloud.seconds(10);
  const job = await describeJob('job');
  expect(job.CompilationJobStatus).toBe('STOPPED');
  expect(job).not.toHaveProperty('CompilationStartTime');
});

test.each(['STOPPING', 'STOPPED', 'COMPLETED'])('a job that is %s cannot be stopped', async (status) => {
  await create('job');
  if (status !== 'COMPLETED') await stop('job');
  if (status !== 'STOPPING') await cloud.seconds(150);
  await expect(stop('job')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(`in status ${status}`) });
});

test('a job that compiles longer than it may is stopped', async () => {
  cloud.sagemaker.compilation = () => ({ compilingSeconds: 1000 });
  await create('job');
  await cloud.seconds(930);
  expect((await describeJob('job')).CompilationJobStatus).toBe('STOPPING');
  await cloud.seconds(10);
  expect((await describeJob('job')).CompilationJobStatus).toBe('STOPPED');
});

test('the maximum runtime means nothing to a job that has ended', async () => {
  await create('job');
  await cloud.seconds(2000);
  expect((await describeJob('job')).CompilationJobStatus).toBe('COMPLETED');
});

test.each([[0, 'STARTING'], [60, 'INPROGRESS']])('a job cannot be deleted after %s seconds, in status %s', async (seconds, status) => {
  await create('job');
  await cloud.seconds(seconds);
  await expect(remove('job')).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(`in status ${status}`) });
});

test('a deleted job frees its name', async () => {
  await create('job');
  await expect(create('JOB')).rejects.toBeInstanceOf(ResourceInUse);
  await cloud.seconds(150);
  await remove('job');
  await expect(describeJob('job')).rejects.toBeInstanceOf(ResourceNotFound);
  await create('job');
});

test.each([['describe', describeJob], ['stop', stop], ['delete', remove]])('%s of a job that is not there finds nothing', async (_, operation) => {
  await expect(operation('nothing')).rejects.toBeInstanceOf(ResourceNotFound);
});

test.each<[string, object, string]>([
  ['a model', { InputConfig: undefined }, 'Exactly one of InputConfig and ModelPackageVersionArn'],
  ['one model', { ModelPackageVersionArn: MODEL_PACKAGE }, 'Exactly one of InputConfig and ModelPackageVersionArn'],
  ['a target', { OutputConfig: { ...output, TargetDevice: undefined } }, 'Exactly one of TargetDevice and TargetPlatform'],
  ['one target', { OutputConfig: { ...output, TargetPlatform: { Os: 'LINUX', Arch: 'X86_64' } } }, 'Exactly one of TargetDevice and TargetPlatform'],
  ['an archive', { InputConfig: { ...input, S3Uri: 's3://bucket/models' } }, '.tar.gz suffix'],
  ['a framework whose version can be said', { InputConfig: { ...input, Framework: 'ONNX', DataInputConfig: '{"data":[1]}' } }, 'FrameworkVersion is only supported for'],
  ['input shapes in JSON', { InputConfig: { ...input, DataInputConfig: "{'data':[1]}" } }, 'DataInputConfig must be in JSON format'],
  ['compiler options in JSON', { OutputConfig: { ...output, CompilerOptions: 'dtype=float32' } }, 'CompilerOptions must be in JSON format'],
  ['the options of NVIDIA accelerators', { OutputConfig: nvidia('{"gpu-code":"sm_72"}') }, 'must specify trt-ver, cuda-ver'],
  ['any options for NVIDIA accelerators', { OutputConfig: nvidia() }, 'must specify gpu-code, trt-ver, cuda-ver'],
  ['the inputs of its framework', { InputConfig: of('TENSORFLOW') }, 'DataInputConfig must be specified for TENSORFLOW'],
  ['the inputs of KERAS', { InputConfig: of('KERAS') }, 'DataInputConfig must be specified for KERAS'],
  ['the names of the inputs', { InputConfig: of('MXNET', '[[1,3,224,224]]') }, 'must be a dictionary of names and shapes for MXNET'],
  ['a framework of instances', { InputConfig: of('TFLITE') }, 'TFLITE is not supported for ml_c5'],
  ['a framework of Core ML', { InputConfig: of('ONNX', '{"data":[1]}'), OutputConfig: coreMl }, 'Only TENSORFLOW and PYTORCH are supported for coreml'],
  ['a type of Core ML', { InputConfig: of('PYTORCH', '[{"shape":[1],"type":"Video"}]'), OutputConfig: coreMl }, 'must be Image or Tensor'],
  ['bias and scale of images', { InputConfig: of('TENSORFLOW', '{"a":{"shape":[1],"type":"Image","bias":[1]}}'), OutputConfig: coreMl }, 'needs bias and scale'],
  ['a target that is known', { OutputConfig: { ...output, TargetDevice: 'toaster' } }, 'enum value set'],
])('a request needs %s', async (_, changes, message) => {
  await expect(create('job', changes)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
});

test.each<[string, object]>([
  ['options in single quotes, as the documentation has them', { OutputConfig: nvidia("{'gpu_code': 'sm_72', 'trt-ver': '6.0.1', 'cuda-ver': '10.1'}") }],
  ['the processor of an NVIDIA platform', { OutputConfig: nvidia("{'mcpu': 'skylake-avx512'}") }],
  ['options of Inferentia, which are a text', { OutputConfig: { ...output, TargetDevice: 'ml_inf1', CompilerOptions: '"--verbose 1 -O2"' } }],
  ['TensorFlow Lite for a device', { InputConfig: of('TFLITE'), OutputConfig: { ...output, TargetDevice: 'rasp4b' } }],
  ['an image for Core ML', {
    InputConfig: of('PYTORCH', '[{"shape":[["1..10",3,224,224]],"type":"Image","bias":[-1],"scale":0.1}]'), OutputConfig: coreMl,
  }],
])('a request with %s is accepted', async (_, changes) => {
  await create('job', changes);
  await cloud.seconds(150);
  expect((await describeJob('job')).CompilationJobStatus).toBe('COMPLETED');
});
