import { createHash, randomInt } from 'node:crypto';
import { byEntry, byId, documentOf, type NativeTypes } from './native-type';

/** The types of a VPC. */
export const NETWORK: NativeTypes = {
  'AWS::EC2::VPC': byId('vpc-', {
    immutable: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength'],
    attributes: {
      VpcId: c => c.physicalId,
      CidrBlock: c => c.properties.CidrBlock ?? '',
      DefaultSecurityGroup: c => c.physicalId.replace('vpc-', 'sg-'),
      DefaultNetworkAcl: c => c.physicalId.replace('vpc-', 'acl-'),
      CidrBlockAssociations: c => [c.physicalId.replace('vpc-', 'vpc-cidr-assoc-')],
      Ipv6CidrBlocks: () => [],
    },
  }),
  'AWS::EC2::Subnet': byId('subnet-', {
    immutable: ['VpcId', 'AvailabilityZone', 'CidrBlock'],
    attributes: {
      SubnetId: c => c.physicalId,
      AvailabilityZone: c => c.properties.AvailabilityZone ?? `${c.region}a`,
      CidrBlock: c => c.properties.CidrBlock ?? '',
      VpcId: c => c.properties.VpcId,
      Ipv6CidrBlocks: () => [],
      NetworkAclAssociationId: c => c.physicalId.replace('subnet-', 'aclassoc-'),
    },
  }),
  'AWS::EC2::RouteTable': byId('rtb-', { immutable: ['VpcId'], attributes: { RouteTableId: c => c.physicalId } }),
  'AWS::EC2::SubnetRouteTableAssociation': byId('rtbassoc-', {
    immutable: ['RouteTableId', 'SubnetId'], attributes: { Id: c => c.physicalId },
  }),
  'AWS::EC2::Route': byEntry({ immutable: ['RouteTableId', 'DestinationCidrBlock', 'DestinationIpv6CidrBlock'] }),
  'AWS::EC2::InternetGateway': byId('igw-', { attributes: { InternetGatewayId: c => c.physicalId } }),
  'AWS::EC2::VPCGatewayAttachment': byEntry({ immutable: ['VpcId'] }),
  'AWS::EC2::EIP': {
    immutable: ['Domain', 'NetworkBorderGroup'],
    physicalId: () => `198.18.${randomInt(256)}.${randomInt(256)}`,
    attributes: {
      AllocationId: c => `eipalloc-${createHash('sha256').update(c.stackId + c.physicalId).digest('hex').slice(0, 17)}`,
      PublicIp: c => c.physicalId,
    },
  },
  'AWS::EC2::NatGateway': byId('nat-', {
    immutable: ['AllocationId', 'ConnectivityType', 'SubnetId'], attributes: { NatGatewayId: c => c.physicalId }, seconds: 5,
  }),
  'AWS::EC2::SecurityGroup': byId('sg-', {
    nameProperty: 'GroupName',
    immutable: ['GroupDescription', 'GroupName', 'VpcId'],
    attributes: { GroupId: c => c.physicalId, Id: c => c.physicalId, VpcId: c => c.properties.VpcId ?? '' },
    remove({ physicalId, services }) {
      // EC2 rejects the deletion with DependencyViolation.
      const isUsed = services.sageMaker.networkInterfaces().some(({ securityGroupIds }) => securityGroupIds.includes(physicalId));
      if (isUsed) throw new Error(`resource ${physicalId} has a dependent object (Service: Ec2, Status Code: 400)`);
    },
  }),
  'AWS::EC2::SecurityGroupIngress': byId('sgr-', {
    immutable: ['CidrIp', 'CidrIpv6', 'FromPort', 'GroupId', 'IpProtocol', 'SourceSecurityGroupId', 'ToPort'], attributes: { Id: c => c.physicalId },
  }),
  'AWS::EC2::SecurityGroupEgress': byId('sgr-', {
    immutable: ['CidrIp', 'CidrIpv6', 'DestinationSecurityGroupId', 'FromPort', 'GroupId', 'IpProtocol', 'ToPort'],
    attributes: { Id: c => c.physicalId },
  }),
  'AWS::EC2::VPCEndpoint': byId('vpce-', {
    immutable: ['ServiceName', 'VpcEndpointType', 'VpcId'],
    attributes: { Id: c => c.physicalId },
    seconds: 5,
    put: ({ properties: { PolicyDocument: policy }, services }) => {
      if (policy !== undefined) services.identities?.checkResourcePolicy?.(documentOf(policy), 'other');
    },
  }),
  'AWS::EC2::FlowLog': byId('fl-', { immutable: ['ResourceId', 'ResourceType', 'TrafficType'], attributes: { Id: c => c.physicalId } }),
};
