import { ServiceError } from '../api/service-error';
import type { QueryService } from '../query/query-protocol';
import type { NetworkInterface } from '../services';

type Values = { readonly [index: string]: string };

interface Filter {
  readonly Name?: string;
  readonly Value?: Values;
}

interface DescribeInput {
  readonly Filter?: { readonly [index: string]: Filter };
  readonly NetworkInterfaceId?: Values;
  readonly [parameter: string]: unknown;
}

const FILTERS: { readonly [name: string]: (networkInterface: NetworkInterface) => readonly string[] } = {
  'group-id': ({ securityGroupIds }) => securityGroupIds,
  'network-interface-id': ({ id }) => [id],
  'subnet-id': ({ subnetId }) => [subnetId],
};

/** EC2: the network interfaces of SageMaker jobs. */
export class Ec2 implements QueryService {
  readonly name = 'ec2';
  readonly namespace = 'http://ec2.amazonaws.com/doc/2016-11-15/';
  readonly isFlat = true;
  readonly operations: QueryService['operations'] = {
    DescribeNetworkInterfaces: ({ Filter: filters = {}, NetworkInterfaceId: ids, ...other }: DescribeInput) => {
      const [unknown] = Object.keys(other);
      if (unknown !== undefined) throw new ServiceError('UnknownParameter', `The local cloud does not emulate the parameter ${unknown}.`);
      const wanted = Object.values(filters).map(filterOf);
      const all = this.interfaces();
      const missing = Object.values(ids ?? {}).find((id) => !all.some((one) => one.id === id));
      if (missing !== undefined) throw new ServiceError('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${missing}' does not exist`);
      const found = all.filter((one) => (!ids || Object.values(ids).includes(one.id)) && wanted.every((fits) => fits(one)));
      const items = found.map(({ id, securityGroupIds, subnetId }) => ({
        networkInterfaceId: id, subnetId, status: 'in-use', groupSet: { item: securityGroupIds.map((groupId) => ({ groupId })) },
      }));
      return { networkInterfaceSet: items.length > 0 ? { item: items } : '' };
    },
  };

  /** @param interfaces Returns the current network interfaces */
  constructor(private readonly interfaces: () => readonly NetworkInterface[]) {}
}

function filterOf({ Name: name, Value: values }: Filter): (networkInterface: NetworkInterface) => boolean {
  if (name === undefined) throw new ServiceError('MissingParameter', 'The request must contain the parameter Filter.Name');
  if (typeof values !== 'object') throw new ServiceError('MissingParameter', 'The request must contain the parameter Filter.Value');
  if (!Object.hasOwn(FILTERS, name)) throw new ServiceError('InvalidParameterValue', `The filter '${name}' is not emulated`);
  return (networkInterface) => FILTERS[name](networkInterface).some((value) => Object.values(values).includes(value));
}
