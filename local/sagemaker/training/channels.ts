import type { Channel, CreateTrainingJobRequest } from './training-types';

/** A channel with its effective input mode. */
export interface EffectiveChannel extends Channel {
  readonly mode: string | undefined;
}

/** Returns the channels of a job. The default input mode is the one of the algorithm. */
export function channelsOf({ AlgorithmSpecification: algorithm, InputDataConfig: channels = [] }: CreateTrainingJobRequest): EffectiveChannel[] {
  return channels.map((channel) => ({ ...channel, mode: channel.InputMode ?? algorithm?.TrainingInputMode }));
}
