import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** The network that a job runs in (`VpcConfig` of the API). */
export interface JobNetworkOptions {
  /**
   * The VPC that the job is connected to (`VpcConfig`).
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC (`VpcConfig.Subnets`), at most 16.
   *
   * @default - the private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups of the job (`VpcConfig.SecurityGroupIds`), at most 5. The instances of one training job must be able
   * to reach each other.
   *
   * @default - if there is a VPC, a new one; where a job has several instances, its members may reach each other
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the new security group allows all outbound traffic.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;
}
