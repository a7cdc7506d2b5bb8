import type { EventHandler } from './event-handler';
import type { CloudFormationEvent, Memo, Outcome, Step } from './events';
import { kindOf, HANDLED_KINDS } from './handled-kinds';
import type { Services } from './handler-services';
import { HistoryEvent } from './history-event';
import { JobContinuation } from './job-continuation';
import { JobDeletion } from './job-deletion';
import { JobProvisioning } from './job-provisioning';
import { KnownAnswers } from './known-answers';
import { executionNames } from './naming';
import { isNotebookState, NotebookLifecycle } from './notebook-lifecycle';
import { reduceEvent } from './reduce-event';
import { responseBody } from './respond';
import { sentAt } from './sent-at';
import { describeError, isAccessDenied, isTransient } from './service-errors';
import { isOvertaken } from './supersede';
import { isEarly } from './waits';
import { type ContinuationProperties, type JobKind, RESOURCE_TYPE } from '../src/contract';

/**
 * The maximum size of an event in bytes. Step Functions passes 256 KiB from state to state, which includes the additions of the
 * service and the memo.
 */
const MAX_STEP_BYTES = 240_000;

/** An event that could not be accepted within this time after it was sent will be delivered once more. */
const REDELIVERY_SECONDS = 150;

/** Handles the input of an invocation. Responds immediately to an event that cannot be accepted. */
export async function handle(input: CloudFormationEvent | Step, services: Services): Promise<Step | undefined> {
  if ('event' in input) return advance(input, services);
  try {
    await accept(input, services);
  } catch (error) {
    // Lambda delivers the event again. The failure is reported only if that fails, too.
    if ((isTransient(error) || isAccessDenied(error)) && services.now() < (sentAt(input) ?? 0) + REDELIVERY_SECONDS * 1000) throw error;
    console.error(JSON.stringify({ requestId: input.RequestId, resource: input.LogicalResourceId, error: describeError(error) }));
    const physicalId = input.PhysicalResourceId ?? input.LogicalResourceId;
    const reason = `The handler could not accept the event: ${describeError(error)}`;
    await services.respond(input.ResponseURL, responseBody(input, { status: 'FAILED', physicalId, reason }));
  }
  return undefined;
}

/** Accepts an event of CloudFormation: an execution of the state machine, named after the event, will handle it. */
export async function accept(event: CloudFormationEvent, services: Services): Promise<void> {
  const kind = jobKind(event);
  const sent = sentAt(event);
  const { name } = executionNames(event, sent);
  const step: Step = { event: kind ? reduceEvent(kind, event) : event, memo: { sentAt: sent ?? services.now() } };
  const bytes = Buffer.byteLength(JSON.stringify(step));
  if (bytes > MAX_STEP_BYTES) throw new Error(`it has ${bytes} bytes; at most ${MAX_STEP_BYTES} are allowed`);
  await services.executions.start(name, step);
}

/** Runs one step of an execution: describes the job, performs the next action, and returns the delay until the next step. */
export async function advance({ event, memo, error, redriven }: Step, bound: Services): Promise<Step> {
  // The rest of a round after the response. Or another principal has redriven an execution that had ended, and CloudFormation no
  // longer waits for it.
  if (memo.done || redriven) return ended({ event, memo });
  const answers = new KnownAnswers(bound.sageMaker, memo);
  delete memo.answers;
  const services = { ...bound, sageMaker: answers };
  const handler = handlerOf(event, memo, services);
  const crashedAgain = error !== undefined && memo.crashed;
  if (error) {
    memo.crashed = true;
    memo.failure ??= `The handler failed: ${error.Error ?? 'unknown error'}. See its log for details.`;
  }

  const outcome = crashedAgain ? handler.fail(memo.failure!) : await attempt(handler, { event, memo }, services);
  log(event, memo, outcome);
  if ('wait' in outcome) {
    // Until the executions of earlier events have ended, their jobs may change, so their descriptions are read again.
    const isSettled = memo.settled !== false && !memo.ending && services.now() >= (memo.drainedAt ?? 0);
    if (answers.isInterrupted && isSettled) memo.answers = answers.kept(MAX_STEP_BYTES - Buffer.byteLength(JSON.stringify({ event, memo })));
    return { event, memo, wait: outcome.wait };
  }
  if (!('overtaken' in outcome)) await services.respond(event.ResponseURL, responseBody(event, outcome));
  return ended({ event, memo });
}

