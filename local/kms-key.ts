/**
 * Returns the ARN of a key that a request names by ARN or ID. Returns nothing for an alias, because a request does not contain
 * its target.
 */
export function kmsKeyArn(key: string | undefined, { region, account }: { readonly region: string; readonly account: string }): string | undefined {
  if (key === undefined || /(^|:)alias\//.test(key)) return undefined;
  return key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}`;
}
