import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import type { ChangeSetState, ResourceChange } from '../change-set';
import type { StackSource } from '../stack-source';
import type { ResourceState, StackEvent, StackState } from '../state';

/** API names that differ from the member by more than a capital letter. */
const NAMES: { readonly [member: string]: string } = { notificationArns: 'NotificationARNs', roleArn: 'RoleARN' };
/** Members of a change that a response contains only if the request includes property values. */
const PROPERTY_VALUES = ['beforeContext', 'afterContext', 'path', 'beforeValue', 'afterValue', 'attributeChangeType'];

export function describeStack(stack: StackState): JsonObject {
  const { tags, outputs, disableRollback = false, enableTerminationProtection = false, notificationArns = [], parentId } = stack;
  return {
    ...summarizeStack(stack),
    ...membersOf(stack, ['description', 'roleArn', 'capabilities', 'parentId']),
    ...parentId !== undefined && { RootId: parentId },
    Parameters: parametersOf(stack),
    Tags: pairs(tags, 'Key', 'Value'),
    DisableRollback: disableRollback,
    EnableTerminationProtection: enableTerminationProtection,
    NotificationARNs: notificationArns,
    RollbackConfiguration: {},
    Outputs: outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      ...description !== undefined && { Description: description },
      ...exportName !== undefined && { ExportName: exportName },
    })),
  };
}

export function summarizeStack(stack: StackState): JsonObject {
  const { status, statusReason } = stack;
  return {
    ...membersOf(stack, ['stackId', 'stackName', 'creationTime', 'lastUpdatedTime', 'deletionTime']),
    StackStatus: status,
    ...statusReason !== undefined && { StackStatusReason: statusReason },
    DriftInformation: stack.drift ? { StackDriftStatus: stack.drift.status, LastCheckTimestamp: stack.drift.time } : { StackDriftStatus: 'NOT_CHECKED' },
  };
}

/** @param timestamp The time of the event in responses */
export function describeEvent(event: StackEvent, timestamp: string): JsonObject {
  return capitalized({ ...event, timestamp }) as JsonObject;
}

export function describeResource(resource: ResourceState, { stackName, stackId }: StackState): JsonObject {
  return { StackName: stackName, StackId: stackId, Timestamp: resource.timestamp ?? null, ...summarizeResource(resource) };
}

export function summarizeResource({ logicalId, physicalId, type, status, statusReason, timestamp }: ResourceState): JsonObject {
  return {
    LogicalResourceId: logicalId,
    ...physicalId !== undefined && { PhysicalResourceId: physicalId },
    ResourceType: type,
    ...timestamp !== undefined && { LastUpdatedTimestamp: timestamp },
    ResourceStatus: status,
    ...statusReason !== undefined && { ResourceStatusReason: statusReason },
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

/** @param withValues Whether to include property values */
export function describeChangeSet(
  changeSet: ChangeSetState, changes: readonly ResourceChange[], creationTime: string, withValues: boolean,
): JsonObject {
  return {
    ...summarizeChangeSet(changeSet, creationTime),
    ...membersOf(changeSet, ['onStackFailure', 'capabilities', 'roleArn', 'notificationArns']),
    Parameters: parametersOf(changeSet),
    Tags: pairs(changeSet.tags, 'Key', 'Value'),
    Changes: changes.map((change) => ({ Type: 'Resource', ResourceChange: capitalized(change as unknown as Json, withValues ? [] : PROPERTY_VALUES) })),
  };
}

export function summarizeChangeSet(changeSet: ChangeSetState, creationTime: string): JsonObject {
  return {
    ...membersOf(changeSet, [
      'stackId', 'stackName', 'changeSetId', 'changeSetName', 'description', 'executionStatus', 'status', 'statusReason', 'includeNestedStacks',
    ]),
    CreationTime: creationTime,
  };
}

/** The values of parameters. Parameters with `NoEcho` are masked. */
function parametersOf({ parameters, resolved = {}, template }: StackSource): JsonObject[] {
  const { Parameters: definitions = {} } = JSON.parse(template) as { Parameters?: { [name: string]: { NoEcho?: boolean | string } } };
  const isSecret = (name: string) => String(definitions[name]?.NoEcho) === 'true';
  return Object.entries(parameters).map(([name, value]) => ({
    ParameterKey: name,
    ParameterValue: isSecret(name) ? '****' : value,
    ...resolved[name] !== undefined && { ResolvedValue: isSecret(name) ? '****' : resolved[name] },
  }));
}

function pairs(map: { readonly [key: string]: string }, key: string, value: string): JsonObject[] {
  return Object.entries(map).map(([name, item]) => ({ [key]: name, [value]: item }));
}

/** Renders the specified members, if they have values, with the names of the API. */
function membersOf<T extends object>(of: T, members: ReadonlyArray<keyof T & string>): JsonObject {
  return capitalized(Object.fromEntries(members.map((member) => [member, of[member]])) as JsonObject) as JsonObject;
}

export function capitalized(value: Json, without: readonly string[] = []): Json {
  if (Array.isArray(value)) return value.map((item) => capitalized(item, without));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value)
    .filter(([member, item]) => item !== undefined && !without.includes(member))
    .map(([member, item]) => [NAMES[member] ?? member[0].toUpperCase() + member.slice(1), capitalized(item, without)]));
}
