const ENDING = ['Uploading', 'Stopping'];

/**
 * Returns the time when a training job began to upload its model or to stop, in milliseconds since the epoch. Undefined if it has
 * not begun.
 */
export function endingSince({ SecondaryStatus, SecondaryStatusTransitions = [] }: Record<string, any>): number | undefined {
  const { StartTime } = SecondaryStatusTransitions.at(-1) ?? {};
  return ENDING.includes(SecondaryStatus) && StartTime ? new Date(StartTime).getTime() : undefined;
}
