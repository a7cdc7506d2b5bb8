import { CfnParameter, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, InputChannel, S3Location, MlInstanceType, TrainingJob, type TrainingJobProps } from '../../src';
import { complaintOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const complaint = (props: Partial<TrainingJobProps>) => complaintOf((stack) => new TrainingJob(stack, 'Job', { ...LEAST, ...props }));
const channel = (name: string) => InputChannel.fromS3(name, S3Location.fromUri('s3://data/train'));
const entries = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`entry${index}`, 'value']));

test.each<[string, Partial<TrainingJobProps>, string]>([
  ['a name that is too long', { trainingJobName: 'x'.repeat(64) }, 'trainingJobName: must have 1 to 63 characters; got 64 characters: xxx'],
  ['an empty name', { trainingJobName: '' }, 'trainingJobName: must have 1 to 63 characters'],
  ['a name with underscores', { trainingJobName: 'my_job' }, 'trainingJobName: must consist of letters, digits and hyphens, with no hyphen at either end; got my_job'],
  ['a prefix that ends with a hyphen', { trainingJobNamePrefix: 'my-' }, 'trainingJobNamePrefix: must consist of'],
  ['a prefix that is too long', { trainingJobNamePrefix: 'x'.repeat(49) }, 'trainingJobNamePrefix: must have 1 to 48 characters'],
  ['a name and a prefix', { trainingJobName: 'a', trainingJobNamePrefix: 'b' }, 'trainingJobName: cannot be specified together with `trainingJobNamePrefix`'],
  ['too many hyperparameters', { hyperParameters: entries(101) }, 'hyperParameters: must have at most 100 entries; got 101'],
  ['a hyperparameter that is too long', { hyperParameters: { list: 'x'.repeat(2501) } }, 'hyperParameters.list: must have at most 2500 characters; got 2501 characters'],
  ['a name of a hyperparameter that is too long', { hyperParameters: { ['x'.repeat(257)]: '' } }, 'hyperParameters: keys must have at most 256 characters; got 257 characters: xxx'],
  ['too many variables', { environment: entries(101) }, 'environment: must have at most 100 entries; got 101'],
  ['two algorithms', { algorithmName: 'algorithm' }, 'trainingImage: cannot be specified together with `algorithmName`'],
  ['no algorithm', { trainingImage: undefined }, 'trainingImage: is required unless `algorithmName` or `serverlessJobConfig` is specified'],
  ['too many channels', { inputDataConfig: Array.from({ length: 21 }, (_, index) => channel(`c${index}`)) }, 'inputDataConfig: must have 1 to 20 entries; got 21'],
  ['a channel twice', { inputDataConfig: [channel('train'), channel('train')] }, 'inputDataConfig[1].channelName: must be unique; got train'],
  ['two ways to say the instances', {
    instanceType: MlInstanceType.ML_M5_LARGE, instancePreferences: [{ instanceType: MlInstanceType.ML_M5_LARGE }],
  }, 'instanceType: cannot be specified together with `instancePreferences`'],
  ['a count beside groups', {
    instanceCount: 2, instanceGroups: [{ instanceGroupName: 'a', instanceType: MlInstanceType.ML_M5_LARGE }],
  }, 'instanceCount: cannot be specified together with `instanceGroups`'],
  ['subnets without a VPC', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, 'vpcSubnets: requires `vpc`'],
  ['a private registry without a VPC', { trainingImage: ContainerImage.fromPrivateRegistry('example.com/a') }, 'vpc: is required to access'],
  ['an unknown runtime on spot', {
    enableManagedSpotTraining: true, maxRuntime: Duration.seconds(Token.asNumber({ Ref: 'AWS::NoValue' })), waitTimeout: Duration.hours(1),
  }, 'maxWaitTime: is required if `maxRuntime` of spot training is a token'],
])('%s is refused', (_name, props, message) => {
  expect(complaint(props)).toContain(`[Stack/Job] ${message}`);
});

test('all that is wrong is reported at once', () => {
  const message = complaint({ trainingJobName: 'my_job', algorithmName: 'a', inputDataConfig: [channel('a'), channel('a')] });

  expect(message.match(/\[Stack\/Job\]/g)).toHaveLength(3);
});

test('a long value is shortened', () => {
  expect(complaint({ trainingJobName: `${'x'.repeat(500)}_` })).not.toContain('x'.repeat(81));
});

test('tokens pass', () => {
  expect(complaintOf((stack: Stack) => new TrainingJob(stack, 'Job', {
    ...LEAST,
    trainingJobName: new CfnParameter(stack, 'Name').valueAsString,
    hyperParameters: { epochs: Lazy.string({ produce: () => '1' }) },
    inputDataConfig: [channel(Token.asString({ Ref: 'Name' })), channel(Token.asString({ Ref: 'Name' }))],
  }))).toBe('');
});