/** Returns the output of the last step of an event. The state machine may invoke the function again before it reads `done`. */
function ended({ event, memo }: Step): Step {
  return { event, memo: { ...memo, done: true }, wait: 0, done: true };
}

async function attempt(handler: EventHandler, { event, memo }: Step, services: Services & { readonly sageMaker: KnownAnswers }): Promise<Outcome> {
  const now = services.now();
  try {
    const outcome = await unlessCurrent({ event, memo }, services) ?? await handler.next();
    if (!('again' in outcome)) delete memo.consecutiveFailures;
    return outcome;
  } catch (error) {
    const reason = describeError(error);
    if (isAccessDenied(error) && isEarly(memo, now)) return handler.tryAgain(error);
    // The recorded answers of an earlier step may be outdated.
    if (services.sageMaker.isResumed && !isTransient(error)) return { wait: 1 };
    if (isTransient(error)) return handler.late ? handler.fail(`SageMaker could not be reached in time. ${reason}`) : handler.tryAgain(error);
    if (event.RequestType === 'Delete' || memo.failure !== undefined || memo.jobName === undefined) return handler.fail(memo.failure ?? reason);
    // The job exists. The next step stops it before the failure is reported.
    memo.failure = reason;
    return { wait: 1 };
  }
}

/** Returns the outcome of a step whose event is not, or not yet, confirmed to be the current one. */
async function unlessCurrent({ event, memo }: Step, services: Services): Promise<Outcome | undefined> {
  if (memo.confirmedCurrent) return undefined;
  memo.begunAt ??= services.now();
  const overtaken = await isOvertaken(services, event, memo);
  if (typeof overtaken === 'number') return { wait: overtaken };
  if (overtaken) return { overtaken };
  memo.confirmedCurrent = true;
  return undefined;
}

function handlerOf(event: CloudFormationEvent, memo: Memo, services: Services): EventHandler {
  if (isNotebookState(event)) return new NotebookLifecycle(services, event, memo);
  if (event.ResourceType === RESOURCE_TYPE.jobHistory) return new HistoryEvent(services, event, memo);
  const isContinuation = event.ResourceType === RESOURCE_TYPE.continuation;
  const Handler = isContinuation ? JobContinuation : event.RequestType === 'Delete' ? JobDeletion : JobProvisioning;
  return new Handler(services, event, memo, jobKind(event)!);
}

/** Returns the kind of job of an event, if any. Rejects an event of an unknown resource type before anything starts. */
function jobKind(event: CloudFormationEvent): JobKind | undefined {
  if (isNotebookState(event) || event.ResourceType === RESOURCE_TYPE.jobHistory) return undefined;
  const kind = kindOf(event.ResourceType) ?? (event.ResourceProperties as unknown as ContinuationProperties).Kind;
  if (!(kind in HANDLED_KINDS)) throw new Error(`unknown resource type '${event.ResourceType}'`);
  return kind;
}

/** Logs one line for each step. The event is not logged, because it contains the response URL and the user's request. */
function log(event: CloudFormationEvent, memo: Step['memo'], outcome: Outcome): void {
  console.log(JSON.stringify({
    request: event.RequestType,
    requestId: event.RequestId,
    resource: event.LogicalResourceId,
    job: memo.jobName,
    ...('status' in outcome ? { answer: outcome.status, reason: outcome.reason } : { ...outcome, consecutiveFailures: memo.consecutiveFailures }),
  }));
}
