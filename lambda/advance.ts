import { describeError, isAccessDenied, isTransient } from './errors';
import type { CloudFormationEvent, Memo, Outcome, Step } from './events';
import { kindOf, KINDS } from './kinds';
import { Lifecycle } from './lifecycle';
import { executionNames } from './naming';
import { isNotebookState, NotebookState } from './notebook-state';
import { responseBody } from './respond';
import { sentAt } from './sent-at';
import type { Services } from './services';
import { isOvertaken } from './supersede';
import { repeatThrottled } from './throttling';
import { isEarly } from './waits';
import { type ContinuationProperties, type JobKind, type JobProperties, RESOURCE_TYPE } from '../src/contract';

/** Step Functions carries 256 KiB from state to state; some of them are for what the service and the memo add. */
const MAX_STEP_BYTES = 240_000;

/** An event that could not be taken so long after it was sent, or earlier, will be delivered once more. */
const REDELIVERY_SECONDS = 150;

/** Handles what the function is invoked with; an event that cannot be taken is answered at once. */
export async function handle(input: CloudFormationEvent | Step, services: Services): Promise<Step | undefined> {
  if ('event' in input) return advance(input, services);
  try {
    await accept(input, services);
  } catch (error) {
    // Lambda delivers the event again; only when that was in vain, too, is a failure the truth.
    if (isTransient(error) && services.now() < (sentAt(input) ?? 0) + REDELIVERY_SECONDS * 1000) throw error;
    console.error(JSON.stringify({ requestId: input.RequestId, resource: input.LogicalResourceId, error: describeError(error) }));
    const physicalId = input.PhysicalResourceId ?? input.LogicalResourceId;
    const reason = `The handler could not take the event: ${describeError(error)}`;
    await services.respond(input.ResponseURL, responseBody(input, { status: 'FAILED', physicalId, reason }));
  }
  return undefined;
}

/** Takes an event of CloudFormation: an execution of the state machine, named after the event, will handle it. */
export async function accept(event: CloudFormationEvent, services: Services): Promise<void> {
  if (!isNotebookState(event)) jobKind(event);
  const sent = sentAt(event);
  const { name } = executionNames(event, sent);
  const step: Step = { event, memo: { sentAt: sent ?? services.now() } };
  const bytes = Buffer.byteLength(JSON.stringify(step));
  if (bytes > MAX_STEP_BYTES) throw new Error(`it has ${bytes} bytes, and the state machine carries ${MAX_STEP_BYTES}; an update carries the request twice`);
  await services.executions.start(name, step);
}

/** One step of an execution: looks at the job, does the next thing, and says when to look again. */
export async function advance({ event, memo, error }: Step, bound: Services): Promise<Step> {
  const services = { ...bound, sageMaker: repeatThrottled(bound) };
  const lifecycle = lifecycleOf(event, memo, services);
  const crashedAgain = error !== undefined && memo.failure !== undefined;
  if (error) memo.failure ??= `The handler failed: ${error.Error ?? 'unknown error'}. Its log says more.`;

  const outcome = crashedAgain ? lifecycle.fail(memo.failure!) : await attempt(lifecycle, { event, memo }, services);
  log(event, memo, outcome);
  if ('wait' in outcome) return { event, memo, wait: outcome.wait };
  if ('overtaken' in outcome) return { event, memo, done: true };
  await services.respond(event.ResponseURL, responseBody(event, outcome));
  return { event, memo, done: true };
}

async function attempt(lifecycle: Lifecycle | NotebookState, { event, memo }: Step, services: Services): Promise<Outcome> {
  const now = services.now();
  try {
    const troubles = memo.troubles;
    const outcome = await unlessAwaited({ event, memo }, services) ?? await next(lifecycle, event);
    if (memo.troubles === troubles) delete memo.troubles;
    return outcome;
  } catch (error) {
    const reason = describeError(error);
    if (isAccessDenied(error) && isEarly(memo, now)) return lifecycle.tryAgain(error);
    if (isTransient(error)) return lifecycle.late ? lifecycle.fail(`SageMaker could not be reached in time. ${reason}`) : lifecycle.tryAgain(error);
    if (event.RequestType === 'Delete' || memo.failure !== undefined || memo.jobName === undefined) return lifecycle.fail(memo.failure ?? reason);
    // The job is there: the next step stops it before the failure is told.
    memo.failure = reason;
    return { wait: 1 };
  }
}

/** What keeps an execution from its work: CloudFormation may wait for a later event by now. */
async function unlessAwaited({ event, memo }: Step, services: Services): Promise<Outcome | undefined> {
  if (memo.awaited) return undefined;
  memo.begunAt ??= services.now();
  const overtaken = await isOvertaken(services, event, memo);
  if (typeof overtaken === 'number') return { wait: overtaken };
  if (overtaken) return { overtaken };
  memo.awaited = true;
  return undefined;
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
    ...('status' in outcome ? { answer: outcome.status, reason: outcome.reason } : { ...outcome, troubles: memo.troubles }),
  }));
}
