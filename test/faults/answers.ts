import { type Answer, type Sent, type StartedJob, substanceOf } from './history';
import type { Breach, WatchedCloud } from './watched-cloud';
import { RESOURCE_TYPE } from '../../src/contract';
import { keepsRecords } from '../deploy/kinds';

const MINUTE = 60_000;
/** So long CloudFormation waits for an answer. */
export const HOUR = 60 * MINUTE;
/** What is still to be done then is told as it is: two minutes are left for the answer to arrive. */
export const LAST_MOMENT = 58 * MINUTE;
/** Between a look at a job and the answer that tells of it lies a part of one invocation. */
const INVOCATION = MINUTE;

const UNKNOWN_STATUS = /has the status '.*', which this handler version does not support/;

/** How an event wants the job to be waited for. */
export interface Wait {
  readonly Seconds: string;
  readonly HandOver?: string;
  readonly AcceptStopped?: string;
}

/** What is wrong with the first answer to an event. */
export function* answeredFirst(cloud: WatchedCloud, sent: Sent, answer: Answer): Generator<Breach> {
  const { event, time } = sent;
  const subject = `the ${event.RequestType} of ${event.LogicalResourceId}`;
  if (answer.status === 'FAILED' && !answer.reason) yield [3, `${subject} failed without a reason`];
  // Of an event that CloudFormation has given up, nobody reads the answer, and the next event puts right what it says.
  if (!cloud.history.isAwaited(event)) {
    if (cloud.history.lastFor(event) === sent && answer.time > time + HOUR) yield [3, `${subject} was answered after an hour`];
    return;
  }
  if (answer.status === 'FAILED') yield* failed(cloud, sent, answer);
  else if (event.ResourceType === RESOURCE_TYPE.notebookInstanceState) yield* held(cloud, sent);
  else if (event.ResourceType === RESOURCE_TYPE.jobHistory) yield* cleared(cloud, sent);
  else if (event.RequestType === 'Delete') yield* gone(cloud, sent);
  else yield* succeeded(cloud, sent, answer);
}

/**
 * What is wrong with one more answer. CloudFormation takes the first. A function that died before its result was taken
 * does not know that it has answered, so it says the same once more.
 */
export function* answeredAgain({ history, platform }: WatchedCloud, { event }: Sent, first: Answer, answer: Answer): Generator<Breach> {
  const subject = `the ${event.RequestType} of ${event.LogicalResourceId}`;
  if (platform.invocations.some(({ requestId, done }) => done && requestId === event.RequestId)) yield [3, `${subject} was answered again when it was done`];
  const isSame = answer.status === first.status && answer.physicalId === first.physicalId;
  const hasTurned = first.status === 'SUCCESS' && answer.status === 'FAILED';
  // The first answer told that the job runs; when it is looked at again, it may have failed.
  const { Wait } = event.ResourceProperties as unknown as { Wait?: Wait };
  const hasFailedSince = hasTurned && event.RequestType !== 'Delete' && Wait !== undefined && toldOfRunning(Wait);
  // The first answer told of what was there; a later event or somebody by hand may have deleted it since.
  const isDeletedByHand = history.jobs.some(({ isDeletedByHand: byHand, name }) => byHand && name === first.physicalId);
  const isGoneSince = hasTurned && (history.lastFor(event).event !== event || isDeletedByHand);
  // Where no invocation outlived its answer, the state machine has the function tell that it failed.
  const hasGivenUp = hasTurned && platform.invocations.some(({ requestId, task }) => task === 'give up' && requestId === event.RequestId);
  if (!isSame && !hasFailedSince && !isGoneSince && !hasGivenUp) yield [3, `${subject} was answered with ${first.status} ${first.physicalId}, then with ${answer.status} ${answer.physicalId}`];
}

function toldOfRunning({ Seconds, HandOver }: Wait): boolean {
  return Seconds === '0' || HandOver === 'true';
}

function* failed({ history }: WatchedCloud, { event, time }: Sent, answer: Answer): Generator<Breach> {
  for (const job of history.jobs.filter((candidate) => candidate.event === event)) {
    // One that does not stop in time, or of which nobody can tell whether it has stopped, is told of; the next event waits for it.
    const isToldOf = history.isStopping(job) && (answer.time >= time + LAST_MOMENT || UNKNOWN_STATUS.test(answer.reason));
    if (history.isRunning(job) && !isToldOf) yield [1, `'${job.name}' runs although its event has failed: ${answer.reason}`];
    if (history.hasFailed(job) && !answer.reason.includes(job.name) && !/^The handler/.test(answer.reason)) {
      yield [3, `'${job.name}' has failed, and the reason is another: ${answer.reason}`];
    }
  }
}

