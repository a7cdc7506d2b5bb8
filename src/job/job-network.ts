import { CfnResource, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct, IDependable } from 'constructs';
import { JOB_KINDS, type JobKind } from '../contract';
import { nonEmpty, type RequestStructure } from './request-members';
import { TEMPLATE_KINDS } from './template-kinds';
import type { Check } from '../validation/construct-validation';

/**
 * The network options of a construct. Each structure of props declares and documents them in its own context, because an interface
 * that props extend has one documentation for all of them.
 */
export interface NetworkOptions {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly allowAllOutbound?: boolean;
  readonly securityGroupIds?: string[];
}

export interface JobNetworkSettings extends NetworkOptions {
  readonly subnetIds?: string[];
  /** Whether the job has several instances, which must be able to reach each other. */
  readonly severalInstances: boolean;
}

/** The network of a job in a VPC. */
export class JobNetwork {
  readonly connections?: ec2.Connections;
  /** The resources that must exist before the job starts. */
  readonly dependencies: readonly IDependable[];

  /** The subnets of the job, if it runs in a VPC. */
  readonly subnetIds?: readonly string[];

  private readonly securityGroupIds?: readonly string[];

  constructor(scope: Construct, settings: JobNetworkSettings) {
    this.connections = createConnections(scope, settings);
    if (Token.isUnresolved(settings.securityGroupIds)) this.securityGroupIds = settings.securityGroupIds;
    const subnets = settings.vpc?.selectSubnets(settings.vpcSubnets);
    this.subnetIds = subnets?.subnetIds ?? nonEmpty(settings.subnetIds);
    this.dependencies = [
      ...this.connections?.securityGroups ?? [],
      ...subnets ? [subnets.internetConnectivityEstablished] : [],
    ];
  }

  render(): RequestStructure | undefined {
    const ids = this.securityGroupIds ?? this.connections?.securityGroups.map(({ securityGroupId }) => securityGroupId);
    if (!ids || !this.subnetIds) return undefined;
    return {
      SecurityGroupIds: ids,
      Subnets: this.subnetIds,
    };
  }
}

function createConnections(scope: Construct, settings: JobNetworkSettings): ec2.Connections | undefined {
  const { allowAllOutbound, securityGroupIds = [], securityGroups = [], severalInstances, subnetIds, vpc } = settings;
  if (!vpc && !subnetIds) return undefined;
  // The groups in a list that is a token are unknown.
  const byId = Token.isUnresolved(securityGroupIds) ? [] : securityGroupIds.map((id, index) => importedGroup(scope, id, index));
  const given = nonEmpty([...securityGroups, ...byId]);
  if (given || !vpc) return given && new ec2.Connections({ securityGroups: given });
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc, allowAllOutbound });
  const connections = new ec2.Connections({ securityGroups: [group] });
  if (severalInstances) allowEachOther(connections, group);
  return connections;
}

/** Returns the IDs of the security groups that were created for a job, or nothing without such groups. */
export function createdSecurityGroupIds(job: Construct, connections: ec2.Connections | undefined): string[] | undefined {
  const created = connections?.securityGroups.filter(({ node }) => node.scopes.includes(job) && CfnResource.isCfnResource(node.defaultChild));
  return nonEmpty(created?.map(({ securityGroupId }) => securityGroupId));
}

/** A security group whose rules are not changed. */
export function importedGroup(scope: Construct, securityGroupId: string, index: number): ec2.ISecurityGroup {
  return ec2.SecurityGroup.fromSecurityGroupId(scope, `SecurityGroup${index}`, securityGroupId, { mutable: false });
}

/** Allows traffic between the instances of a group. The CDK warns of an egress rule if all outbound traffic is allowed. */
function allowEachOther(connections: ec2.Connections, group: ec2.SecurityGroup): void {
  const [traffic, description] = [ec2.Port.allTraffic(), 'the instances of one job'];
  if (group.allowAllOutbound) group.addIngressRule(group, traffic, description);
  else connections.allowInternally(traffic, description);
}

/** Returns the connections of a job. Throws an error for a job without a VPC, or imported without its security groups. */
export function connectionsOf(scope: Construct, kind: JobKind, connections: ec2.Connections | undefined, imported: boolean): ec2.Connections {
  if (connections) return connections;
  const { label, noun } = JOB_KINDS[kind];
  throw new Error(`${scope.node.path}: connections: ${imported
    ? `unknown for an imported ${label}; pass \`securityGroups\` to ${noun}.from${noun}Attributes()`
    : `only a ${label} with ${TEMPLATE_KINDS[kind].network ?? '`vpc`'} has security groups`}`);
}

/** The network of a job or a notebook instance, by constructs or by IDs. */
interface AnyNetworkOptions extends NetworkOptions {
  readonly subnetIds?: string[];
  readonly subnetId?: string;
}

/**
 * Checks the network options.
 *
 * @param options the options
 * @param subnets the property with the IDs of the subnets
 */
export function networkChecks(options: AnyNetworkOptions, subnets: 'subnetIds' | 'subnetId' = 'subnetIds'): Check[] {
  return [() => {
    const { securityGroupIds = [], securityGroups = [], vpc } = options;
    const without = (needed: string, properties: Array<keyof AnyNetworkOptions>) => properties
      .filter((property) => options[property] !== undefined)
      .map((property) => ({ property, rule: `requires ${needed}` }));
    if (vpc) return options[subnets] === undefined ? [] : [{ property: subnets, rule: 'cannot be specified together with `vpc`', advice: 'use vpcSubnets' }];
    if (options[subnets] === undefined) {
      return [...without('`vpc`', ['vpcSubnets', 'securityGroups', 'allowAllOutbound']), ...without(`\`${subnets}\``, ['securityGroupIds'])];
    }
    return [
      ...without('`vpc`', ['vpcSubnets', 'allowAllOutbound']),
      ...securityGroups.length + securityGroupIds.length > 0 ? [] : [{
        property: 'securityGroupIds', rule: `is required together with \`${subnets}\`, because a security group cannot be created without a VPC`,
      }],
    ];
  }];
}
