import type { InProcessCloud } from './in-process';
import type { OutsideCall } from './platform';
import type { CustomResourceEvent, StackResult } from '../../local/cloudformation';
import { OWNER_TAG, RESOURCE_TYPE } from '../../src/private/contract';
import { KINDS, TRAINING } from '../deploy/kinds';

/** A job that the function has started. */
interface Started {
  readonly name: string;
  readonly arn: string;
  readonly kind: typeof TRAINING;
  readonly stackId: string;
  readonly logicalId: string;
  readonly hash: string;
  readonly requestId: string;
}

interface Sent {
  readonly event: CustomResourceEvent;
  readonly time: number;
  readonly answers: { readonly status: string; readonly physicalId: string; readonly reason?: string }[];
}

const HOUR = 3_600_000;
const ENDED_WELL = ['Completed', 'COMPLETED'];

/**
 * What must hold whatever goes wrong, looked at whenever something happens, against what there really is: the jobs of
 * SageMaker, the events of CloudFormation, the function's calls and its log.
 *
 * 1. After a Delete, a rollback or a timeout has been answered, no job that the resource started is running or will start.
 * 2. For one request at most one job is paid for, however often it is delivered.
 * 3. Every event is answered exactly once with a true status, within its window; the reason names the cause.
 * 4. A job that finished is never run again by a rollback, a retry or an unrelated change.
 * 5. A job that the stack does not own is never touched.
 * 6. No secret is in any log.
 */
export class Invariants {
  /** What did not hold: the number of the invariant, and what happened. */
  readonly broken: string[] = [];

  private readonly events = new Map<string, Sent>();
  private readonly started: Started[] = [];
  private readonly secrets = new Set<string>();

  constructor(private readonly cloud: InProcessCloud) {}

  /** CloudFormation has sent an event. */
  sent(event: CustomResourceEvent): void {
    this.events.set(event.RequestId, { event, time: this.cloud.clock.now(), answers: [] });
    this.secrets.add(new URL(event.ResponseURL).searchParams.get('X-Amz-Signature')!);
  }

  /** A call of the function has arrived. */
  called({ service, operation, input, output }: OutsideCall): void {
    if (service !== 'sagemaker' || !output) return;
    const kind = KINDS.find((candidate) => candidate.operation('Create') === operation);
    if (kind) this.created(kind, input, String(Object.values(output)[0]));
    else if (!/^(Describe|List)/.test(operation)) this.touched(operation, input);
  }

  /** The function has answered CloudFormation. */
  answered(url: string, body: string): void {
    const { RequestId, Status, PhysicalResourceId, Reason } = JSON.parse(body) as { [member: string]: string };
    const sent = this.events.get(RequestId)!;
    const { event, answers, time } = sent;
    const [first] = answers;
    answers.push({ status: Status, physicalId: PhysicalResourceId, reason: Reason });
    if (url !== event.ResponseURL) this.breach(3, event, 'was answered at another URL');
    if (first) {
      // A step that died after its answer is repeated, and may see that a job has failed since. CloudFormation takes the first.
      if (first.status === 'FAILED' && Status === 'SUCCESS' && !this.isOver(event)) this.breach(3, event, `was answered with ${first.status}, then with ${Status}`);
      return;
    }
    if (this.isOver(event)) return;
    if (this.cloud.clock.now() > time + HOUR) this.breach(3, event, 'was answered after an hour');
    if (Status === 'FAILED') this.failed(event, Reason);
    else if (event.RequestType === 'Delete') this.gone(event);
    else this.succeeded(event, PhysicalResourceId);
  }

