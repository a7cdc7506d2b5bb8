/** Credentials of the account's administrator from the examples of AWS. Signatures are not verified. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Returns the environment variables that direct the CDK CLI and the SDKs to the local cloud. */
export function environment(url: string, region: string): { readonly [name: string]: string } {
  return { AWS_ENDPOINT_URL: url, ...CREDENTIALS, AWS_REGION: region, AWS_DEFAULT_REGION: region };
}
