import type { Channel, CreateTrainingJobRequest } from './training-types';

/** A channel with the input mode that it has in the end. */
export interface EffectiveChannel extends Channel {
  readonly mode: string | undefined;
}

/** The channels of a job: one without an input mode has that of the algorithm. */
export function channelsOf({ AlgorithmSpecification: algorithm, InputDataConfig: channels = [] }: CreateTrainingJobRequest): EffectiveChannel[] {
  return channels.map((channel) => ({ ...channel, mode: channel.InputMode ?? algorithm?.TrainingInputMode }));
}
