import { attributesOf, fitting } from './attributes';
import { EventHandler } from './event-handler';
import type { Answer, CloudFormationEvent, Memo, Outcome } from './events';
import { logs } from './reason';
import { spaceForAttributes } from './respond';
import { ifFound } from './service-errors';
import { supersede } from './supersede';
import { toJobError } from './to-job-error';
import { mayStartLater, pollDelay } from './waits';
import { NOTEBOOK_ATTRIBUTES, type NotebookInstanceStateProperties, RESOURCE_TYPE } from '../src/contract';

type Description = Record<string, any>;
type State = NonNullable<NotebookInstanceStateProperties['DesiredState']>;

/** The additional state of the steps for a notebook instance. */
interface NotebookMemo extends Memo {
  plan?: {
    /** The final state. Undefined: the instance had failed, and the template specifies no state. */
    target?: State;
    /** Whether the instance must be stopped once in between. */
    restart?: boolean;
    /** Whether the instance was asked to start: a failure after that is the result of the start. */
    started?: boolean;
    /** Whether the members that the template specifies were changed. */
    updated?: boolean;
  };
}

/** The members that are changed in place. */
const MEMBERS = ['IpAddressType', 'PlatformIdentifier'] as const;

type Changes = { readonly [member in typeof MEMBERS[number]]?: string };

/** Transitional statuses. */
const MOVING = ['Pending', 'Stopping', 'Updating', 'InMaintenance', 'PendingMaintenance'];
const SETTLED = ['InService', 'Stopped', 'Failed'];

export function isNotebookState(event: CloudFormationEvent): boolean {
  return event.ResourceType === RESOURCE_TYPE.notebookInstanceState;
}

/**
 * Describes a notebook instance that CloudFormation created, and brings it into the desired state. As with jobs, a step reads the
 * current state and performs the next action, so that it can be repeated.
 */
export class NotebookLifecycle extends EventHandler<NotebookMemo> {
  private readonly properties = this.event.ResourceProperties as unknown as NotebookInstanceStateProperties;

  async next(): Promise<Outcome> {
    if (this.memo.failure !== undefined) return this.fail(this.memo.failure);
    if (this.event.RequestType !== 'Create') {
      // The update of a rollback cannot be distinguished from another one, so the previous event may have no response.
      const drainedIn = await supersede(this.services, this.event, this.memo, { isUnanswered: this.event.RequestType === 'Update' });
      if (drainedIn > 0) return { wait: drainedIn };
    }
    // The instance belongs to another resource and is kept.
    if (this.event.RequestType === 'Delete') return { status: 'SUCCESS', physicalId: this.givenId };
    return this.look();
  }

  private get name(): string {
    return this.properties.NotebookInstanceName;
  }

  protected override get givenId(): string {
    return this.event.PhysicalResourceId ?? this.name;
  }

  private async look(): Promise<Outcome> {
    const notebook = await this.describe();
    if (!notebook) return this.fail(`Notebook instance '${this.name}' does not exist: another principal deleted it.`);
    const status = String(notebook.NotebookInstanceStatus);
    if (status === 'Deleting') return this.fail(`Notebook instance '${this.name}' is being deleted by another principal.`);
    if (MOVING.includes(status)) return this.wantsNothing ? this.succeed(notebook) : this.nextLook(status);
    if (!SETTLED.includes(status)) {
      return this.fail(`Notebook instance '${this.name}' has the status '${status}', which this handler version does not support.`);
    }
    if (!this.memo.plan) return this.makePlan(notebook, status);
    return this.follow(notebook, status);
  }

  /** The plan is recorded before the first action, because actions change its basis. */
  private makePlan(notebook: Description, status: string): Outcome {
    const restart = this.scriptsChanged && status !== 'Stopped';
    // A failed instance is described, even if it failed because its properties changed: the event of a rollback, in which the
    // properties change, too, cannot be distinguished from an update. An error would leave the stack in UPDATE_ROLLBACK_FAILED
    // for an instance without a desired state. To require a running instance, users specify the state.
    const asItWas = status === 'Stopped' ? 'STOPPED' : status === 'InService' || restart ? 'IN_SERVICE' : undefined;
    const target = this.properties.DesiredState ?? asItWas;
    this.memo.plan = { target, restart: restart && status === 'InService' };
    const isThere = target === undefined || (status === 'InService' ? target === 'IN_SERVICE' && !restart : status === 'Stopped' && target === 'STOPPED');
    return isThere && this.changesOf(notebook) === undefined ? this.succeed(notebook) : { wait: 1 };
  }

  private async follow(notebook: Description, status: string): Promise<Outcome> {
    const plan = this.memo.plan!;
    if (plan.started && status === 'Failed') return this.fail(`${this.failed(notebook)}${this.wayOut}`);
    if (plan.restart && status !== 'InService') {
      plan.restart = false;
      return { wait: 1 };
    }
    const changes = this.changesOf(notebook);
    if (changes) return this.change(notebook, status, changes);
    if (plan.target === 'STOPPED') {
      if (status === 'Failed') return this.fail(`${this.failed(notebook)} An instance that has failed cannot be stopped: start it, or delete it.`);
      return status === 'Stopped' ? this.succeed(notebook) : this.stop(notebook);
    }
    if (plan.target === undefined) return this.succeed(notebook);
    if (status === 'InService') return plan.restart ? this.stop(notebook) : this.succeed(notebook);
    if (plan.started) return this.fail(`Notebook instance '${this.name}' was stopped by another principal while it started.`);
    return this.start(notebook);
  }

