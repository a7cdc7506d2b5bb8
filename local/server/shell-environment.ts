/** Credentials of the account's administrator: those of AWS's own examples, since signatures are not verified. */
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** What a shell has to export for the CDK's CLI and the SDKs to find the local cloud. */
export function environment(url: string, region: string): { readonly [name: string]: string } {
  return { AWS_ENDPOINT_URL: url, ...CREDENTIALS, AWS_REGION: region };
}
