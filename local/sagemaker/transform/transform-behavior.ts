import type { CreateTransformJobRequest } from './transform-types';
import type { PlainBehavior } from '../plain-job/plain-kind';

/** The result of a transform job. */
export interface TransformBehavior extends PlainBehavior {
  /** Default: 120. */
  readonly transformingSeconds?: number;
  /** The output of the container by status: evenly spaced while it runs, when it is stopped, before it fails. Default: none. */
  readonly logs?: { readonly [status in 'InProgress' | 'Stopping' | 'Failed']?: readonly string[] };
}

/** Decides on the result of a new job. */
export type TransformBehaviors = (request: CreateTransformJobRequest) => TransformBehavior;
