import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputOf } from '../child-process';
import { ROOT } from '../package/packed';

const REQUEST = {
  TrainingJobName: 'churn-1',
  AlgorithmSpecification: { TrainingImage: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/train:v1', TrainingInputMode: 'File' },
  RoleArn: 'arn:aws:iam::111122223333:role/train',
  InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://churn/train' } } }],
  OutputDataConfig: { S3OutputPath: 's3://churn/models' },
  ResourceConfig: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 },
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-languages-'));
  writeFileSync(join(directory, 'request.json'), JSON.stringify(REQUEST));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Prints the construct, in the directory of this package, which has the packages that a translation needs. */
const importIn = (language: string) => outputOf(process.execPath, [
  join(ROOT, 'cli/lib/sagemaker-jobs.js'), 'import', 'training-job', '--request', join(directory, 'request.json'), '--language', language,
], { cwd: ROOT });

test.each([
  ['python', 'input_data_config=[InputChannel.from_s3("train", S3Location.from_uri("s3://churn/train"))]'],
  ['java', '.inputDataConfig(List.of(InputChannel.fromS3("train", S3Location.fromUri("s3://churn/train"))))'],
  ['csharp', 'InputDataConfig = new [] { InputChannel.FromS3("train", S3Location.FromUri("s3://churn/train")) }'],
  ['go', 'cdksagemakerjobs.NewTrainingJob('],
])('sagemaker-jobs import writes a construct in %s', (language, line) => {
  expect(importIn(language)).toContain(line);
}, 120_000);
