import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import { FileSystemAccessMode, InputChannel, S3Location, TrainingJob, type TrainingJobProps } from '../../src';
import { actionsOf, complaintOf, statementsOf, templateOf } from '../fixtures/synth';
import { LEAST } from '../fixtures/training-jobs';

const JOB = 'Custom::SageMakerTrainingJob';
const jobWith = (stack: Stack, channel: InputChannel, props: Partial<TrainingJobProps> = {}) =>
  new TrainingJob(stack, 'Job', { ...LEAST, inputDataConfig: [channel], ...props });

const resources = (channel: InputChannel) => statementsOf(templateOf((stack) => jobWith(stack, channel)), 'JobRole')
  .filter(({ Action }) => Action === 's3:GetObject')
  .map(({ Resource }) => JSON.stringify(Resource));

test('of a manifest only the manifest can be read, unless the data is named', () => {
  const manifest = S3Location.fromUri('s3://lists/train.manifest');

  expect(resources(InputChannel.fromManifest('train', manifest))).toEqual([expect.stringContaining(':s3:::lists/train.manifest')]);
  expect(resources(InputChannel.fromManifest('train', manifest, { dataLocations: [S3Location.fromUri('s3://data/all')] }))).toEqual([
    expect.stringContaining(':s3:::data/all*'),
    expect.stringContaining(':s3:::lists/train.manifest'),
  ]);
});

describe('EFS', () => {
  const withEfs = (fileSystemAccessMode?: FileSystemAccessMode) => (stack: Stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    jobWith(stack, InputChannel.fromEfs('train', new efs.FileSystem(stack, 'Files', { vpc }), '/train', { fileSystemAccessMode }), { vpc });
  };

  test('the file system is opened for the job, and the job starts when it can be mounted', () => {
    const template = templateOf(withEfs());

    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 2049, SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^JobSecurityGroup'), 'GroupId'] },
    });
    template.hasResource(JOB, {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^FilesEfsMountTarget1'), Match.stringLikeRegexp('^FilesEfsSecurityGroupfromStackJob')]),
    });
  });

  test('nobody else is locked out of the file system', () => {
    templateOf(withEfs()).hasResourceProperties('AWS::EFS::FileSystem', { FileSystemPolicy: Match.absent() });
  });

  test.each([[undefined, false], [FileSystemAccessMode.RW, true]])('the role may write only where the job may', (mode, writes) => {
    expect(actionsOf(templateOf(withEfs(mode)), 'JobRole').includes('elasticfilesystem:ClientWrite')).toBe(writes);
  });
});

test('a Lustre file system is opened for the job', () => {
  templateOf((stack) => {
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const lustre = new fsx.LustreFileSystem(stack, 'Lustre', {
      vpc, vpcSubnet: vpc.privateSubnets[0], storageCapacityGiB: 1200, lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.SCRATCH_2 },
    });
    jobWith(stack, InputChannel.fromFsxLustre('train', lustre, `/${lustre.mountName}/train`), { vpc });
  }).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    FromPort: 988, SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^JobSecurityGroup'), 'GroupId'] },
  });
});

test('a file system without a VPC is refused', () => {
  expect(complaintOf((stack) => {
    const files = efs.FileSystem.fromFileSystemAttributes(stack, 'Files', {
      fileSystemId: 'fs-12345678', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678'),
    });
    jobWith(stack, InputChannel.fromEfs('train', files, '/train'));
  })).toContain('[Stack/Job] vpc: is required to access a file system');
});

test('hub content can be described, for which IAM asks for the hub and leaves out the version', () => {
  const template = templateOf((stack) => jobWith(stack, InputChannel.fromHubDatasetArn('train', 'arn:aws:sagemaker:eu-west-1:aws:hub-content/Hub/DataSet/data/1.0.0')));

  expect(statementsOf(template, 'JobRole')).toContainEqual({
    Action: 'sagemaker:DescribeHubContent',
    Effect: 'Allow',
    Resource: ['hub/Hub', 'hub-content/Hub/DataSet/data', 'hub-content/Hub/DataSet/data/*'].map((resource) => `arn:aws:sagemaker:eu-west-1:aws:${resource}`),
  });
});

test('hub content that is a token can be described, too', () => {
  const template = templateOf((stack) => jobWith(stack, InputChannel.fromHubDatasetArn('train', new CfnParameter(stack, 'Dataset').valueAsString)));

  const [{ Resource }] = statementsOf(template, 'JobRole').filter(({ Action }) => Action === 'sagemaker:DescribeHubContent');
  expect(Resource).toHaveLength(3);
  expect(JSON.stringify(Resource[0])).toMatch(/:hub\/",{"Fn::Select":\[0,/);
});
