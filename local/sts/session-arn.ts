/** Returns the ARN of a role session, which does not contain the role's path. */
export function sessionArn(roleArn: string, sessionName: string): string {
  const [, partition, , , account] = roleArn.split(':');
  return `arn:${partition}:sts::${account}:assumed-role/${roleArn.split('/').at(-1)!}/${sessionName}`;
}
