import type { ResourceChange } from './change-set';
import { invalid } from './cloudformation-error';
import { same } from './documents';
import type { Stacks } from './region-stacks';
import { isCustom, isNestedStack } from './resource-kinds';
import type { NativeType, ResourceTypes } from './resource-types';
import type { Region } from './stack-operation';
import type { StackSource } from './stack-source';
import type { Template } from './stack-template';
import type { StackState } from './state';

/** An existing resource to import, as in CreateChangeSet. */
export interface ResourceToImport {
  readonly resourceType: string;
  readonly logicalResourceId: string;
  readonly resourceIdentifier: { readonly [property: string]: string };
}

/** Returns the property that identifies resources of a type, or nothing if they cannot be imported. */
export function identifierOf(type: string, types: ResourceTypes): string | undefined {
  const property = !isCustom(type) && !isNestedStack(type) && types.isEmulated(type) ? types.find(type)!.nameProperty : undefined;
  return property !== undefined && isByName(types.find(type)!, property) ? property : undefined;
}

/** Only types whose physical ID is the name. */
function isByName(type: NativeType, property: string): boolean {
  return type.immutable?.includes(property) === true && type.isNamed === true;
}

/** Returns the changes of an import, which adds existing resources and must not change anything else. */
export function checkedImport(stack: StackState, template: Template, source: StackSource, resources: readonly ResourceToImport[],
  region: Region): ResourceChange[] {
  if (resources.length === 0) throw invalid('You must specify at least one resource to import.');
  refuseOtherChanges(stack, template, source, resources, region);
  return resources.map(({ resourceType, logicalResourceId, resourceIdentifier }): ResourceChange => {
    const definition = template.resources[logicalResourceId];
    if (!definition) throw invalid(`Resource [${logicalResourceId}] to import does not exist in the template.`);
    if (definition.Type !== resourceType) throw invalid(`Resource [${logicalResourceId}] is of type ${definition.Type} in the template, not ${resourceType}.`);
    const property = identifierOf(resourceType, region.types);
    if (property === undefined) throw invalid(`ResourceTypes [${resourceType}] are not supported for Import`);
    if (definition.DeletionPolicy === undefined) throw invalid('Resources to import must have DeletionPolicy attribute specified in the template.');
    const { [property]: physicalId, ...others } = resourceIdentifier;
    if (physicalId === undefined || Object.keys(others).length > 0) {
      throw invalid(`The resource identifier of ${resourceType} is [${property}]; got [${Object.keys(resourceIdentifier).join(', ')}].`);
    }
    if (stack.resources[logicalResourceId]) {
      throw invalid(`Resources [${logicalResourceId}] passed in ResourceToImport are already in a stack and cannot be imported.`);
    }
    const written = definition.Properties?.[property];
    if (typeof written === 'string' && written !== physicalId) {
      throw invalid(`The Identifier [${property}] for resource ${logicalResourceId} does not match the identifier value defined in the template.`);
    }
    const owner = ownerOf(resourceType, physicalId, region.stacks);
    if (owner) throw invalid(`Resource ${physicalId} already belongs to stack ${owner.stackName}.`);
    if (!region.exists(resourceType, physicalId)) throw invalid(`Resource of type '${resourceType}' with identifier '${physicalId}' was not found.`);
    return { action: 'Import', logicalResourceId, physicalResourceId: physicalId, resourceType, scope: [], details: [] };
  });
}

/** Returns the stack that a resource belongs to. */
function ownerOf(type: string, physicalId: string, stacks: Stacks): StackState | undefined {
  return stacks.live()
    .find(({ resources }) => Object.values(resources).some((resource) => resource.type === type && resource.physicalId === physicalId));
}

function refuseOtherChanges(stack: StackState, template: Template, source: StackSource, resources: readonly ResourceToImport[],
  region: Region): void {
  const imported = resources.map(({ logicalResourceId }) => logicalResourceId);
  const previous = stack.status === 'REVIEW_IN_PROGRESS' ? undefined : region.template(stack, stack);
  const before = previous?.resources ?? {};
  const missing = Object.keys(template.resources).filter((logicalId) => !Object.hasOwn(before, logicalId) && !imported.includes(logicalId));
  if (missing.length > 0) throw invalid(`Resources [${missing.join(', ')}] is missing from ResourceToImport list`);
  const isChanged = Object.entries(before).some(([logicalId, definition]) => !same(definition, template.resources[logicalId]));
  if (isChanged) throw invalid('As part of the import operation, you cannot modify or add [Resources]');
  if (!same(previous?.outputs ?? {}, template.outputs)) throw invalid('As part of the import operation, you cannot modify or add [Outputs]');
  if (previous && !same(stack.tags, source.tags)) throw invalid('As part of the import operation, you cannot modify or add [Tags]');
}
