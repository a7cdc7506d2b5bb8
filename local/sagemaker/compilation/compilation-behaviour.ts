import type { CreateCompilationJobRequest } from './compilation-types';

/** What becomes of a compilation job. */
export interface CompilationBehaviour {
  /** Until the instance is there. Default: 30. */
  readonly startingSeconds?: number;
  /** Default: 120. */
  readonly compilingSeconds?: number;
  /** Default: 10. */
  readonly stoppingSeconds?: number;
  /** What the compiler prints, by status: while it runs at even distances, when it is stopped, before it fails. Default: nothing. */
  readonly logs?: { readonly [status in 'INPROGRESS' | 'STOPPING' | 'FAILED']?: readonly string[] };
  /** The reason with which the job fails. Default: it succeeds. */
  readonly failure?: string;
}

/** Decides how a job will behave when it is created. */
export type CompilationBehaviours = (request: CreateCompilationJobRequest) => CompilationBehaviour;

export function withDefaults(behaviour: CompilationBehaviour) {
  return { startingSeconds: 30, compilingSeconds: 120, stoppingSeconds: 10, logs: {} as NonNullable<CompilationBehaviour['logs']>, ...behaviour };
}
