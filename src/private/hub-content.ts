import { Arn, ArnFormat, Fn, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow } from './grantee';
import { acknowledgeWildcards } from './wildcards';

/** Allows to look at content of a hub. IAM asks for the hub as well, and names content without its version. */
export function grantHubContent(scope: Construct, grantee: iam.IGrantable, contentArn: string): void {
  const components = Arn.split(contentArn, ArnFormat.SLASH_RESOURCE_NAME);
  const [hub, type, name] = partsOf(components.resourceName!);
  const arn = (resource: string, resourceName: string) => Stack.of(scope).formatArn({ ...components, resource, resourceName });
  const content = arn('hub-content', `${hub}/${type}/${name}`);
  const resourceArns = [arn('hub', hub), content, `${content}/*`];
  allow(grantee, { actions: ['sagemaker:DescribeHubContent'], resourceArns });
  acknowledgeWildcards(grantee, resourceArns, 'All versions of the content');
}

function partsOf(resourceName: string): string[] {
  return Token.isUnresolved(resourceName) ? [0, 1, 2].map((index) => Fn.select(index, Fn.split('/', resourceName))) : resourceName.split('/');
}
