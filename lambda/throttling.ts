import type { SageMakerApi, Services } from './handler-services';
import { isThrottled } from './service-errors';

/** How many calls are repeated in one step. */
const REPEATS = 10;

/** How long a call that was throttled waits at least and at most before it is repeated, in milliseconds: the function is paid for it. */
const SHORTEST_PAUSE = 20;
const LONGEST_PAUSE = 100;

/**
 * SageMaker for one step: a call that was throttled is repeated once, after a moment. A service that refuses every second
 * call would otherwise refuse the same call of the step each time that the step is run again.
 */
export function repeatThrottled({ sageMaker, pause }: Services): SageMakerApi {
  let left = REPEATS;
  return {
    async call(operation, input) {
      try {
        return await sageMaker.call(operation, input);
      } catch (error) {
        if (!isThrottled(error) || left-- <= 0) throw error;
        await pause(SHORTEST_PAUSE + Math.random() * (LONGEST_PAUSE - SHORTEST_PAUSE));
        return sageMaker.call(operation, input);
      }
    },
  };
}
