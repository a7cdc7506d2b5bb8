import type { CreateTrainingJobRequest } from './training-types';
import type { Rule } from '../local-request-rule';

const DAYS = 24 * 60 * 60;
const DEFAULT_RUNTIME = DAYS;

const waitForSpot: Rule<CreateTrainingJobRequest> = ({ EnableManagedSpotTraining: spot, StoppingCondition: condition }) => spot
  && condition?.MaxWaitTimeInSeconds === undefined
  && 'MaxWaitTimeInSeconds must be specified in StoppingCondition where EnableManagedSpotTraining is true.';

const waitForSpotOnly: Rule<CreateTrainingJobRequest> = ({ EnableManagedSpotTraining: spot, StoppingCondition: condition }) => !spot
  && condition?.MaxWaitTimeInSeconds !== undefined
  && 'MaxWaitTimeInSeconds must not be specified in StoppingCondition unless EnableManagedSpotTraining is true.';

const waitCoversRuntime: Rule<CreateTrainingJobRequest> = ({ StoppingCondition: condition }) => condition?.MaxWaitTimeInSeconds !== undefined
  && condition.MaxWaitTimeInSeconds < (condition.MaxRuntimeInSeconds ?? DEFAULT_RUNTIME)
  && 'MaxWaitTimeInSeconds must be greater than or equal to MaxRuntimeInSeconds.';

const longestRuntime: Rule<CreateTrainingJobRequest> = ({ StoppingCondition: condition }) => (condition?.MaxRuntimeInSeconds ?? 0) > 28 * DAYS
  && 'MaxRuntimeInSeconds must be at most 28 days.';

/** Rules of StoppingCondition. */
export const STOPPING_RULES: readonly Rule<CreateTrainingJobRequest>[] = [waitForSpot, waitForSpotOnly, waitCoversRuntime, longestRuntime];
