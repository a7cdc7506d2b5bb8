import { ServiceError } from '../api/service-error';
import type { QueryService } from '../query/query-protocol';
import type { NetworkInterface } from '../services';

interface DescribeInput {
  readonly Filter?: { readonly [index: string]: { readonly Name: string; readonly Value: { readonly [index: string]: string } } };
}

/** EC2: the network interfaces of SageMaker jobs. */
export class Ec2 implements QueryService {
  readonly name = 'ec2';
  readonly namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';
  readonly isFlat = true;
  readonly operations: QueryService['operations'] = {
    DescribeNetworkInterfaces: ({ Filter: filters = {} }: DescribeInput) => {
      const groups = Object.values(filters).map(({ Name, Value }) => {
        if (Name !== 'group-id') throw new ServiceError('InvalidParameterValue', `The filter '${Name}' is not emulated`);
        return Object.values(Value);
      });
      const found = this.interfaces().filter(({ securityGroupIds }) => groups.every((ids) => securityGroupIds.some((id) => ids.includes(id))));
      const items = found.map(({ id, securityGroupIds, subnetId }) => ({
        networkInterfaceId: id, subnetId, status: 'in-use', groupSet: { item: securityGroupIds.map((groupId) => ({ groupId })) },
      }));
      return { networkInterfaceSet: items.length > 0 ? { item: items } : '' };
    },
  };

  /** @param interfaces Returns the current network interfaces */
  constructor(private readonly interfaces: () => readonly NetworkInterface[]) {}
}
