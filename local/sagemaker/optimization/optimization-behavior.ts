import type { CreateOptimizationJobRequest } from './optimization-types';
import type { PlainBehavior } from '../plain-job/plain-kind';

/** The result of an optimization job. */
export interface OptimizationBehavior extends PlainBehavior {
  /** Default: 120. */
  readonly optimizingSeconds?: number;
  /** The image that is recommended for the optimized model. `false`: none. Default: the image of the last technique, or one of AWS. */
  readonly recommendedInferenceImage?: string | false;
  /** The output of the containers by status: evenly spaced while they run, when they are stopped, before they fail. Default: none. */
  readonly logs?: { readonly [status in 'INPROGRESS' | 'STOPPING' | 'FAILED']?: readonly string[] };
}

/** Decides on the result of a new job. */
export type OptimizationBehaviors = (request: CreateOptimizationJobRequest) => OptimizationBehavior;
