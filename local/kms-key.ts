/**
 * The ARN of a key that a request names by its ARN or its id; nothing for an alias: what that stands for is not in a request.
 */
export function kmsKeyArn(key: string | undefined, { region, account }: { readonly region: string; readonly account: string }): string | undefined {
  if (key === undefined || /(^|:)alias\//.test(key)) return undefined;
  return key.startsWith('arn:') ? key : `arn:aws:kms:${region}:${account}:key/${key}`;
}
