import type { CreateCompilationJobRequest } from './compilation-types';

/** The result of a compilation job. */
export interface CompilationBehavior {
  /** The time until the instance is available. Default: 30. */
  readonly startingSeconds?: number;
  /** Default: 120. */
  readonly compilingSeconds?: number;
  /** Default: 10. */
  readonly stoppingSeconds?: number;
  /** The output of the compiler by status: evenly spaced while it runs, when it is stopped, before it fails. Default: none. */
  readonly logs?: { readonly [status in 'INPROGRESS' | 'STOPPING' | 'FAILED']?: readonly string[] };
  /** The reason for the failure of the job. Default: the job succeeds. */
  readonly failure?: string;
}

/** Decides on the result of a new job. */
export type CompilationBehaviors = (request: CreateCompilationJobRequest) => CompilationBehavior;

export function withDefaults(behavior: CompilationBehavior) {
  return { startingSeconds: 30, compilingSeconds: 120, stoppingSeconds: 10, logs: {} as NonNullable<CompilationBehavior['logs']>, ...behavior };
}