/** After the Delete of its history, nothing of the stack runs, and no record is left that can be deleted. */
function* cleared({ history }: WatchedCloud, { event }: Sent): Generator<Breach> {
  if (event.RequestType !== 'Delete') return;
  for (const job of history.jobs.filter((candidate) => candidate.event.StackId === event.StackId)) {
    if (history.isRunning(job)) yield [1, `'${job.name}' runs although the history was deleted`];
    if (!job.isDeleted && !job.isDeletedByHand && !keepsRecords(job.kind)) yield [4, `the record of '${job.name}' is left although the history was deleted`];
  }
}

/** After a Delete, nothing of the resource runs but what CloudFormation knows of. */
function* gone(cloud: WatchedCloud, { event }: Sent): Generator<Breach> {
  const { history } = cloud;
  const current = history.currentOf(event);
  for (const job of history.jobsOf(event)) {
    const hasReplaced = job.name === current && current !== event.PhysicalResourceId;
    // The deletions of an old and a new job of one resource are sent together.
    const isBeingDeleted = history.events.some(({ event: other }) => {
      return other !== event && other.RequestType === 'Delete' && other.PhysicalResourceId === job.name && history.isAwaited(other);
    });
    if (history.isRunning(job) && !hasReplaced && !isBeingDeleted) yield [1, `'${job.name}' runs although its deletion was answered`];
  }
}

function* succeeded(cloud: WatchedCloud, { event }: Sent, answer: Answer): Generator<Breach> {
  const { history } = cloud;
  const { Wait, JobName } = event.ResourceProperties as unknown as { Wait: Wait; JobName?: string };
  const name = JobName ?? answer.physicalId;
  const job = history.jobs.findLast((candidate) => candidate.name === name);
  const isOwn = job && job.event.StackId === event.StackId && (JobName !== undefined || job.event.LogicalResourceId === event.LogicalResourceId);
  if (!isOwn) {
    yield [5, `the ${event.RequestType} of ${event.LogicalResourceId} succeeded with '${name}', which is not its own`];
    return;
  }
  if (JobName === undefined && substanceOf(job.event) !== substanceOf(event)) {
    yield [3, `the ${event.RequestType} of ${event.LogicalResourceId} succeeded with '${name}', which does something else`];
  }
  if (job.isDeletedByHand) return;
  if (!isResult(cloud, job, Wait, answer)) {
    yield [3, `the ${event.RequestType} of ${event.LogicalResourceId} succeeded although '${name}' is ${job.isDeleted ? 'gone' : history.statusOf(job)}`];
  }
}

function isResult({ history }: WatchedCloud, job: StartedJob, wait: Wait, { time }: Answer): boolean {
  if (job.isDeleted) return false;
  if (history.hasCompleted(job) || (wait.AcceptStopped === 'true' && history.hasStopped(job))) return true;
  if (!toldOfRunning(wait)) return false;
  // One that was handed over is nobody's business, whatever came of it.
  if (wait.Seconds === '0' && (job.event.ResourceProperties as unknown as { Wait: Wait }).Wait.Seconds === '0' && !job.isAskedToStop) return true;
  // It ran when it was looked at.
  return history.isRunning(job) || history.inStatusSince(job) > time - INVOCATION;
}

/** After an event for a notebook instance, the instance is in the state that the event wants. */
function* held({ sagemaker }: WatchedCloud, { event }: Sent): Generator<Breach> {
  const { NotebookInstanceName, DesiredState } = event.ResourceProperties as { NotebookInstanceName: string; DesiredState?: string };
  if (event.RequestType === 'Delete' || DesiredState === undefined) return;
  const { NotebookInstanceStatus } = sagemaker.call('DescribeNotebookInstance', { NotebookInstanceName });
  const wanted = DesiredState === 'STOPPED' ? 'Stopped' : 'InService';
  if (NotebookInstanceStatus !== wanted) yield [3, `the ${event.RequestType} of ${event.LogicalResourceId} succeeded although the instance is ${String(NotebookInstanceStatus)}`];
}