  /** An operation on a stack has ended. */
  settled({ stackId, status, events }: StackResult): void {
    // An operation that another one has interrupted ends with the status of that one.
    if (status.endsWith('_IN_PROGRESS')) return;
    const { resources, leftovers } = this.cloud.cloudFormation.describe(stackId);
    const jobs = Object.values(resources).filter(({ type }) => isJob(type));
    // Without a rollback, what a failed update has replaced stays until the next operation cleans up.
    const wanted = new Set([...jobs, ...leftovers].map(({ physicalId }) => physicalId));
    for (const job of this.runningOf(stackId)) {
      // A job that takes longer to stop than CloudFormation waits is a failure that says so.
      const isToldOf = /^(DELETE|ROLLBACK|UPDATE_ROLLBACK)_FAILED$/.test(status) && this.isStopping(job);
      if (!wanted.has(job.name) && !isToldOf && !this.isStillTheirs(job) && !this.isSucceeded(job, wanted)) this.breach(1, job, `runs although the stack is ${status}`);
    }
    for (const { physicalId, logicalId, status: state } of jobs) {
      const job = this.started.find(({ name }) => name === physicalId);
      if (state.endsWith('_COMPLETE') && job && this.statusOf(job) === undefined) this.breach(4, job, `is gone, but ${logicalId} stands for it`);
    }
    for (const { resourceStatusReason = '', logicalResourceId } of events) {
      const [, requestId] = /did not receive a response .* requestId \[(.*?)\]/.exec(resourceStatusReason) ?? [];
      if (requestId && !this.isExcused(requestId)) this.breach(3, { logicalId: logicalResourceId }, 'was not answered');
    }
  }

  /** Everything is over: nothing may run, nor be under way, and no log may hold a secret. */
  finished(): void {
    for (const job of this.started) if (this.isRunning(job)) this.breach(1, job, 'runs although everything is gone');
    for (const { name, status } of this.cloud.executions.all) if (status === 'RUNNING') this.breach(3, { logicalId: name }, 'is still being handled');
    const log = this.cloud.log.join('\n');
    for (const secret of this.secrets) if (log.includes(secret)) this.broken.push(`6: the log holds ${secret}`);
  }

