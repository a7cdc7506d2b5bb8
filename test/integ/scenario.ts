import type { Stage } from './stage';

/** A quota of Amazon SageMaker that a scenario needs. */
export interface NeededQuota {
  /** The name in Service Quotas, such as `ml.m5.large for training job usage`. */
  readonly name: string;
  readonly instances: number;
}

/** A program that deploys, changes and deletes stacks, and checks what it finds. */
export interface Scenario {
  readonly name: string;
  /** The expected cost in USD, rounded up. */
  readonly usd: number;
  readonly quotas: readonly NeededQuota[];
  /** The ids of the rows of docs/assumptions.md that a success in an account settles. */
  readonly settles: readonly string[];
  run(stage: Stage): Promise<void>;
}

/** The quotas of the jobs that the scenarios run. */
export const ONE_TRAINING_INSTANCE: NeededQuota = { name: 'ml.m5.large for training job usage', instances: 1 };
export const ONE_PROCESSING_INSTANCE: NeededQuota = { name: 'ml.m5.large for processing job usage', instances: 1 };
export const ONE_TRANSFORM_INSTANCE: NeededQuota = { name: 'ml.m5.large for transform job usage', instances: 1 };