  /** SageMaker changes these members only for a stopped instance. */
  private async change(notebook: Description, status: string, changes: Changes): Promise<Outcome> {
    if (status === 'InService') return this.stop(notebook);
    if (this.memo.plan!.updated) {
      const [[member, value]] = Object.entries(changes);
      return this.fail(`Notebook instance '${this.name}' still has the ${member} '${notebook[member]}' after it was changed to '${value}'.`);
    }
    await this.unlessMovedOn(notebook, 'UpdateNotebookInstance', changes);
    this.memo.plan!.updated = true;
    return this.nextLook('Updating');
  }

  private async start(notebook: Description): Promise<Outcome> {
    try {
      await this.unlessMovedOn(notebook, 'StartNotebookInstance');
    } catch (error) {
      if (!this.mayStartLater(error) || this.late) throw error;
      return this.tryAgain(error);
    }
    this.memo.plan!.started = true;
    return this.nextLook('Pending');
  }

  private async stop(notebook: Description): Promise<Outcome> {
    await this.unlessMovedOn(notebook, 'StopNotebookInstance');
    return this.nextLook('Stopping');
  }

  /** Calls an operation that SageMaker rejects if the instance has moved on. The rejection is then not an error. */
  private async unlessMovedOn(notebook: Description, operation: string, input: object = {}): Promise<void> {
    try {
      await this.services.sageMaker.call(operation, { NotebookInstanceName: this.name, ...input });
    } catch (error) {
      if (this.mayStartLater(error)) throw error;
      const now = await this.describe();
      if (now?.NotebookInstanceStatus === notebook.NotebookInstanceStatus) throw toJobError(operation, input, error);
    }
  }

  private mayStartLater(error: unknown): boolean {
    return mayStartLater(error, this.memo, this.services.now());
  }

  private async describe(): Promise<Description | undefined> {
    return ifFound(this.services.sageMaker.call('DescribeNotebookInstance', { NotebookInstanceName: this.name }));
  }

  private nextLook(status: string): Outcome {
    if (this.late) return this.fail(`Notebook instance '${this.name}' was still ${status} when CloudFormation's time limit was reached. ${this.logs}`);
    return { wait: pollDelay(this.services.now() - this.memo.sentAt) };
  }

  private succeed(notebook: Description): Answer {
    // An attribute that a template reads must exist, even if SageMaker returns no value.
    const described = { Url: '', NetworkInterfaceId: '', FailureReason: '', ...notebook, LifecycleScriptOutcome: scriptOutcome(notebook) };
    const attributes = fitting(attributesOf(described, NOTEBOOK_ATTRIBUTES), [], spaceForAttributes(this.event, this.name));
    return { status: 'SUCCESS', physicalId: this.name, attributes };
  }

  private failed({ FailureReason: reason }: Description): string {
    return `Notebook instance '${this.name}' has the status Failed${reason ? `: ${String(reason).replace(/\.$/, '')}` : ''}. ${this.logs}`;
  }

  /** The rollback of a failed update also fails if the instance does not start with its previous properties. */
  private get wayOut(): string {
    return this.event.RequestType === 'Update' ? ' If the rollback also fails, start the instance, and then continue the rollback.' : '';
  }

  private get logs(): string {
    return logs({ logGroup: '/aws/sagemaker/NotebookInstances' }, this.name, this.services.region);
  }

  private get wantsNothing(): boolean {
    return this.properties.DesiredState === undefined && MEMBERS.every((member) => this.properties[member] === undefined) && !this.scriptsChanged;
  }

  /** Whether the scripts changed, and CloudFormation has not restarted the instance for another change. */
  private get scriptsChanged(): boolean {
    const before = this.event.OldResourceProperties as unknown as NotebookInstanceStateProperties | undefined;
    if (before?.Scripts === undefined || this.properties.Scripts === undefined || before.NotebookInstanceName !== this.name) return false;
    return before.Scripts !== this.properties.Scripts && JSON.stringify(before.Notebook) === JSON.stringify(this.properties.Notebook);
  }

  /**
   * The members that CloudFormation does not change in place, if the instance differs. A member that is not specified stays
   * unchanged: the function may no longer have permission to change it.
   */
  private changesOf(notebook: Description): Changes | undefined {
    const described: Description = { IpAddressType: 'ipv4', ...notebook };
    const changes = MEMBERS.flatMap((member) => {
      const value = this.properties[member];
      return value === undefined || value === described[member] ? [] : [[member, value]];
    });
    return changes.length > 0 ? Object.fromEntries(changes) as Changes : undefined;
  }
}

/** SageMaker starts an instance only if its scripts have succeeded. */
function scriptOutcome(notebook: Description): string {
  if (!notebook.NotebookInstanceLifecycleConfigName) return 'None';
  if (notebook.NotebookInstanceStatus === 'InService') return 'Succeeded';
  return /lifecycle/i.test(notebook.FailureReason ?? '') ? 'Failed' : 'NotRun';
}