  private created(kind: typeof TRAINING, input: OutsideCall['input'], arn: string): void {
    const tags = new Map((input.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
    const job: Started = {
      name: String(input[kind.nameMember]),
      arn,
      kind,
      stackId: tags.get(OWNER_TAG.stack)!,
      logicalId: tags.get(OWNER_TAG.resource)!,
      hash: tags.get(OWNER_TAG.hash)!,
      requestId: tags.get(OWNER_TAG.request)!,
    };
    const { event } = this.events.get(job.requestId)!;
    for (const other of this.started.filter(({ stackId, logicalId }) => stackId === job.stackId && logicalId === job.logicalId)) {
      if (other.requestId === job.requestId) this.breach(2, job, `was started for the event that had started '${other.name}'`);
      if (other.hash === job.hash && ENDED_WELL.includes(this.statusOf(other) ?? '')) this.breach(4, job, `was started although '${other.name}' had completed`);
    }
    if (this.isOver(event) && this.lastOf(event).answers.length > 0) this.breach(1, job, `was started although ${this.lastOf(event).event.RequestType} had been answered`);
    this.started.push(job);
    const words = input.HyperParameters ?? input.TrainingJobDefinition;
    for (const [, word] of JSON.stringify(words ?? '').matchAll(/"variant":"(secret-[^"]*)"/g)) this.secrets.add(word);
  }

  private touched(operation: string, input: OutsideCall['input']): void {
    const target = String(Object.values(input).find((value) => typeof value === 'string'));
    const job = this.started.find(({ name, arn }) => name === target || arn === target);
    if (!job) this.broken.push(`5: ${operation} was called of ${target}`);
  }

  private failed(event: CustomResourceEvent, reason: string): void {
    if (!reason) this.breach(3, event, 'failed without a reason');
    if (reason.includes(event.ResponseURL)) this.breach(6, event, 'tells its URL');
    for (const job of this.started.filter(({ requestId }) => requestId === event.RequestId)) {
      if (this.isRunning(job) && !this.isStopping(job)) this.breach(1, job, `runs although its event has failed: ${reason}`);
    }
  }

  private gone(event: CustomResourceEvent): void {
    const current = this.cloud.cloudFormation.describe(event.StackId).resources[event.LogicalResourceId]?.physicalId;
    for (const job of this.started.filter(({ stackId, logicalId }) => stackId === event.StackId && logicalId === event.LogicalResourceId)) {
      const isCurrent = job.name === current && current !== event.PhysicalResourceId;
      if (this.isRunning(job) && !isCurrent && !this.isBeingDeleted(job) && !this.isSucceeded(job, new Set([current]))) this.breach(1, job, 'runs although its deletion was answered');
    }
  }

  private succeeded(event: CustomResourceEvent, physicalId: string): void {
    const { Wait, JobName } = event.ResourceProperties as { Wait: { Seconds: string; HandOver?: string; AcceptStopped?: string }; JobName?: string };
    const name = JobName ?? physicalId;
    const job = this.started.find((candidate) => candidate.name === name);
    if (!job) {
      this.breach(3, event, `succeeded with '${name}', which nobody has started`);
      return;
    }
    if (Wait.Seconds === '0' || Wait.HandOver === 'true') return;
    const status = this.statusOf(job) ?? 'gone';
    const isGood = ENDED_WELL.includes(status) || (Wait.AcceptStopped === 'true' && /^stopped$/i.test(status));
    if (!isGood) this.breach(3, event, `succeeded although '${name}' is ${status}`);
  }

  /** CloudFormation does not wait for the event any more: it has sent another one, or an hour has passed. */
  private isOver(event: CustomResourceEvent): boolean {
    return this.lastOf(event).event !== event;
  }

  private lastOf({ StackId, LogicalResourceId }: CustomResourceEvent): Sent {
    return [...this.events.values()].findLast(({ event }) => event.StackId === StackId && event.LogicalResourceId === LogicalResourceId)!;
  }

  /** Lambda gave up to deliver the event, or Step Functions to repeat a step: the handler never had a chance. */
  private isExcused(requestId: string): boolean {
    const { dropped } = this.cloud.platform;
    return dropped.some(({ RequestId }) => RequestId === requestId)
      || this.cloud.executions.all.some(({ input, status }) => status === 'FAILED' && input.includes(requestId));
  }

  private runningOf(stackId: string): Started[] {
    return this.started.filter((job) => job.stackId === stackId && this.isRunning(job));
  }

  private isRunning({ name, kind }: Started): boolean {
    // A tuning job's name begins the names of the training jobs that it has launched.
    return this.cloud.sagemaker.running().some((running) => running === name || (kind.operation('Create').includes('Tuning') && running.startsWith(`${name}-`)));
  }

  /** CloudFormation has sent nothing for the resource since the event that started the job: a rollback that failed never got to it. */
  private isStillTheirs({ requestId }: Started): boolean {
    return !this.isOver(this.events.get(requestId)!.event);
  }

  /** The job has a deletion of its own, which is not answered yet. */
  private isBeingDeleted({ name }: Started): boolean {
    return [...this.events.values()].some(({ event, answers }) => event.RequestType === 'Delete' && event.PhysicalResourceId === name && answers.length === 0);
  }

  /** The job is stopping by its own limit, and the stack has the next attempt at its request by now, which will take it along. */
  private isSucceeded(job: Started, wanted: ReadonlySet<string | undefined>): boolean {
    const { hash, logicalId } = job;
    return this.isStopping(job) && this.started.some((other) => wanted.has(other.name) && other.hash === hash && other.logicalId === logicalId);
  }

  private isStopping(job: Started): boolean {
    return /^stopping$/i.test(this.statusOf(job) ?? '');
  }

  /** The service's word; undefined: there is no such job. */
  private statusOf({ kind, name }: Started): string | undefined {
    try {
      const description = this.cloud.sagemaker.call(kind.operation('Describe'), { [kind.nameMember]: name });
      return String(description[`${kind.name}Status`]);
    } catch {
      return undefined;
    }
  }

  private breach(invariant: number, { LogicalResourceId, RequestType, logicalId, name }: Partial<CustomResourceEvent & Started>, what: string): void {
    const subject = name ? `'${name}' of ${logicalId}` : `${RequestType ?? ''} ${LogicalResourceId ?? logicalId}`.trim();
    this.broken.push(`${invariant}: ${subject} ${what} (${new Date(this.cloud.clock.now()).toISOString()})`);
  }
}

function isJob(type: string): boolean {
  return type === RESOURCE_TYPE.trainingJob || type === RESOURCE_TYPE.hyperParameterTuningJob || type === RESOURCE_TYPE.compilationJob;
}
