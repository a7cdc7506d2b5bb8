import type { HyperParameters } from './tuning-types';
import { fraction } from '../../fraction';
import type { CreateTrainingJobRequest } from '../training/training-types';

/**
 * What a training job of a tuning job achieves: the last value of its objective metric, or nothing where it logs none.
 * Metrics that a training job's behaviour names come first.
 */
export type TuningObjective = (request: CreateTrainingJobRequest, tuned: HyperParameters) => number | undefined;

/** Smooth in every number, between 0 and 1. */
export const smoothObjective: TuningObjective = (_, tuned) => {
  const distances = Object.entries(tuned).map(([name, value]) => {
    const number = Number(value);
    const place = Number.isFinite(number) ? number / (1 + Math.abs(number)) : fraction(`${name}=${value}`);
    return (place - fraction(name)) ** 2;
  });
  return 1 - distances.reduce((sum, distance) => sum + distance, 0) / Math.max(distances.length, 1) / 4;
};
