import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import { JOB_KINDS, type JobKind } from '../contract';
import { nonEmpty, type RequestStructure } from './request-members';
import type { Check } from '../validation/construct-validation';

/** The network of a job, a notebook instance or the functions of a stack. */
export interface NetworkOptions {
  /**
   * The VPC to connect to (`VpcConfig`). The subnets must have a route to the services that are used, through a NAT gateway
   * or VPC endpoints: a job uses Amazon S3, a function SageMaker, Step Functions and Amazon S3.
   *
   * @default - no VPC
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the VPC (`VpcConfig.Subnets`), at most 16. A notebook instance is connected to the first one
   * (`SubnetId`). Requires `vpc`.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups (`VpcConfig.SecurityGroupIds`, `SecurityGroupIds`), at most 5. The instances of a training job must
   * be able to reach each other. Requires `vpc`.
   *
   * @default - a new security group if `vpc` is specified. It allows no inbound traffic, except between the instances of a job
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Whether the new security group allows all outbound traffic. Requires `vpc`.
   *
   * @default true
   */
  readonly allowAllOutbound?: boolean;
}

export interface JobNetworkSettings extends NetworkOptions {
  /** The job has several instances, which must be able to reach each other. */
  readonly severalInstances: boolean;
}

/** The network that a job runs in, if it is a VPC. */
export class JobNetwork {
  readonly connections?: ec2.Connections;
  /** What has to exist before the job starts. */
  readonly dependencies: readonly IDependable[];

  private readonly subnets?: ec2.SelectedSubnets;

  constructor(scope: Construct, settings: JobNetworkSettings) {
    this.connections = createConnections(scope, settings);
    this.subnets = settings.vpc?.selectSubnets(settings.vpcSubnets);
    this.dependencies = [
      ...this.connections?.securityGroups ?? [],
      ...this.subnets ? [this.subnets.internetConnectivityEstablished] : [],
    ];
  }

  /** The subnets that the job runs in, if it is in a VPC. */
  get subnetIds(): readonly string[] | undefined {
    return this.subnets?.subnetIds;
  }

  render(): RequestStructure | undefined {
    if (!this.connections || !this.subnets) return undefined;
    return {
      SecurityGroupIds: this.connections.securityGroups.map(({ securityGroupId }) => securityGroupId),
      Subnets: this.subnets.subnetIds,
    };
  }
}

function createConnections(scope: Construct, settings: JobNetworkSettings): ec2.Connections | undefined {
  const { allowAllOutbound, securityGroups, severalInstances, vpc } = settings;
  if (!vpc) return undefined;
  if (nonEmpty(securityGroups)) return new ec2.Connections({ securityGroups });
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, allowAllOutbound });
  const connections = new ec2.Connections({ securityGroups: [group] });
  if (severalInstances) allowEachOther(connections, group);
  return connections;
}

/** Lets the instances of a group talk to each other; CDK warns of a rule for what may go out where everything may. */
function allowEachOther(connections: ec2.Connections, group: ec2.SecurityGroup): void {
  const [traffic, description] = [ec2.Port.allTraffic(), 'the instances of one job'];
  if (group.allowAllOutbound) group.addIngressRule(group, traffic, description);
  else connections.allowInternally(traffic, description);
}

/** The connections of a job that must be in a VPC, or be imported with its security groups, to have any. */
export function connectionsOf(scope: Construct, kind: JobKind, connections: ec2.Connections | undefined, imported: boolean): ec2.Connections {
  if (connections) return connections;
  const { label, noun } = JOB_KINDS[kind];
  throw new Error(`${scope.node.path}: connections: ${imported
    ? `unknown for an imported ${label}; pass \`securityGroups\` to ${noun}.from${noun}Attributes()`
    : `only a ${label} with \`vpc\` has security groups`}`);
}

/** What can be wrong with what a job is told of its network. */
export function networkChecks(options: NetworkOptions): Check[] {
  if (options.vpc) return [];
  return (['vpcSubnets', 'securityGroups', 'allowAllOutbound'] as const)
    .filter((property) => options[property] !== undefined)
    .map((property) => () => [{ property, rule: 'can only be given together with `vpc`' }]);
}
