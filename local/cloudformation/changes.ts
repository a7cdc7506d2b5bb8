import type { Json } from '../services';
import type { ChangeDetail, ChangeScope, ResourceChange } from './change-set';
import { same } from './documents';
import { references } from './references';
import { isCustom } from './resource-kinds';
import type { Region } from './stack-operation';
import type { StackSource } from './stack-source';
import { withStackTags } from './stack-tags';
import type { Deployed, Template } from './stack-template';
import type { DesiredResource, ResourceState, StackState } from './state';
import type { JsonObject } from '../json';

/** A value that is not known before the change set is executed. */
const UNKNOWN = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Returns the changes that an update to a template would make to the resources of a stack. */
export function changesOf(stack: StackState, template: Template, source: StackSource, region: Region): ResourceChange[] {
  const previous = region.template(stack, stack);
  const comparison = new Comparison(stack, template, source, previous, region);
  const wanted = Object.keys(template.resources);
  return [
    ...wanted.filter(logicalId => !isThere(stack.resources[logicalId])).map((logicalId): ResourceChange => {
      const { Type, Properties, Metadata } = template.resources[logicalId];
      return { action: 'Add', logicalResourceId: logicalId, resourceType: Type, scope: [], details: [], afterContext: context(Properties, Metadata) };
    }),
    ...wanted.filter(logicalId => isThere(stack.resources[logicalId])).flatMap(logicalId => comparison.modification(logicalId) ?? []),
    ...Object.values(stack.resources).filter(({ logicalId }) => !Object.hasOwn(template.resources, logicalId)).map((resource): ResourceChange => ({
      action: 'Remove',
      policyAction: resource.deletionPolicy.startsWith('Retain') ? 'Retain' : 'Delete',
      ...identity(resource),
      scope: [],
      details: [],
      beforeContext: context(resource.properties, resource.metadata),
    })),
  ];
}

class Comparison {
  private readonly found = new Map<string, ChangeDetail[]>();
  private readonly deployed: Deployed;

  constructor(
    private readonly stack: StackState,
    private readonly template: Template,
    private readonly source: StackSource,
    private readonly previous: Template,
    private readonly region: Region,
  ) {
    const { resources } = stack;
    this.deployed = {
      ref: logicalId => isThere(resources[logicalId]) ? resources[logicalId].physicalId! : UNKNOWN,
      getAtt: (logicalId, attribute) => resources[logicalId]?.attributes[attribute] ?? UNKNOWN,
      importValue: name => region.stacks.exports().get(name)?.value ?? UNKNOWN,
      // Read only when the change set is executed.
      getStackOutput: () => UNKNOWN,
    };
  }

  modification(logicalId: string): ResourceChange | undefined {
    const resource = this.stack.resources[logicalId];
    const desired = this.desired(logicalId);
    const details = [
      ...this.propertyChanges(logicalId),
      ...attributeChange('Metadata', resource.metadata, desired.metadata),
      ...attributeChange('DeletionPolicy', resource.deletionPolicy, desired.deletionPolicy),
      ...attributeChange('UpdateReplacePolicy', resource.updateReplacePolicy, desired.updateReplacePolicy),
    ];
    if (details.length === 0 && resource.status !== 'UPDATE_FAILED') return undefined;
    const replacement = this.replacement(logicalId);
    return {
      action: 'Modify',
      ...identity(resource),
      ...replacement === 'True' && { policyAction: desired.updateReplacePolicy === 'Retain' ? 'ReplaceAndRetain' : 'ReplaceAndDelete' },
      replacement,
      scope: [...new Set(details.map(({ target }) => target.attribute))],
      details,
      beforeContext: context(resource.properties, resource.metadata),
      afterContext: context(desired.properties, desired.metadata),
    };
  }

  private replacement(logicalId: string): NonNullable<ResourceChange['replacement']> {
    const effects = this.propertyChanges(logicalId).map(({ target: { requiresRecreation }, evaluation }) => {
      if (requiresRecreation === 'Never') return 'False';
      return requiresRecreation === 'Always' && evaluation === 'Static' ? 'True' : 'Conditional';
    });
    return (['True', 'Conditional'] as const).find(effect => effects.includes(effect)) ?? 'False';
  }

