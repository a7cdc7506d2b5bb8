import { invalid } from './cloudformation-error';
import { same } from './documents';
import { isCustom } from './resource-kinds';
import { sourceOf } from './source';
import type { Region } from './stack-operation';
import { keyOf, type OutputReference } from './stack-outputs';
import { NOT_REFACTORED, type StackRefactorInput } from './stack-refactor';
import type { StackSource } from './stack-source';
import { withStackTags } from './stack-tags';
import type { Deployed, Template } from './stack-template';
import type { DesiredResource, Output, ResourceState, StackState, StackStatus } from './state';

const STABLE: StackStatus[] = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'];

/** A resource with its source and its destination. */
export interface Move {
  readonly from: StackState;
  readonly resource: ResourceState;
  readonly logicalId: string;
  readonly isMapped: boolean;
}

/** A stack as the refactor will leave it. */
export interface Target {
  readonly stackName: string;
  /** The existing stack, or nothing if the refactor creates it. */
  readonly stack?: StackState;
  readonly source: StackSource;
  readonly template: Template;
  /** The moves by logical ID. */
  readonly moves: Map<string, Move>;
}

/** The changes of a refactor to its stacks. It throws an error for an invalid refactor before it changes anything. */
export class RefactorPlan {
  readonly targets: readonly Target[];
  private readonly outputs = new Map<Target, Output[] | 'in progress'>();

  constructor(private readonly input: StackRefactorInput, private readonly region: Region) {
    this.targets = input.stackDefinitions.map(({ stackName, template }) => this.target(stackName, template));
    for (const target of this.targets) this.find(target);
    this.refuseLosses();
    for (const target of this.targets) this.check(target);
    this.checkExports();
  }

  /** Returns the desired state of a resource. */
  desired(target: Target, logicalId: string, tags = target.source.tags): DesiredResource {
    return withStackTags(target.template.desired(logicalId, this.view(target)), tags, this.region.types);
  }

  outputsOf(target: Target): Output[] {
    const cached = this.outputs.get(target);
    if (cached === 'in progress') throw invalid(`The stacks of the refactor read each other's outputs in a circle: ${target.stackName}`);
    if (cached) return cached;
    this.outputs.set(target, 'in progress');
    const outputs = target.template.resolvedOutputs(this.view(target));
    this.outputs.set(target, outputs);
    return outputs;
  }

  isMoved(target: Target, logicalId: string): boolean {
    const { from, resource } = target.moves.get(logicalId)!;
    return from !== target.stack || resource.logicalId !== logicalId;
  }

  private target(stackName: string, text: string): Target {
    const stack = this.region.stacks.find(stackName);
    if (!stack || stack.status === 'DELETE_COMPLETE') {
      if (!this.input.enableStackCreation) throw invalid(`Stack [${stackName}] does not exist, and the refactor does not enable the creation of stacks.`);
      const source = sourceOf({ template: text });
      return { stackName, source, template: this.region.template(source, { stackName, stackId: '' }), moves: new Map() };
    }
    if (!STABLE.includes(stack.status)) throw invalid(`Stack [${stackName}] is in ${stack.status} state and cannot be refactored.`);
    const source = { template: text, parameters: stack.parameters, tags: stack.tags, ...stack.resolved && { resolved: stack.resolved } };
    const template = this.region.template(source, stack);
    const { body: before } = this.region.template(stack, stack);
    for (const section of ['Parameters', 'Conditions', 'Mappings'] as const) {
      if (!same(before[section] ?? {}, template.body[section] ?? {})) throw invalid(`A stack refactor cannot change ${section} [${stackName}].`);
    }
    return { stackName: stack.stackName, stack, source, template, moves: new Map() };
  }

