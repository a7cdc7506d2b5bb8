import { ALGORITHM_INPUT_CASES } from './algorithm-inputs';
import { CHANNEL_CASES } from './channels';
import { COMPILATION_INPUT_CASES, COMPILATION_TARGET_CASES } from './compilation';
import { IMAGE_CASES, REGION_CASES } from './images';
import { NEO_SUPPORT_CASES } from './neo-support';
import { NOTEBOOK_CASES } from './notebook';
import { OPTIMIZATION_CASES } from './optimization';
import { PROCESSING_CASES } from './processing';
import { RESOURCE_CASES } from './resources';
import type { RuleCases } from './rule-case';
import { SECRET_CASES } from './secrets';
import { SPOT_CASES } from './spot';
import { ALGORITHM_CASES, DEBUGGER_CASES, SERVERLESS_CASES, TAG_CASES } from './training';
import { TRANSFORM_CASES } from './transform';
import { TUNING_DEFINITION_CASES, TUNING_RANGE_CASES, TUNING_STRATEGY_CASES } from './tuning';

/** The cases of all rules. */
export const CASES: RuleCases = {
  ...RESOURCE_CASES,
  ...SPOT_CASES,
  ...ALGORITHM_CASES,
  ...CHANNEL_CASES,
  ...SERVERLESS_CASES,
  ...DEBUGGER_CASES,
  ...TUNING_DEFINITION_CASES,
  ...TUNING_RANGE_CASES,
  ...TUNING_STRATEGY_CASES,
  ...COMPILATION_INPUT_CASES,
  ...COMPILATION_TARGET_CASES,
  ...PROCESSING_CASES,
  ...TRANSFORM_CASES,
  ...OPTIMIZATION_CASES,
  ...NOTEBOOK_CASES,
  ...TAG_CASES,
  ...SECRET_CASES,
  ...ALGORITHM_INPUT_CASES,
  ...IMAGE_CASES,
  ...REGION_CASES,
  ...NEO_SUPPORT_CASES,
};
