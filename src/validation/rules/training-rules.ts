import type { Structure } from '../request-rule';
import { at, isGiven, structures, literalString } from '../request-values';

/** What training is told: a training job, and the training jobs that a tuning job launches. */
export const TRAINING = ['CreateTrainingJobRequest', 'HyperParameterTrainingJobDefinition'];

/** The channels of a training job and where in the list they stand. */
export function channelsOf(training: Structure): Array<[channel: Structure, index: number]> {
  return structures(training.InputDataConfig);
}

/** The input mode of a channel, where it is known: its own, or that of the algorithm. */
export function inputMode(training: Structure, channel: Structure): string | undefined {
  return literalString(isGiven(channel.InputMode) ? channel.InputMode : at(training, 'AlgorithmSpecification')?.TrainingInputMode);
}
