/**
 * Replaces @smithy/core/retry in the bundle: the state machine retries a step, at no cost while it waits, so the client never
 * retries a call.
 */
export const RETRY_MODES = { STANDARD: 'standard', ADAPTIVE: 'adaptive' };
export const DEFAULT_RETRY_MODE = RETRY_MODES.STANDARD;
export const DEFAULT_MAX_ATTEMPTS = 1;
export const NODE_MAX_ATTEMPT_CONFIG_OPTIONS = { environmentVariableSelector: () => undefined, configFileSelector: () => undefined, default: 1 };
export const NODE_RETRY_MODE_CONFIG_OPTIONS = { ...NODE_MAX_ATTEMPT_CONFIG_OPTIONS, default: DEFAULT_RETRY_MODE };

export function resolveRetryConfig<T>(config: T): T {
  return config;
}

/** A middleware without effect: the signing middleware is added after the one with this name. */
const PASS_ON = { name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true };

export function getRetryPlugin() {
  return {
    applyToStack: (stack: { add(middleware: (next: unknown) => unknown, options: typeof PASS_ON): void }) => stack.add((next) => next, PASS_ON),
  };
}
