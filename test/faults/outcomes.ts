import { LAST_MOMENT } from './answers';
import { isJob, type StartedJob } from './history';
import type { Breach, WatchedCloud } from './watched-cloud';
import type { StackResult } from '../../local/cloudformation';

/** How often the state machine tells the function that it failed before the execution ends as failed. */
const LAST_ATTEMPTS = 6;

const FAILED_CLEANUP = /^(DELETE|ROLLBACK|UPDATE_ROLLBACK)_FAILED$/;

/** What is wrong when an operation on a stack has ended. */
export function* operationEnded(cloud: WatchedCloud, { stackId, status, events }: StackResult): Generator<Breach> {
  const { history } = cloud;
  const { resources, leftovers } = cloud.cloudFormation.describe(stackId);
  const jobs = Object.values(resources).filter(({ type }) => isJob(type));
  // Where an operation fails without a rollback, what was replaced stays until the next one cleans up.
  const kept = status.endsWith('_FAILED') ? leftovers : [];
  const wanted = new Set([...jobs, ...kept].filter((resource) => resource.status !== 'DELETE_FAILED').map(({ physicalId }) => physicalId));
  for (const job of history.jobs.filter((candidate) => candidate.event.StackId === stackId && history.isRunning(candidate))) {
    const isExcused = [isToldOf, isUnheardOf, isOutOfReach].some((excuse) => excuse(cloud, job, status));
    if (!wanted.has(job.name) && !isExcused) yield [1, `'${job.name}' runs although the stack is ${status}`];
  }
  for (const { physicalId, logicalId, status: state } of jobs) {
    const job = history.jobs.findLast(({ name }) => name === physicalId);
    if (state.endsWith('_COMPLETE') && job?.isDeleted && !job.isDeletedByHand) yield [4, `'${job.name}' is gone, but ${logicalId} stands for it`];
  }
  for (const { resourceStatusReason = '', logicalResourceId } of events) {
    const [, requestId] = /did not receive a response .* requestId \[(.*?)\]/.exec(resourceStatusReason) ?? [];
    if (requestId && !neverHadAChance(cloud, requestId)) yield [3, `${logicalResourceId} was not answered`];
  }
}

/**
 * The operation has failed, and its last event said so: the job takes longer to stop than CloudFormation waits, or the
 * function was killed again and again. The Delete that follows is for it.
 */
function isToldOf({ history }: WatchedCloud, job: StartedJob, status: string): boolean {
  const [first] = history.lastFor(job.event).answers;
  return FAILED_CLEANUP.test(status) && first?.status === 'FAILED' && (history.isStopping(job) || /^The handler failed/.test(first.reason));
}

/** A rollback or a deletion that failed elsewhere never got to the resource: the event that started the job is its last. */
function isUnheardOf({ history }: WatchedCloud, job: StartedJob, status: string): boolean {
  return FAILED_CLEANUP.test(status) && history.lastFor(job.event).event === job.event;
}

/** The rollback or the deletion failed because the platform lost the event that would have stopped the job. */
function isOutOfReach(cloud: WatchedCloud, job: StartedJob, status: string): boolean {
  const { event, answers } = cloud.history.lastFor(job.event);
  return FAILED_CLEANUP.test(status) && answers.length === 0 && neverHadAChance(cloud, event.RequestId);
}

/** The platform lost the event, or killed each invocation that could have answered: no code of the function decided that. */
function neverHadAChance({ history, platform }: WatchedCloud, requestId: string): boolean {
  const { time } = history.sentBy(requestId);
  const own = platform.invocations.filter((invocation) => invocation.requestId === requestId);
  const deliveries = own.filter(({ task }) => task === 'take the event');
  const isTaken = deliveries.some(({ result, begunAt }) => result === 'returned' && begunAt < time + LAST_MOMENT);
  if (!isTaken) return deliveries.findLast(({ begunAt }) => begunAt < time + LAST_MOMENT)?.result !== 'failed';
  const last = own.filter(({ task }) => task !== 'take the event').slice(-LAST_ATTEMPTS);
  return last.length === LAST_ATTEMPTS && last.every(({ task, result }) => task === 'give up' && result === 'died');
}
