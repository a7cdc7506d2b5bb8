import type { HandledKind } from './handled-kinds';
import type { Job, Jobs } from './job';
import { attemptName, type Owner, requestHash } from './naming';
import { JobError } from './service-errors';
import type { JobProperties } from '../src/contract';

/** So many failed attempts at one and the same request are followed; it takes as many failed deployments to get there. */
const MAX_ATTEMPTS = 50;

/** The attempts at one request: the jobs that were started for it, and the name for the next one. */
export interface Attempts {
  readonly jobs: readonly Job[];
  /** The name of the next attempt; undefined: the only name that there can be is taken. */
  readonly next?: string;
  readonly hash: string;
}

/** Finds the jobs that were started for a request: first attempt, second attempt, and so on until there is none. */
export async function findAttempts(jobs: Jobs, kind: HandledKind, owner: Owner, properties: JobProperties): Promise<Attempts> {
  const hash = requestHash(kind, owner, properties);
  const found: Job[] = [];
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const name = attemptName(properties, hash, attempt);
    const job = await jobs.describe(name);
    if (!job) return { jobs: found, next: name, hash };
    found.push(job);
    if (properties.Name) return { jobs: found, hash };
  }
  throw new JobError(`${kind.label}: ${MAX_ATTEMPTS} attempts at the same request have ended without a result; change the request or \`rerunTrigger\`.`);
}

/** Whether a job of that name was, or would be, an attempt at a request. */
export function isAttempt(kind: HandledKind, owner: Owner, properties: JobProperties, name: string): boolean {
  const hash = requestHash(kind, owner, properties);
  return Array.from({ length: MAX_ATTEMPTS }).some((_, index) => attemptName(properties, hash, index + 1) === name);
}
