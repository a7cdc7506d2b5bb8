import { isOfSameResource, type StartedJob, substanceOf } from './history';
import type { InProcessCloud } from './in-process';

/**
 * CloudFormation knows of the job no more: the Update by which it was going back to it failed because the function was
 * killed again and again, and from then on only the job of the update before has a name in the stack. No Delete is ever
 * sent for it, and none that is sent tells of its request.
 */
export function isForgotten({ history, platform }: InProcessCloud, job: StartedJob): boolean {
  if (history.events.some(({ event }) => event.RequestType === 'Delete' && event.PhysicalResourceId === job.name)) return false;
  return history.events.some(({ event, answers }) => {
    const goesBack = event.RequestType === 'Update' && isOfSameResource(event, job.event) && event.PhysicalResourceId !== job.name
      && substanceOf(event) === substanceOf(job.event);
    const hasGivenUp = platform.invocations.some(({ task, requestId }) => task === 'give up' && requestId === event.RequestId);
    return goesBack && hasGivenUp && answers[0]?.status !== 'SUCCESS';
  });
}

/**
 * The job is stopping by its own limit, and a later attempt at the same request stands for the resource: there is nothing
 * left to stop, and the Delete of the later one takes the record along.
 */
export function isSucceeded({ history }: InProcessCloud, job: StartedJob): boolean {
  const current = history.jobs.find(({ name }) => name === history.currentOf(job.event));
  return history.isStopping(job) && !job.isAskedToStop && current !== undefined && history.jobs.indexOf(current) > history.jobs.indexOf(job)
    && isOfSameResource(current.event, job.event) && substanceOf(current.event) === substanceOf(job.event);
}
