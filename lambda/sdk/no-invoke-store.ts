/**
 * Replaces @aws/lambda-invoke-store in the bundle: it separates concurrent invocations of a process, and a process of this
 * function handles one at a time. The trace ID of the environment is correct.
 */
export const InvokeStore = { getInstanceAsync: async () => undefined };
