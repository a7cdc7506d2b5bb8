/**
 * Replaces @aws-sdk/credential-provider-node in the bundle: the credentials of a function are always in its environment, and the
 * other providers are half of the SDK's code.
 */
export function defaultProvider() {
  return async () => ({
    accessKeyId: process.env.AWS_ACCESS_KEY_ID!,
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY!,
    sessionToken: process.env.AWS_SESSION_TOKEN,
  });
}
