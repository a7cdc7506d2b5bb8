import { CANCEL } from './integ.cancel';
import { LIFECYCLE } from './integ.lifecycle';
import { PIPELINE } from './integ.pipeline';
import { STOP } from './integ.stop';
import { TUNING } from './integ.tuning';
import { UPDATE_FAILURE } from './integ.update-failure';
import { VPC } from './integ.vpc';
import type { Scenario } from './scenario';

/** All scenarios, in the order in which they run. */
export const SCENARIOS: readonly Scenario[] = [LIFECYCLE, UPDATE_FAILURE, STOP, CANCEL, VPC, TUNING, PIPELINE];
