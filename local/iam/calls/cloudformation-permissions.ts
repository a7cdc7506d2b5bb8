import type { Permissions } from './permissions';
import type { JsonObject } from '../../json';
import type { RequestContext } from '../policy';

/** Operations that are not authorized for a stack. */
const WITHOUT_STACK = ['DescribeStackDriftDetectionStatus', 'ListExports', 'ListImports', 'ListStacks', 'ValidateTemplate'];
/** The condition keys, by the member of the request. */
const KEYS: { readonly [member: string]: string } = {
  ChangeSetName: 'ChangeSetName', RoleARN: 'RoleArn', StackPolicyURL: 'StackPolicyUrl', TemplateURL: 'TemplateUrl',
};

/** Permissions for calls of CloudFormation: the action on the stack, and the passing of its execution role. */
export const permissionsOfCloudFormation: Permissions = (operation, input, { region, account }) => {
  const { RoleARN: role, StackName: stack } = input;
  const name = typeof stack === 'string' && stack !== '' ? stack : undefined;
  const all = operation === 'DescribeStacks' ? '*' : `arn:aws:cloudformation:${region}:${account}:stack/*/*`;
  const ofStack = name === undefined ? all : name.startsWith('arn:') ? name : `arn:aws:cloudformation:${region}:${account}:stack/${name}/*`;
  return [
    { action: `cloudformation:${operation}`, resource: WITHOUT_STACK.includes(operation) ? '*' : ofStack, context: keysOf(input) },
    ...typeof role === 'string' && role !== ''
      ? [{ action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } }]
      : [],
  ];
};

function keysOf(input: JsonObject): RequestContext {
  const tags = Array.isArray(input.Tags) ? input.Tags as { readonly Key: string; readonly Value: string }[] : [];
  return {
    ...Object.fromEntries(Object.entries(KEYS).filter(([member]) => input[member] !== undefined)
      .map(([member, key]) => [`cloudformation:${key}`, String(input[member])])),
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    ...tags.length > 0 && { 'aws:TagKeys': tags.map(({ Key }) => Key) },
  };
}
