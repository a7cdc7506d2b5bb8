import type { LifecycleConfigs } from './lifecycle-configs';
import { Machine } from './machine';
import type { CreateNotebookInstanceRequest, Hook, NotebookBehavior, NotebookInstanceStatus, NotebookSettings, UpdateNotebookInstanceRequest } from './notebook-types';
import { validationError } from '../../api/service-error';
import type { Clock } from '../../clock';
import type { LogSink } from '../../logs';
import type { Capacity } from '../capacity';
import { type JobRoles, NOTEBOOK_USES } from '../execution-role';
import { JobLog } from '../job-log';

const UPDATING = 5;
const DEFAULT_VOLUME = 5;
const NO_CAPACITY = 'Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. Please retry using a different ML instance type.';

export interface NotebookContext {
  readonly clock: Clock;
  readonly lifecycleConfigs: LifecycleConfigs;
  readonly roles: JobRoles;
  /** The timeout of a script, in real seconds. */
  readonly scriptLimit: number;
  readonly hasCapacity: Capacity;
  readonly logs: LogSink;
  behavior(name: string): NotebookBehavior;
  onTransition(notebook: LocalNotebookInstance): void;
}

/** A notebook instance and its lifecycle on the clock. */
export class LocalNotebookInstance {
  status!: NotebookInstanceStatus;
  failureReason?: string;
  readonly creationTime: number;
  lastModifiedTime: number;
  settings: NotebookSettings;
  readonly machine = new Machine();

  constructor(readonly name: string, readonly arn: string, request: CreateNotebookInstanceRequest, private readonly context: NotebookContext) {
    const { NotebookInstanceName: _, Tags: __, ...settings } = request;
    this.settings = { VolumeSizeInGB: DEFAULT_VOLUME, ...settings };
    this.creationTime = this.lastModifiedTime = context.clock.now();
    this.enter('Pending');
    void this.bringUp('CreateNotebookInstance', ['OnCreate', 'OnStart']);
  }

  start(): void {
    this.mustBe(['Stopped', 'Failed'], 'Pending');
    const { LifecycleConfigName: config } = this.settings;
    if (config !== undefined) this.context.lifecycleConfigs.get(config, 'describe');
    this.enter('Pending');
    void this.bringUp('StartNotebookInstance', ['OnStart']);
  }

  stop(): void {
    this.mustBe(['InService'], 'Stopping');
    this.enter('Stopping');
    const { stoppingSeconds = 30 } = this.context.behavior(this.name);
    void this.after(stoppingSeconds, () => {
      this.machine.halt();
      this.enter('Stopped');
    });
  }

  update(request: UpdateNotebookInstanceRequest): void {
    this.mustBe(['Stopped', 'Failed'], 'Updating');
    const {
      NotebookInstanceName: _, DisassociateLifecycleConfig: noConfig, DisassociateAcceleratorTypes: noAccelerators,
      DisassociateDefaultCodeRepository: noRepository, DisassociateAdditionalCodeRepositories: noRepositories, ...changes
    } = request;
    const gone = {
      LifecycleConfigName: noConfig,
      AcceleratorTypes: noAccelerators,
      DefaultCodeRepository: noRepository,
      AdditionalCodeRepositories: noRepositories,
    };
    for (const [setting, isGone] of Object.entries(gone)) {
      if (isGone && changes[setting] !== undefined) throw validationError(`${setting} cannot be both associated and disassociated.`);
    }
    const { VolumeSizeInGB: size } = changes;
    if (size !== undefined && size < this.settings.VolumeSizeInGB!) {
      throw validationError(`The volume of a notebook instance can only grow: it has ${this.settings.VolumeSizeInGB} GB, ${size} GB were requested.`);
    }
    const kept = Object.entries(this.settings).filter(([setting]) => !gone[setting as keyof typeof gone]);
    this.settings = { ...Object.fromEntries(kept), ...changes };
    this.enter('Updating');
    void this.after(UPDATING, () => this.enter('Stopped'));
  }

  /** Deletes the instance. The promise settles when the name is available again. */
  delete(): Promise<void> {
    this.mustBe(['Stopped', 'Failed'], 'Deleting');
    this.enter('Deleting');
    const { deletingSeconds = 20 } = this.context.behavior(this.name);
    return this.after(deletingSeconds, () => this.machine.remove());
  }

  private get role() {
    return this.context.roles.of(this.arn, this.settings.RoleArn!, this.settings, NOTEBOOK_USES);
  }

  private mustBe(statuses: readonly NotebookInstanceStatus[], next: NotebookInstanceStatus): void {
    if (statuses.includes(this.status)) return;
    throw validationError(`Status (${this.status}) not in ([${statuses.join(', ')}]). Unable to transition to (${next}) for Notebook Instance (${this.arn}).`);
  }

  private async bringUp(operation: string, hooks: readonly Hook[]): Promise<void> {
    const { startingSeconds = 120, failure } = this.context.behavior(this.name);
    await this.context.clock.sleep(startingSeconds * 1000);
    const request = { ...this.settings, NotebookInstanceName: this.name };
    const noInstance = this.context.hasCapacity(operation, this.settings.InstanceType!, request) ? undefined : NO_CAPACITY;
    this.failureReason = noInstance ?? failure ?? this.role.failure('Starting') ?? await this.context.clock.work(() => this.runHooks(hooks))
      .catch((error: Error) => `The local cloud cannot run scripts: ${error.message}`);
    if (this.failureReason !== undefined) this.machine.halt();
    this.enter(this.failureReason === undefined ? 'InService' : 'Failed');
  }

  /** Runs the scripts of the lifecycle configuration. Returns the reason if one fails. */
  private async runHooks(hooks: readonly Hook[]): Promise<string | undefined> {
    const { LifecycleConfigName: name } = this.settings;
    if (name === undefined) return undefined;
    const { lifecycleConfigs, scriptLimit } = this.context;
    this.machine.boot();
    for (const hook of hooks) {
      const script = lifecycleConfigs.script(name, hook);
      if (script === undefined) continue;
      const { exitCode, output } = await this.machine.run(hook, script, scriptLimit * 1000);
      this.logScript(hook, output);
      if (exitCode === 0) continue;
      return `Notebook Instance Lifecycle Config '${lifecycleConfigs.get(name, 'describe').arn}' for Notebook Instance '${this.arn}' `
        + `${exitCode === undefined ? 'took longer than 5 minutes' : 'failed'}. Please check your CloudWatch logs for more details if your Notebook Instance has Internet access.`;
    }
    return undefined;
  }

  /** A hook has one stream for all its scripts. */
  private logScript(hook: Hook, output: string): void {
    const { clock, logs } = this.context;
    const log = new JobLog('/aws/sagemaker/NotebookInstances', clock, logs, () => this.role.logPermission());
    log.open(`${this.name}/LifecycleConfig${hook}`);
    log.write(...output.split('\n'));
  }

  private async after(seconds: number, action: () => void): Promise<void> {
    await this.context.clock.sleep(seconds * 1000);
    action();
  }

  private enter(status: NotebookInstanceStatus): void {
    this.status = status;
    this.lastModifiedTime = this.context.clock.now();
    this.context.onTransition(this);
  }
}
