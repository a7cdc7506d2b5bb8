import type { HyperParameters } from './tuning-types';
import { fraction } from '../../fraction';
import type { CreateTrainingJobRequest } from '../training/training-types';

/**
 * Returns the last value of a training job's objective metric, or nothing if the job logs none. Metrics in the result of a
 * training job take precedence.
 */
export type TuningObjective = (request: CreateTrainingJobRequest, tuned: HyperParameters) => number | undefined;

/** Smooth in every number, with values from 0 to 1. */
export const smoothObjective: TuningObjective = (_, tuned) => {
  const distances = Object.entries(tuned).map(([name, value]) => {
    const number = Number(value);
    const place = Number.isFinite(number) ? number / (1 + Math.abs(number)) : fraction(`${name}=${value}`);
    return (place - fraction(name)) ** 2;
  });
  return 1 - distances.reduce((sum, distance) => sum + distance, 0) / Math.max(distances.length, 1) / 4;
};
