import { randomUUID } from 'node:crypto';
import type { ChangeSetState } from './change-set';
import { changesOf } from './changes';
import type { Environment } from './cloudformation-environment';
import { CloudFormationError, invalid } from './cloudformation-error';
import { checkedImport } from './imports';
import type { Operations } from './operations';
import { settingsOf, sourceOf } from './source';
import type { Region } from './stack-operation';
import type { Begun, ChangeSetInput, ExecutionInput } from './stack-requests';
import type { StackSource } from './stack-source';
import type { StackState } from './state';

const NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A stack before an import creates it. */
const EMPTY: Omit<StackState, 'stackName' | 'stackId' | keyof StackSource> = {
  creationTime: '', status: 'REVIEW_IN_PROGRESS', resources: {}, leftovers: [], retained: [], outputs: [], imports: [], changeSets: [], events: [],
};

export class ChangeSets {
  constructor(private readonly region: Region, private readonly operations: Operations, private readonly environment: Environment) {}

  create(input: ChangeSetInput): ChangeSetState {
    const { stackName, changeSetName, changeSetType = 'UPDATE', description, includeNestedStacks, onStackFailure, clientRequestToken, resourcesToImport } = input;
    const isImport = changeSetType === 'IMPORT';
    if (resourcesToImport && !isImport) throw invalid('ResourcesToImport can be specified only with the change set type IMPORT.');
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(changeSetName)) {
      throw invalid(`1 validation error detected: Value '${changeSetName}' at 'changeSetName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*');
    }
    const found = this.region.stacks.find(stackName);
    if (changeSetType === 'UPDATE' && !found) throw invalid(`Stack [${stackName}] does not exist`);
    if (changeSetType === 'CREATE' && found && found.status !== 'REVIEW_IN_PROGRESS') {
      throw invalid(`Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`);
    }
    const same = found?.changeSets.find(other => other.changeSetName === changeSetName);
    if (same && same.clientToken === clientRequestToken && clientRequestToken !== undefined) return same;
    if (same) throw new CloudFormationError('AlreadyExistsException', `ChangeSet [${changeSetName}] already exists`);

    this.operations.checkRole(input, found);
    const source = sourceOf(input, found);
    const { template, isChanged } = changeSetType === 'UPDATE' || isImport && found && found.status !== 'REVIEW_IN_PROGRESS'
      ? this.operations.checkUpdate(found!, source)
      : { template: this.region.template(source, found ?? { stackName, stackId: '' }), isChanged: true };
    // A rejected import leaves no stack in review.
    const preview = found ?? { ...EMPTY, stackName, stackId: '', ...source };
    const imports = isImport ? checkedImport(preview, template, source, resourcesToImport ?? [], this.region) : undefined;
    const stack = found ?? this.operations.newStack(stackName, source);
    if (!found) this.operations.review(stack);
    const { region, account, partition } = this.environment;
    const changeSet: ChangeSetState = {
      changeSetName,
      changeSetId: `arn:${partition}:cloudformation:${region}:${account}:changeSet/${changeSetName}/${randomUUID()}`,
      changeSetType,
      stackName: stack.stackName,
      stackId: stack.stackId,
      creationTime: this.region.now(),
      ...description !== undefined && { description },
      ...includeNestedStacks !== undefined && { includeNestedStacks },
      ...onStackFailure && { onStackFailure },
      ...clientRequestToken !== undefined && { clientToken: clientRequestToken },
      ...settingsOf(input),
      ...source,
      resolved: template.resolved,
      ...isChanged || imports
        ? { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE', changes: imports ?? changesOf(stack, template, source, this.region) }
        : { status: 'FAILED', statusReason: NO_CHANGES, executionStatus: 'UNAVAILABLE', changes: [] },
    };
    stack.changeSets.push(changeSet);
    this.region.changed(stack);
    return changeSet;
  }

  existing(changeSetName: string, stackName?: string): ChangeSetState {
    const found = this.find(changeSetName, stackName);
    if (!found) throw new CloudFormationError('ChangeSetNotFound', `ChangeSet [${changeSetName}] does not exist`);
    return found.changeSet;
  }

  delete(changeSetName: string, stackName?: string): void {
    const found = this.find(changeSetName, stackName);
    if (!found) return;
    const { stack, changeSet } = found;
    if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') this.refuse(changeSet, 'deleted');
    stack.changeSets = stack.changeSets.filter(other => other !== changeSet);
    this.region.changed(stack);
  }

  /** Executes a change set and deletes the other change sets of its stack. */
  execute(changeSetName: string, stackName: string | undefined, input: ExecutionInput): Begun {
    const changeSet = this.existing(changeSetName, stackName);
    const stack = this.region.stacks.existing(changeSet.stackId);
    const repeated = this.operations.repeated(stack, input);
    if (repeated) return repeated;
    if (changeSet.executionStatus !== 'AVAILABLE') this.refuse(changeSet, 'executed');
    const { template, parameters, resolved, tags, onStackFailure: onFailure } = changeSet;
    const settings = { ...input, ...settingsOf(changeSet), onFailure };
    changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
    try {
      const begun = changeSet.changeSetType === 'IMPORT'
        ? this.operations.beginImport(stack, { template, parameters, resolved, tags }, physicalIds(changeSet), settings)
        : stack.status === 'REVIEW_IN_PROGRESS'
          ? this.operations.beginCreation(stack, { template, parameters, resolved, tags }, settings)
          : this.operations.beginUpdate(stack, { template, parameters, resolved, tags }, settings);
      stack.changeSets = [changeSet];
      return begun;
    } catch (error) {
      changeSet.executionStatus = 'AVAILABLE';
      throw error;
    }
  }

  private refuse({ changeSetId, status }: ChangeSetState, verb: string): never {
    throw new CloudFormationError('InvalidChangeSetStatus', `ChangeSet [${changeSetId}] cannot be ${verb} in its current status of [${status}]`);
  }

  private find(changeSetName: string, stackName?: string): { readonly stack: StackState; readonly changeSet: ChangeSetState } | undefined {
    const isId = changeSetName.startsWith('arn:');
    if (!isId && stackName === undefined) throw invalid('StackName must be specified if ChangeSetName is not specified as an ARN.');
    const named = stackName === undefined ? undefined : this.region.stacks.find(stackName);
    if (!isId && !named) throw invalid(`Stack [${stackName}] does not exist`);
    const stacks = named ? [named] : this.region.stacks.all();
    return stacks.flatMap(stack => stack.changeSets.map(changeSet => ({ stack, changeSet })))
      .find(({ changeSet }) => changeSet.changeSetId === changeSetName || changeSet.changeSetName === changeSetName);
  }
}

function physicalIds({ changes }: ChangeSetState): { [logicalId: string]: string } {
  return Object.fromEntries(changes.map(({ logicalResourceId, physicalResourceId }) => [logicalResourceId, physicalResourceId!]));
}
