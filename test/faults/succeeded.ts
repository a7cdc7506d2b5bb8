import { isOfSameResource, type StartedJob, substanceOf } from './history';
import type { InProcessCloud } from './in-process';

/**
 * The job is stopping by its own limit, and a later attempt at the same request stands for the resource: there is nothing
 * left to stop, and the Delete of the later one takes the record along.
 */
export function isSucceeded({ history }: InProcessCloud, job: StartedJob): boolean {
  const current = history.jobs.find(({ name }) => name === history.currentOf(job.event));
  return history.isStopping(job) && !job.isAskedToStop && current !== undefined && history.jobs.indexOf(current) > history.jobs.indexOf(job)
    && isOfSameResource(current.event, job.event) && substanceOf(current.event) === substanceOf(job.event);
}
