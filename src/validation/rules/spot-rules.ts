import { TRAINING } from './training-rules';
import type { Rule } from '../request-rule';
import { at, brokenAt, isGiven, literalNumber } from '../request-values';

const PAGE = 'Managed Spot Training in Amazon SageMaker AI';
const DAY = 24 * 60 * 60;
const LONGEST_RUNTIME = 28 * DAY;
const WITHOUT_CHECKPOINTS = 60 * 60;

/** Rules of managed spot training, and of the limits of runtime and wait. */
export const SPOT_RULES: readonly Rule[] = [
  {
    id: 'spot-needs-max-wait-time',
    on: TRAINING,
    level: 'error',
    source: PAGE,
    rule: 'is required if `EnableManagedSpotTraining` is true',
    needs: ['EnableManagedSpotTraining'],
    check: (training) => {
      const condition = at(training, 'StoppingCondition');
      return brokenAt(
        ['StoppingCondition', 'MaxWaitTimeInSeconds'],
        training.EnableManagedSpotTraining === true && condition !== undefined && !isGiven(condition.MaxWaitTimeInSeconds),
      );
    },
  },
  {
    id: 'max-wait-time-needs-spot',
    on: TRAINING,
    level: 'error',
    source: 'StoppingCondition.MaxWaitTimeInSeconds',
    rule: 'is only supported if `EnableManagedSpotTraining` is true',
    needs: ['StoppingCondition'],
    check: (training) => {
      const spot = training.EnableManagedSpotTraining;
      return brokenAt(
        ['StoppingCondition', 'MaxWaitTimeInSeconds'],
        (!isGiven(spot) || spot === false) && isGiven(at(training, 'StoppingCondition')?.MaxWaitTimeInSeconds),
      );
    },
  },
  {
    id: 'max-wait-time-covers-runtime',
    on: ['StoppingCondition'],
    level: 'error',
    source: 'StoppingCondition.MaxWaitTimeInSeconds',
    rule: 'must be at least `MaxRuntimeInSeconds`',
    needs: ['MaxWaitTimeInSeconds'],
    check: ({ MaxRuntimeInSeconds: runtime, MaxWaitTimeInSeconds: wait }) => ((literalNumber(wait) ?? Infinity) < (literalNumber(runtime) ?? 0)
      ? [{ path: ['MaxWaitTimeInSeconds'], rule: `must be at least \`MaxRuntimeInSeconds\` (${runtime} seconds)` }]
      : []),
  },
  {
    id: 'runtime-within-28-days',
    on: ['StoppingCondition'],
    level: 'error',
    source: 'StoppingCondition.MaxRuntimeInSeconds',
    rule: `must be at most 28 days (${LONGEST_RUNTIME} seconds)`,
    needs: ['MaxRuntimeInSeconds'],
    check: ({ MaxRuntimeInSeconds }) => brokenAt(['MaxRuntimeInSeconds'], (literalNumber(MaxRuntimeInSeconds) ?? 0) > LONGEST_RUNTIME),
  },
  {
    id: 'spot-excludes-preferences',
    on: TRAINING,
    level: 'error',
    source: 'ResourceConfig.InstancePreferences',
    rule: 'cannot be specified together with `ResourceConfig.InstancePreferences`',
    needs: ['EnableManagedSpotTraining', 'ResourceConfig'],
    check: (training) => brokenAt(
      ['EnableManagedSpotTraining'],
      training.EnableManagedSpotTraining === true && isGiven(at(training, 'ResourceConfig')?.InstancePreferences),
    ),
  },
  {
    id: 'spot-excludes-warm-pool',
    on: TRAINING,
    level: 'error',
    source: 'SageMaker AI Managed Warm Pools',
    rule: 'cannot be used if `EnableManagedSpotTraining` is true',
    needs: ['EnableManagedSpotTraining', 'ResourceConfig'],
    check: (training) => brokenAt(
      ['ResourceConfig', 'KeepAlivePeriodInSeconds'],
      training.EnableManagedSpotTraining === true && (literalNumber(at(training, 'ResourceConfig')?.KeepAlivePeriodInSeconds) ?? 0) > 0,
    ),
  },
  {
    id: 'long-spot-needs-checkpoints',
    on: TRAINING,
    level: 'warning',
    source: PAGE,
    rule: 'should be specified if spot training can wait and run for more than an hour, because a job without checkpoints restarts after an interruption',
    needs: ['EnableManagedSpotTraining', 'StoppingCondition'],
    check: (training) => brokenAt(
      ['CheckpointConfig'],
      training.EnableManagedSpotTraining === true && !isGiven(training.CheckpointConfig)
      && (literalNumber(at(training, 'StoppingCondition')?.MaxWaitTimeInSeconds) ?? 0) > WITHOUT_CHECKPOINTS,
    ),
  },
];
