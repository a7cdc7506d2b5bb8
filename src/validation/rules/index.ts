import { ALGORITHM_CHANNEL_RULES } from './algorithm-channel-rules';
import { ALGORITHM_RULES } from './algorithm-rules';
import { CHANNEL_RULES } from './channel-rules';
import { DEBUGGER_RULES } from './debugger-rules';
import { HYPERPARAMETER_RULES } from './hyperparameter-rules';
import { IMAGE_RULES } from './image-rules';
import { REGION_RULES } from './region-rules';
import { RESOURCE_RULES } from './resource-rules';
import { SECRET_RULES } from './secret-rules';
import { SERVERLESS_RULES } from './serverless-rules';
import { SPOT_RULES } from './spot-rules';
import { TAG_RULES } from './tag-rules';
import type { Rule } from '../request-rule';

/** Rules of training jobs, and rules that several kinds of requests share. */
const SHARED: readonly Rule[] = [
  ...RESOURCE_RULES,
  ...SPOT_RULES,
  ...ALGORITHM_RULES,
  ...CHANNEL_RULES,
  ...SERVERLESS_RULES,
  ...DEBUGGER_RULES,
  ...ALGORITHM_CHANNEL_RULES,
  ...HYPERPARAMETER_RULES,
  ...IMAGE_RULES,
  ...REGION_RULES,
  ...TAG_RULES,
  ...SECRET_RULES,
];

/* eslint-disable @typescript-eslint/no-require-imports */
/** The rules of other kinds of requests, and their structures. An app without such requests does not load them. */
const OF_KINDS: ReadonlyArray<{ readonly on: RegExp; readonly load: () => readonly Rule[] }> = [
  {
    on: /HyperParameter|ParameterRange|^(HyperbandStrategyConfig|ResourceLimits)$/,
    load: () => [
      ...(require('./tuning-definition-rules') as typeof import('./tuning-definition-rules')).TUNING_DEFINITION_RULES,
      ...(require('./tuning-range-rules') as typeof import('./tuning-range-rules')).TUNING_RANGE_RULES,
      ...(require('./tuning-strategy-rules') as typeof import('./tuning-strategy-rules')).TUNING_STRATEGY_RULES,
    ],
  },
  {
    on: /^(CreateCompilationJobRequest|InputConfig|OutputConfig)$/,
    load: () => [
      ...(require('./compilation-input-rules') as typeof import('./compilation-input-rules')).COMPILATION_INPUT_RULES,
      ...(require('./compilation-target-rules') as typeof import('./compilation-target-rules')).COMPILATION_TARGET_RULES,
      ...(require('./neo-support-rules') as typeof import('./neo-support-rules')).NEO_SUPPORT_RULES,
    ],
  },
  {
    on: /Processing|DatasetDefinition/,
    load: () => (require('./processing-rules') as typeof import('./processing-rules')).PROCESSING_RULES,
  },
  {
    on: /Transform|^DataProcessing$/,
    load: () => (require('./transform-rules') as typeof import('./transform-rules')).TRANSFORM_RULES,
  },
  {
    on: /^CreateOptimizationJobRequest$/,
    load: () => (require('./optimization-rules') as typeof import('./optimization-rules')).OPTIMIZATION_RULES,
  },
  {
    on: /^CreateNotebookInstanceInput$/,
    load: () => (require('./notebook-rules') as typeof import('./notebook-rules')).NOTEBOOK_RULES,
  },
];
/* eslint-enable @typescript-eslint/no-require-imports */

/** Returns the rules between the members of a structure. */
export function rulesOn(structure: string): Rule[] {
  const ofKinds = OF_KINDS.filter(({ on }) => on.test(structure)).flatMap(({ load }) => load());
  return [...SHARED, ...ofKinds].filter(({ on }) => on.includes(structure));
}

/** Returns all rules between the members of structures. */
export function allRules(): Rule[] {
  return [...SHARED, ...OF_KINDS.flatMap(({ load }) => load())];
}
