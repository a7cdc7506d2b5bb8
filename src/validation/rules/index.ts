import { ALGORITHM_CHANNEL_RULES } from './algorithm-channel-rules';
import { ALGORITHM_RULES } from './algorithm-rules';
import { CHANNEL_RULES } from './channel-rules';
import { COMPILATION_INPUT_RULES } from './compilation-input-rules';
import { COMPILATION_TARGET_RULES } from './compilation-target-rules';
import { DEBUGGER_RULES } from './debugger-rules';
import { HYPERPARAMETER_RULES } from './hyperparameter-rules';
import { IMAGE_RULES } from './image-rules';
import { NEO_SUPPORT_RULES } from './neo-support-rules';
import { NOTEBOOK_RULES } from './notebook-rules';
import { OPTIMIZATION_RULES } from './optimization-rules';
import { PROCESSING_RULES } from './processing-rules';
import { REGION_RULES } from './region-rules';
import { RESOURCE_RULES } from './resource-rules';
import { SECRET_RULES } from './secret-rules';
import { SERVERLESS_RULES } from './serverless-rules';
import { SPOT_RULES } from './spot-rules';
import { TAG_RULES } from './tag-rules';
import { TRANSFORM_RULES } from './transform-rules';
import { TUNING_DEFINITION_RULES } from './tuning-definition-rules';
import { TUNING_RANGE_RULES } from './tuning-range-rules';
import { TUNING_STRATEGY_RULES } from './tuning-strategy-rules';
import type { Rule } from '../request-rule';

/** All rules between the members of a structure. */
export const RULES: readonly Rule[] = [
  ...RESOURCE_RULES,
  ...SPOT_RULES,
  ...ALGORITHM_RULES,
  ...CHANNEL_RULES,
  ...SERVERLESS_RULES,
  ...DEBUGGER_RULES,
  ...TUNING_DEFINITION_RULES,
  ...TUNING_RANGE_RULES,
  ...TUNING_STRATEGY_RULES,
  ...COMPILATION_INPUT_RULES,
  ...COMPILATION_TARGET_RULES,
  ...PROCESSING_RULES,
  ...TRANSFORM_RULES,
  ...OPTIMIZATION_RULES,
  ...ALGORITHM_CHANNEL_RULES,
  ...HYPERPARAMETER_RULES,
  ...IMAGE_RULES,
  ...REGION_RULES,
  ...NEO_SUPPORT_RULES,
  ...NOTEBOOK_RULES,
  ...TAG_RULES,
  ...SECRET_RULES,
];
