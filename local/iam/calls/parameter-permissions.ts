import type { Permissions } from './permissions';

/** The member with the names of the parameters, by operation of the Parameter Store. */
const NAMES: { readonly [operation: string]: string } = {
  PutParameter: 'Name',
  GetParameter: 'Name',
  GetParameters: 'Names',
  GetParametersByPath: 'Path',
  GetParameterHistory: 'Name',
  DeleteParameter: 'Name',
  DeleteParameters: 'Names',
  AddTagsToResource: 'ResourceId',
  RemoveTagsFromResource: 'ResourceId',
  ListTagsForResource: 'ResourceId',
};

export const permissionsOfSsm: Permissions = (operation, input, { region, account }) => {
  if (operation === 'DescribeParameters') return [{ action: 'ssm:DescribeParameters', resource: '*', context: {} }];
  const member = NAMES[operation];
  if (member === undefined) return undefined;
  return [input[member] ?? []].flat().map(String).map((name) => ({
    action: `ssm:${operation}`,
    resource: name.startsWith('arn:') ? name : `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '').replace(/:\d+$/, '')}`,
    context: {},
  }));
};
