const SHORTEST = 5;
const LONGEST = 30;

/** Seconds until a job is looked at again: the longer it has been running, the longer. */
export function pollDelay(ageMs: number): number {
  return clamp(Math.round(ageMs / 1000 / 15));
}

/** Seconds until a step that could not do its work tries again. */
export function retryDelay(troubles: number): number {
  return clamp(SHORTEST * 2 ** (troubles - 1));
}

function clamp(seconds: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, seconds));
}
