import type { Structure } from '../request-rule';
import { at, isGiven, structures, literalString } from '../request-values';

/** The structures with training options: training jobs, and the training jobs of tuning jobs. */
export const TRAINING = ['CreateTrainingJobRequest', 'HyperParameterTrainingJobDefinition'];

/** Returns the channels of a training job with their indices. */
export function channelsOf(training: Structure): Array<[channel: Structure, index: number]> {
  return structures(training.InputDataConfig);
}

/** Returns the input mode of a channel, if it is known: its own, or the one of the algorithm. */
export function inputMode(training: Structure, channel: Structure): string | undefined {
  return literalString(isGiven(channel.InputMode) ? channel.InputMode : at(training, 'AlgorithmSpecification')?.TrainingInputMode);
}
