import type { CreateProcessingJobRequest } from './processing-types';
import type { PlainBehavior } from '../plain-job/plain-kind';

/** The result of a processing job. */
export interface ProcessingBehavior extends PlainBehavior {
  /** Default: 120. */
  readonly processingSeconds?: number;
  /** The message that the container writes to `/opt/ml/output/message`. Default: none. */
  readonly exitMessage?: string;
  /** The output of the container by status: evenly spaced while it runs, when it is stopped, before it fails. Default: none. */
  readonly logs?: { readonly [status in 'InProgress' | 'Stopping' | 'Failed']?: readonly string[] };
}

/** Decides on the result of a new job. */
export type ProcessingBehaviors = (request: CreateProcessingJobRequest) => ProcessingBehavior;
