import timers from 'node:timers/promises';

/** Lets no time pass where the function pauses, and returns the pauses in milliseconds, as they come. */
export function skipPauses(): number[] {
  const pauses: number[] = [];
  jest.spyOn(timers, 'setTimeout').mockImplementation(async (ms) => void pauses.push(ms!) as never);
  return pauses;
}
