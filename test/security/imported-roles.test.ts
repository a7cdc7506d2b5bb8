import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  CompilationJob, CompilationModel, CompilationTarget, CompilationFramework, HyperParameterTuningJob, InputChannel, MlInstanceType, NotebookInstance,
  OptimizationJob, OptimizationModelSource, ProcessingInput, ProcessingJob, ProcessingOutput, S3Location, TargetDevice, TrainingJob, TransformInput,
  TransformJob, TransformModel,
} from '../../src';
import { LEAST_TUNING } from '../fixtures/hyper-parameter-tuning-jobs';
import { LEAST_OPTIMIZATION } from '../fixtures/optimization-jobs';
import { LEAST_PROCESSING } from '../fixtures/processing-jobs';
import { templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

/** What each construct is given that somebody has to be allowed to use. */
interface Given {
  readonly role: iam.IRole;
  readonly vpc: ec2.IVpc;
  readonly key: kms.Key;
  readonly location: S3Location;
  /** Artifacts of a model. */
  readonly archive: S3Location;
}

const training = ({ location, vpc, key }: Given) => ({
  ...LEAST, inputDataConfig: [InputChannel.fromS3('train', location)], outputLocation: location, vpc, outputEncryptionKey: key, volumeEncryptionKey: key,
});

test.each<[string, (stack: Stack, given: Given) => unknown]>([
  ['training job', (stack, given) => new TrainingJob(stack, 'It', { ...training(given), role: given.role })],
  ['tuning job', (stack, given) => new HyperParameterTuningJob(stack, 'It', { ...LEAST_TUNING, trainingJobDefinition: { ...training(given), role: given.role } })],
  ['compilation job', (stack, { role, vpc, key, location }) => new CompilationJob(stack, 'It', {
    role,
    vpc,
    outputEncryptionKey: key,
    model: CompilationModel.fromS3(location, { framework: CompilationFramework.XGBOOST }),
    outputLocation: location,
    target: CompilationTarget.fromDevice(TargetDevice.ML_C5),
  })],
  ['processing job', (stack, { role, vpc, key, location }) => new ProcessingJob(stack, 'It', {
    ...LEAST_PROCESSING,
    role,
    vpc,
    outputEncryptionKey: key,
    volumeEncryptionKey: key,
    processingInputs: [ProcessingInput.fromS3('raw', location)],
    processingOutputs: [ProcessingOutput.toS3('clean', location), ProcessingOutput.toFeatureGroup('features', 'customers')],
  })],
  ['transform job', (stack, { role, vpc, key, location, archive }) => new TransformJob(stack, 'It', {
    model: TransformModel.fromS3(archive, { image: LEAST_PROCESSING.image, role, vpc }),
    transformInput: TransformInput.fromS3(location),
    outputLocation: location,
    outputEncryptionKey: key,
    volumeEncryptionKey: key,
    dataCaptureConfig: { outputLocation: location, outputEncryptionKey: key },
  })],
  ['optimization job', (stack, { role, vpc, key, location }) => new OptimizationJob(stack, 'It', {
    ...LEAST_OPTIMIZATION,
    role,
    vpc,
    outputEncryptionKey: key,
    modelSource: OptimizationModelSource.fromModelName('llama', { dataLocations: [location] }),
    outputLocation: location,
    outputModelName: 'llama-optimized',
  })],
  ['notebook instance', (stack, { role, vpc, key }) => new NotebookInstance(stack, 'It', {
    role, vpc, volumeEncryptionKey: key, instanceType: MlInstanceType.ML_T3_MEDIUM,
  })],
])('nothing is attached to the imported role of a %s, and no bucket or key allows it anything', (_, make) => {
  const attached = (isImported: boolean) => {
    const template = templateOf((stack) => {
      const role = isImported
        ? iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/Somebodys')
        : new iam.Role(stack, 'Role', { roleName: 'Somebodys', assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['a'], privateSubnetIds: ['subnet-12345678'] });
      const bucket = new s3.Bucket(stack, 'Bucket');
      const [location, archive] = ['data/', 'data/model.tar.gz'].map((key) => S3Location.fromBucket(bucket, key));
      make(stack, { role, vpc, key: new kms.Key(stack, 'Key'), location, archive });
    });
    const roles = Object.values(template.findResources('AWS::IAM::Policy')).map(({ Properties }) => JSON.stringify(Properties.Roles));
    const resources = JSON.stringify([template.findResources('AWS::S3::BucketPolicy'), template.findResources('AWS::KMS::Key')]);
    return { policies: roles.filter((names) => /Somebodys|"Role[0-9A-F]{8}"/.test(names)).length, isInResources: resources.includes('Somebodys') };
  };

  expect(attached(true)).toEqual({ policies: 0, isInResources: false });
  expect(attached(false).policies).toBeGreaterThan(0);
});
