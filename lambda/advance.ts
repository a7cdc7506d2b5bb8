import { describeError, isAccessDenied, isTransient } from './errors';
import type { CloudFormationEvent, Memo, Outcome, Step } from './events';
import { kindOf, KINDS } from './kinds';
import { Lifecycle } from './lifecycle';
import { executionNames } from './naming';
import { isNotebookState, NotebookState } from './notebook-state';
import { responseBody } from './respond';
import { sentAt } from './sent-at';
import type { Services } from './services';
import { isEarly, LATEST_DELIVERY_SECONDS } from './waits';
import { type ContinuationProperties, type JobKind, type JobProperties, RESOURCE_TYPE } from '../src/private/contract';

/** Step Functions carries 256 KiB from state to state; some of them are for what the service and the memo add. */
const MAX_STEP_BYTES = 240_000;

/** Takes an event of CloudFormation: an execution of the state machine, named after the event, will handle it. */
export async function accept(event: CloudFormationEvent, services: Services): Promise<void> {
  if (!isNotebookState(event)) jobKind(event);
  const sent = sentAt(event);
  const { name } = executionNames(event.LogicalResourceId, event.RequestId, sent);
  if (sent !== undefined && services.now() > sent + LATEST_DELIVERY_SECONDS * 1000) {
    // A late copy of an event that is being handled, or was, is none of our business.
    if (await services.executions.exists(name)) return;
    throw new Error(`it arrived ${Math.round((services.now() - sent) / 1000)} seconds after it was sent`);
  }
  const step: Step = { event, memo: { sentAt: sent ?? services.now() } };
  const bytes = Buffer.byteLength(JSON.stringify(step));
  if (bytes > MAX_STEP_BYTES) throw new Error(`it has ${bytes} bytes, and the state machine carries ${MAX_STEP_BYTES}; an update carries the request twice`);
  await services.executions.start(name, step);
}

/** One step of an execution: looks at the job, does the next thing, and says when to look again. */
export async function advance({ event, memo, error }: Step, services: Services): Promise<Step> {
  const lifecycle = lifecycleOf(event, memo, services);
  const crashedAgain = error !== undefined && memo.failure !== undefined;
  if (error) memo.failure ??= `The handler failed: ${error.Error ?? 'unknown error'}. Its log says more.`;

  const outcome = crashedAgain ? lifecycle.fail(memo.failure!) : await attempt(lifecycle, { event, memo }, services.now());
  log(event, memo, outcome);
  if ('wait' in outcome) return { event, memo, wait: outcome.wait };
  await services.respond(event.ResponseURL, responseBody(event, outcome));
  return { event, memo, done: true };
}

async function attempt(lifecycle: Lifecycle | NotebookState, { event, memo }: Step, now: number): Promise<Outcome> {
  try {
    const troubles = memo.troubles;
    const outcome = await next(lifecycle, event);
    if (memo.troubles === troubles) delete memo.troubles;
    return outcome;
  } catch (error) {
    const reason = describeError(error);
    if (isAccessDenied(error) && isEarly(memo, now)) return lifecycle.tryAgain();
    if (isTransient(error)) return lifecycle.late ? lifecycle.fail(`SageMaker could not be reached in time. ${reason}`) : lifecycle.tryAgain();
    if (event.RequestType === 'Delete' || memo.failure !== undefined || memo.jobName === undefined) return lifecycle.fail(memo.failure ?? reason);
    // The job is there: the next step stops it before the failure is told.
    memo.failure = reason;
    return { wait: 1 };
  }
}

function next(lifecycle: Lifecycle | NotebookState, event: CloudFormationEvent): Promise<Outcome> {
  if (lifecycle instanceof NotebookState) return lifecycle.next();
  if (event.ResourceType === RESOURCE_TYPE.continuation) {
    const { JobName, Wait } = event.ResourceProperties as unknown as ContinuationProperties;
    return event.RequestType === 'Delete' ? lifecycle.stopWaiting() : lifecycle.waitOn(JobName, Wait);
  }
  const properties = event.ResourceProperties as unknown as JobProperties;
  return event.RequestType === 'Delete' ? lifecycle.remove(properties) : lifecycle.converge(properties);
}

function lifecycleOf(event: CloudFormationEvent, memo: Memo, services: Services): Lifecycle | NotebookState {
  return isNotebookState(event) ? new NotebookState(services, event, memo) : new Lifecycle(services, KINDS[jobKind(event)], event, memo);
}

/** The kind of job that an event is about; an event of an unknown resource type is refused before anything starts. */
function jobKind(event: CloudFormationEvent): JobKind {
  const kind = kindOf(event.ResourceType) ?? (event.ResourceProperties as unknown as ContinuationProperties).Kind;
  if (!(kind in KINDS)) throw new Error(`the handler does not know the resource type ${event.ResourceType}`);
  return kind;
}

/** One line for each step. The event itself is not logged: it holds the response URL and the user's request. */
function log(event: CloudFormationEvent, memo: Step['memo'], outcome: Outcome): void {
  console.log(JSON.stringify({
    request: event.RequestType,
    requestId: event.RequestId,
    resource: event.LogicalResourceId,
    job: memo.jobName,
    ...('wait' in outcome ? { wait: outcome.wait, troubles: memo.troubles } : { answer: outcome.status, reason: outcome.reason }),
  }));
}
