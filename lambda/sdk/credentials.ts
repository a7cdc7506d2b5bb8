/**
 * Takes the place of @aws-sdk/credential-provider-node in the bundle: in a function the credentials are always those of
 * its environment, and the other ways to get some are half of the SDK's code.
 */
export function defaultProvider() {
  return async () => ({
    accessKeyId: process.env.AWS_ACCESS_KEY_ID!,
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY!,
    sessionToken: process.env.AWS_SESSION_TOKEN,
  });
}
