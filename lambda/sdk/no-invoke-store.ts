/**
 * Replaces @aws/lambda-invoke-store in the bundle: it tells apart invocations that one process handles at the same time,
 * and a process of this function handles one. The trace id of the environment is the right one.
 */
export const InvokeStore = { getInstanceAsync: async () => undefined };
