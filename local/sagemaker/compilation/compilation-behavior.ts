import type { CreateCompilationJobRequest } from './compilation-types';
import type { PlainBehavior } from '../plain-job/plain-kind';

/** The result of a compilation job. */
export interface CompilationBehavior extends PlainBehavior {
  /** Default: 120. */
  readonly compilingSeconds?: number;
  /** The output of the compiler by status: evenly spaced while it runs, when it is stopped, before it fails. Default: none. */
  readonly logs?: { readonly [status in 'INPROGRESS' | 'STOPPING' | 'FAILED']?: readonly string[] };
}

/** Decides on the result of a new job. */
export type CompilationBehaviors = (request: CreateCompilationJobRequest) => CompilationBehavior;
