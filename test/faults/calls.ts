import { FOREIGN_TAG } from './foreign';
import { type History, isOfSameResource, type StartedJob, substanceOf } from './history';
import type { OutsideCall } from './platform';
import type { Breach, WatchedCloud } from './watched-cloud';
import type { CustomResourceEvent } from '../../local/cloudformation';
import { OWNER_TAG, RESOURCE_TYPE } from '../../src/contract';

/** What is wrong with the start of a job. */
export function* created(history: History, job: StartedJob, { input }: OutsideCall): Generator<Breach> {
  const { event } = job;
  const { ResourceProperties: { Wait } } = event as unknown as { ResourceProperties: { Wait: { AcceptStopped?: string; Seconds: string } } };
  const tags = new Map((input.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]));
  if (tags.get(OWNER_TAG.stack) !== event.StackId || tags.get(OWNER_TAG.resource) !== event.LogicalResourceId) {
    yield [5, `'${job.name}' was started for ${event.LogicalResourceId} with the tags of another owner`];
  }
  // Its artifacts would be written over. Nobody knows of them where the record was deleted by hand.
  if (history.jobs.some((other) => other !== job && other.name === job.name && !other.isDeletedByHand)) yield [4, `'${job.name}' was started under a name that a job had before`];
  for (const other of history.jobsOf(event)) {
    if (other === job) continue;
    if (other.event === event) yield [2, `'${job.name}' was started for the event that had started '${other.name}'`];
    if (other.isDeleted || other.isDeletedByHand || substanceOf(other.event) !== substanceOf(event)) continue;
    // A place that jobs share may hold what another one has written since.
    const isShared = (event.ResourceProperties as { SharedOutput?: string }).SharedOutput === 'true';
    if (history.hasCompleted(other) && !isShared) yield [4, `'${job.name}' was started although '${other.name}' had completed`];
    // One that has reached its own limit counts as finished where the event says so; one that was asked to stop does not.
    const isFinished = Wait.AcceptStopped === 'true' && Wait.Seconds !== '0' && history.hasStopped(other) && !other.isAskedToStop;
    if (isFinished && limitsOf(other.event) === limitsOf(event)) yield [4, `'${job.name}' was started although '${other.name}' had finished`];
  }
  const last = history.lastFor(event);
  if (last.answers.length > 0) yield [1, `'${job.name}' was started although the ${last.event.RequestType} of ${event.LogicalResourceId} had been answered`];
}

/** What is wrong with a call that may change a job. One that SageMaker refuses counts as well: it would have changed it. */
export function* touched(cloud: WatchedCloud, { operation, input, output, requestId }: OutsideCall): Generator<Breach> {
  if (/^(Describe|List)/.test(operation) || /NotebookInstance$/.test(operation)) return;
  const { history } = cloud;
  const target = String(Object.values(input).find((value) => typeof value === 'string'));
  const job = history.jobs.findLast(({ name, arn }) => name === target || arn === target);
  if (!job) {
    yield [5, `${operation} was called of ${target}, which the stack does not own`];
    return;
  }
  const { event } = history.sentBy(requestId);
  if (!isOfBusiness(job, event)) yield [5, `${operation} was called of '${job.name}' of ${job.event.LogicalResourceId} for ${event.LogicalResourceId}`];
  if (operation === 'DeleteTags' && (input.TagKeys as string[]).includes(FOREIGN_TAG)) yield [5, `a tag of another principal was removed from '${job.name}'`];
  if (operation.startsWith('Stop')) job.isAskedToStop = true;
  if (!operation.startsWith('Delete') || operation === 'DeleteTags' || !output) return;
  job.isDeleted = true;
  const isExact = (job.event.ResourceProperties as { Name?: string }).Name !== undefined;
  if (event.ResourceType !== RESOURCE_TYPE.jobHistory && !isExact) {
    yield [4, `the record of '${job.name}' was deleted by the ${event.RequestType} of ${event.LogicalResourceId}`];
  }
}

/** A continuation stops the job that it waits for, which is another resource's of the stack, and a history ends all jobs of it. */
function isOfBusiness(job: StartedJob, event: CustomResourceEvent): boolean {
  if (event.ResourceType === RESOURCE_TYPE.jobHistory) return job.event.StackId === event.StackId;
  const { JobName } = event.ResourceProperties;
  return JobName === undefined ? isOfSameResource(job.event, event) : job.event.StackId === event.StackId && JobName === job.name;
}

function limitsOf({ ResourceProperties }: CustomResourceEvent): string {
  return JSON.stringify((ResourceProperties as { Request: { StoppingCondition?: object } }).Request.StoppingCondition);
}
