import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { networkInterfacesOf } from '../../../lambda/network-interfaces';
import { TrainingJob } from '../../../src';
import { World } from '../../deploy/world';
import { LEAST } from '../../fixtures/training-jobs';

let world: World;
beforeEach(async () => {
  world = await World.start();
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
});
afterEach(() => world.stop());

const interfacesOf = async (group: string) => world.cloud.clock.work(() => (
  networkInterfacesOf('eu-west-1', group, { AWS_ENDPOINT_URL: world.cloud.endpoint.url })));

test('a job in a VPC has a network interface, which is deleted some time after its end', async () => {
  world.cloud.sagemaker.behavior = () => ({ trainingSeconds: 3600 });
  await world.deploy((stack) => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-12345678'] });
    new TrainingJob(stack, 'Job', {
      ...LEAST, vpc, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-12345678')], waitForCompletion: false,
    });
  });
  expect(await interfacesOf('sg-12345678')).toEqual([]);
  await world.cloud.clock.advance(600_000);
  expect(await interfacesOf('sg-12345678')).toEqual([expect.stringMatching(/^eni-[0-9a-f]{17}$/)]);
  expect(await interfacesOf('sg-87654321')).toEqual([]);
  await world.cloud.clock.advance(3_100_000);
  expect(await interfacesOf('sg-12345678')).toHaveLength(1);
  await world.cloud.clock.advance(600_000);
  expect(await interfacesOf('sg-12345678')).toEqual([]);
});
