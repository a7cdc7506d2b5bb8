import { type History, isOfSameResource, type StartedJob, substanceOf } from './history';
import type { InProcessCloud } from './in-process';
import type { Breach } from './invariants';
import type { OutsideCall } from './platform';
import { OWNER_TAG } from '../../src/contract';

/** What is wrong with the start of a job. */
export function* created(history: History, job: StartedJob, { input }: OutsideCall): Generator<Breach> {
  const { event } = job;
  const { ResourceProperties: { Wait } } = event as unknown as { ResourceProperties: { Wait: { AcceptStopped?: string } } };
  const tags = new Map((input.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  if (tags.get(OWNER_TAG.stack) !== event.StackId || tags.get(OWNER_TAG.resource) !== event.LogicalResourceId) {
    yield [5, `'${job.name}' was started for ${event.LogicalResourceId} with the tags of another owner`];
  }
  for (const other of history.jobsOf(event)) {
    if (other === job) continue;
    if (other.event === event) yield [2, `'${job.name}' was started for the event that had started '${other.name}'`];
    if (other.isDeleted || substanceOf(other.event) !== substanceOf(event)) continue;
    // One that has reached its own limit counts as finished where the event says so; one that was asked to stop does not.
    const isFinished = history.hasCompleted(other) || (Wait.AcceptStopped === 'true' && history.hasStopped(other) && !other.isAskedToStop);
    if (isFinished) yield [4, `'${job.name}' was started although '${other.name}' had finished`];
  }
  const last = history.lastFor(event);
  if (last.answers.length > 0) yield [1, `'${job.name}' was started although the ${last.event.RequestType} of ${event.LogicalResourceId} had been answered`];
}

/** What is wrong with a call that may change a job. One that SageMaker refuses counts as well: it would have changed it. */
export function* touched(cloud: InProcessCloud, { operation, input, output, requestId }: OutsideCall): Generator<Breach> {
  if (/^(Describe|List)/.test(operation) || /NotebookInstance$/.test(operation)) return;
  const { history } = cloud;
  const target = String(Object.values(input).find((value) => typeof value === 'string'));
  const job = history.jobs.findLast(({ name, arn }) => name === target || arn === target);
  if (!job) {
    yield [5, `${operation} was called of ${target}, which the stack does not own`];
    return;
  }
  const { event } = history.sentBy(requestId);
  const { JobName } = event.ResourceProperties;
  // A continuation stops the job that it waits for, which is another resource's of the stack.
  const isOwn = JobName === undefined ? isOfSameResource(job.event, event) : job.event.StackId === event.StackId && JobName === job.name;
  if (!isOwn) yield [5, `${operation} was called of '${job.name}' of ${job.event.LogicalResourceId} for ${event.LogicalResourceId}`];
  if (operation.startsWith('Stop')) job.isAskedToStop = true;
  if (!operation.startsWith('Delete') || operation === 'DeleteTags' || !output) return;
  job.isDeleted = true;
  if (!history.hasCompleted(job)) return;
  if (event.RequestType !== 'Delete') {
    yield [4, `'${job.name}' had completed, and its record was deleted by the ${event.RequestType} of ${event.LogicalResourceId}`];
  } else if (history.currentOf(event) === job.name && event.PhysicalResourceId !== job.name) {
    // The Delete of an old job leaves the one that has taken its place.
    yield [4, `'${job.name}' had completed, and went with '${event.PhysicalResourceId}'`];
  }
}
