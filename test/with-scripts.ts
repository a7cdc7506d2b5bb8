import { canRunScripts } from '../local/sagemaker/notebook/machine';

/**
 * A test in which lifecycle scripts run. They run in a mount namespace of their own, so that they do nothing to the
 * machine; where there is no such thing (macOS, some containers) the test is skipped.
 */
export const testWithScripts = canRunScripts() ? test : test.skip;
