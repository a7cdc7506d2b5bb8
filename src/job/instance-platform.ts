import { Token } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';

/** The common platform of all instances. Undefined if it is unknown or differs. */
export function platformOf(instanceTypes: readonly string[]): Platform | undefined {
  if (instanceTypes.length === 0 || instanceTypes.some((type) => Token.isUnresolved(type))) return undefined;
  const graviton = instanceTypes.filter((type) => /^ml\.[a-z]+\d+g/.test(type));
  if (graviton.length === 0) return Platform.LINUX_AMD64;
  return graviton.length === instanceTypes.length ? Platform.LINUX_ARM64 : undefined;
}