  /** Finds the sources of a stack's resources. */
  private find(target: Target): void {
    const { resourceMappings = [] } = this.input;
    const isOf = ({ stackName, stack }: Target, name: string) => stackName === name || stack?.stackId === name;
    for (const [logicalId, { Type }] of Object.entries(target.template.resources)) {
      const mapping = resourceMappings.find(({ destination }) => isOf(target, destination.stackName) && destination.logicalResourceId === logicalId);
      const isMappedAway = (from: Target, id: string) =>
        resourceMappings.some(({ source }) => isOf(from, source.stackName) && source.logicalResourceId === id);
      const from = mapping
        ? this.targets.find((other) => isOf(other, mapping.source.stackName))
        : [target, ...this.targets.filter((other) => !other.template.resources[logicalId])]
          .find((other) => other.stack?.resources[logicalId]?.type === Type && !isMappedAway(other, logicalId));
      const resource = from?.stack?.resources[mapping?.source.logicalResourceId ?? logicalId];
      if (!from?.stack || !resource) throw invalid(`A stack refactor cannot create resources: [${logicalId}] of stack ${target.stackName}.`);
      if (resource.type !== Type) throw invalid(`A stack refactor cannot change the type of a resource: [${logicalId}] of stack ${target.stackName}.`);
      target.moves.set(logicalId, { from: from.stack, resource, logicalId, isMapped: mapping !== undefined });
    }
  }

  private refuseLosses(): void {
    const moves = this.targets.flatMap((target) => [...target.moves.values()]);
    for (const { stack, stackName } of this.targets) {
      for (const resource of Object.values(stack?.resources ?? {})) {
        const count = moves.filter((move) => move.resource === resource).length;
        if (count === 0) throw invalid(`A stack refactor cannot delete resources: [${resource.logicalId}] of stack ${stackName}.`);
        if (count > 1) throw invalid(`A stack refactor cannot move a resource to several places: [${resource.logicalId}] of stack ${stackName}.`);
      }
    }
  }

  private check(target: Target): void {
    for (const [logicalId, { from, resource }] of target.moves) {
      if (this.isMoved(target, logicalId) && (isCustom(resource.type) || NOT_REFACTORED.includes(resource.type))) {
        throw invalid(`Stack refactoring does not support resource type ${resource.type}: [${resource.logicalId}] of stack ${from.stackName}.`);
      }
      if (!same(this.desired(target, logicalId, from.tags).properties, resource.properties)) {
        throw invalid(`A stack refactor cannot change the configuration of resources: [${logicalId}] of stack ${target.stackName}.`);
      }
    }
  }

  private checkExports(): void {
    const { stacks } = this.region;
    const participants = this.targets.flatMap(({ stack }) => stack?.stackName ?? []);
    const after = this.targets.flatMap((target) => this.outputsOf(target));
    for (const { exportName, value } of this.targets.flatMap(({ stack }) => stack?.outputs ?? [])) {
      const [importer] = exportName === undefined ? [] : stacks.importers(exportName).filter((name) => !participants.includes(name));
      if (importer && !after.some((output) => output.exportName === exportName && output.value === value)) {
        throw invalid(`Export ${exportName} cannot be changed as it is in use by ${importer}`);
      }
    }
  }

  private view(target: Target): Deployed {
    return {
      ref: (logicalId) => target.moves.get(logicalId)!.resource.physicalId!,
      getAtt: (logicalId, attribute) => target.moves.get(logicalId)!.resource.attributes[attribute],
      importValue: (name) => {
        const own = this.targets.find((other) => other !== target && this.outputsOf(other).some(({ exportName }) => exportName === name));
        const value = own ? this.outputsOf(own).find(({ exportName }) => exportName === name)!.value : this.region.stacks.exports().get(name)?.value;
        if (value === undefined) throw invalid(`No export named ${name} found.`);
        return value;
      },
      getStackOutput: (reference) => this.stackOutput(reference, target),
    };
  }

  private stackOutput(reference: OutputReference, target: Target): string {
    const read = this.targets.map(({ stack }) => stack?.stackOutputs?.[keyOf(reference)]).find((value) => value !== undefined);
    if (read !== undefined) return read;
    const own = this.targets.find(({ stackName, stack }) => [stackName, stack?.stackId].includes(reference.stackName));
    const output = own && own !== target ? this.outputsOf(own).find(({ key }) => key === reference.outputName) : undefined;
    return output?.value ?? this.region.outputs.resolve(reference, target.stack?.roleArn);
  }
}