  /** Cached, because each resource that reads this one needs its changes. */
  private propertyChanges(logicalId: string): ChangeDetail[] {
    const cached = this.found.get(logicalId);
    if (cached) return cached;
    const resource = this.stack.resources[logicalId];
    const { properties } = this.desired(logicalId);
    const names = new Set([...Object.keys(resource.properties), ...Object.keys(properties)]);
    const changes = [...names].flatMap(name => this.propertyChange(resource, name, properties[name]) ?? []);
    this.found.set(logicalId, changes);
    return changes;
  }

  private desired(logicalId: string): DesiredResource {
    return withStackTags(this.template.desired(logicalId, this.deployed, UNKNOWN), this.source.tags, this.region.types);
  }

  private propertyChange(resource: ResourceState, name: string, after: Json | undefined): ChangeDetail | undefined {
    const { logicalId, type } = resource;
    const before = resource.properties[name];
    const definition = this.template.resources[logicalId].Properties?.[name];
    const isWritten = !same(definition, this.previous.resources[logicalId]?.Properties?.[name]);
    const cause = this.movingReference(definition);
    if (same(before, after) && !cause) return undefined;
    const isTag = name === 'Tags' && !isCustom(type);
    const change = {
      target: {
        attribute: isTag ? 'Tags' as const : 'Properties' as const,
        ...!isTag && { name },
        requiresRecreation: this.recreation(type, name),
        path: `/Properties/${name}`,
        ...before !== undefined && { beforeValue: textOf(before) },
        ...after !== undefined && { afterValue: cause ? UNKNOWN : textOf(after) },
        attributeChangeType: before === undefined ? 'Add' as const : after === undefined ? 'Remove' as const : 'Modify' as const,
      },
    };
    if (cause) return { ...change, evaluation: 'Dynamic', ...cause };
    if (isWritten) return { ...change, evaluation: 'Static', changeSource: 'DirectModification' };
    const [parameter] = [...references(definition ?? null)].filter(reference => Object.hasOwn(this.template.parameters, reference.name));
    return {
      ...change, evaluation: 'Static', ...parameter ? { changeSource: 'ParameterReference', causingEntity: parameter.name } : { changeSource: 'DirectModification' },
    };
  }

  /** A reference to a value that the update may change. */
  private movingReference(definition: Json | undefined): Pick<ChangeDetail, 'changeSource' | 'causingEntity'> | undefined {
    for (const { name, attribute } of references(definition ?? null, this.template.condition)) {
      if (!Object.hasOwn(this.template.resources, name) || !this.mayMove(name)) continue;
      return attribute === undefined
        ? { changeSource: 'ResourceReference', causingEntity: name }
        : { changeSource: 'ResourceAttribute', causingEntity: `${name}.${String(attribute)}` };
    }
    return undefined;
  }

  private mayMove(logicalId: string): boolean {
    const resource = this.stack.resources[logicalId];
    if (!isThere(resource)) return true;
    // The function of a custom resource may respond to any update with another ID and other attributes.
    if (isCustom(resource.type)) return this.propertyChanges(logicalId).length > 0;
    return this.replacement(logicalId) !== 'False';
  }

  private recreation(type: string, property: string): ChangeDetail['target']['requiresRecreation'] {
    if (isCustom(type)) return property === 'ServiceToken' ? 'Always' : 'Never';
    const { immutable, conditionallyImmutable } = this.region.types.find(type)!;
    return immutable?.includes(property) ? 'Always' : conditionallyImmutable?.includes(property) ? 'Conditionally' : 'Never';
  }
}

function attributeChange(attribute: ChangeScope, before: Json | undefined, after: Json | undefined): ChangeDetail[] {
  return same(before, after) ? [] : [{ target: { attribute, requiresRecreation: 'Never' }, evaluation: 'Static', changeSource: 'DirectModification' }];
}

function isThere(resource: ResourceState | undefined): resource is ResourceState {
  return resource?.physicalId !== undefined && resource.status !== 'CREATE_FAILED';
}

function identity({ logicalId, physicalId, type }: ResourceState) {
  return { logicalResourceId: logicalId, ...physicalId !== undefined && { physicalResourceId: physicalId }, resourceType: type };
}

function context(Properties: JsonObject | undefined, Metadata: Json | undefined): string {
  return JSON.stringify({ ...Properties && { Properties }, ...Metadata !== undefined && { Metadata } });
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
