import assert from 'node:assert/strict';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { bucketOf } from './output-bucket';
import { ONE_TRAINING_INSTANCE, type Scenario } from './scenario';
import { addShellJob } from './shell-job';
import { S3Location } from '../../src';

/** A job runs in a VPC without internet access, and its security group is deleted with it. */
export const VPC: Scenario = {
  name: 'vpc',
  usd: 0.05,
  quotas: [ONE_TRAINING_INSTANCE],
  settles: ['vpc-resources', 'interfaces-in-minutes'],
  async run(stage) {
    const created = await stage.deploy((stack) => {
      const vpc = new ec2.Vpc(stack, 'Vpc', {
        maxAzs: 1,
        natGateways: 0,
        restrictDefaultSecurityGroup: false,
        subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
        gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } },
      });
      addShellJob(stack, stage, {
        seconds: 20,
        outputLocation: S3Location.fromBucket(bucketOf(stack)),
        maxRuntime: Duration.minutes(10),
        vpc,
        vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      });
    });
    assert.equal(created.status, 'CREATE_COMPLETE', created.reasons);
    await stage.destroy();
    await stage.expectNothingRuns();
  },
};
