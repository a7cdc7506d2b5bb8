import { ALGORITHM_RULES } from './algorithm';
import { CHANNEL_RULES } from './channels';
import { COMPILATION_INPUT_RULES } from './compilation-input';
import { COMPILATION_TARGET_RULES } from './compilation-target';
import { DEBUGGER_RULES } from './debugger';
import { NOTEBOOK_RULES } from './notebook';
import { RESOURCE_RULES } from './resources';
import { SECRET_RULES } from './secrets';
import { SERVERLESS_RULES } from './serverless';
import { SPOT_RULES } from './spot';
import { TAG_RULES } from './tags';
import { TUNING_DEFINITION_RULES } from './tuning-definitions';
import { TUNING_RANGE_RULES } from './tuning-ranges';
import { TUNING_STRATEGY_RULES } from './tuning-strategy';
import type { Rule } from '../rule';

/** Every rule between members of a structure. */
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
  ...NOTEBOOK_RULES,
  ...TAG_RULES,
  ...SECRET_RULES,
];
