import { answeredAgain, answeredFirst } from './answers';
import { created, touched } from './calls';
import { createdKind } from './history';
import { operationEnded } from './outcomes';
import type { OutsideCall } from './platform';
import type { Breach, WatchedCloud } from './watched-cloud';
import type { StackResult } from '../../local/cloudformation';

/**
 * What must hold whatever goes wrong, looked at whenever something happens, against what there really is: the jobs of
 * SageMaker, the events of CloudFormation, the function's calls and its log.
 *
 * 1. After a Delete, a rollback or a timeout has been answered, no job that the resource started is running or will start.
 * 2. For one request at most one job is paid for, however often it is delivered.
 * 3. Every event is answered exactly once with a true status, within its window; the reason names the cause.
 * 4. A request with a completed record is never started again, and no artifact is written over. No record of a living
 *    stack is deleted, and after the stack was deleted, none is left that can be deleted.
 * 5. A job that the stack does not own is never touched.
 * 6. No secret is in any log.
 */
export class Invariants {
  /** All that did not hold. */
  readonly broken: string[] = [];

  constructor(private readonly cloud: WatchedCloud) {}

  /** A call of the function has arrived. */
  called(call: OutsideCall): void {
    if (call.service !== 'sagemaker') return;
    const { history } = this.cloud;
    const kind = createdKind(call.operation);
    if (!kind) this.note(touched(this.cloud, call));
    else if (call.output) this.note(created(history, history.started(kind, call), call));
  }

  /** The function has answered CloudFormation. */
  answered(url: string, body: string): void {
    const { RequestId, Status, PhysicalResourceId, Reason = '' } = JSON.parse(body) as { [member: string]: string };
    const sent = this.cloud.history.sentBy(RequestId);
    const answer = { status: Status, physicalId: PhysicalResourceId, reason: Reason, time: this.cloud.clock.now() };
    const [first] = sent.answers;
    this.note(first ? answeredAgain(this.cloud, sent, first, answer) : answeredFirst(this.cloud, sent, answer));
    if (url !== sent.event.ResponseURL) this.note([[3, `${sent.event.LogicalResourceId} was answered at another URL`]]);
    sent.answers.push(answer);
  }

  /** An operation on a stack has ended. */
  settled(result: StackResult): void {
    // An operation that another one has interrupted ends with the status of that one.
    if (!result.status.endsWith('_IN_PROGRESS')) this.note(operationEnded(this.cloud, result));
  }

  /** Everything is over: nothing may run, nor be under way, and no log may hold a secret. */
  finished(): void {
    const { history, executions, log } = this.cloud;
    for (const job of history.jobs) if (history.isRunning(job)) this.note([[1, `'${job.name}' runs although everything is gone`]]);
    for (const { name, status } of executions.all) if (status === 'RUNNING') this.note([[3, `${name} is still being handled`]]);
    const text = log.join('\n');
    const told = history.events.flatMap(({ answers }) => answers.map(({ reason }) => reason)).join('\n');
    for (const secret of history.secrets) {
      if (text.includes(secret)) this.note([[6, `the log holds ${secret}`]]);
      if (told.includes(secret)) this.note([[6, `a reason holds ${secret}`]]);
    }
  }

  /** What else did not hold. */
  note(breaches: Iterable<Breach>): void {
    const time = new Date(this.cloud.clock.now()).toISOString();
    for (const [invariant, what] of breaches) this.broken.push(`${invariant}: ${what} (${time})`);
  }
}
