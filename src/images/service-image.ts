import { CfnMapping, Lazy, region_info, Stack, Token } from 'aws-cdk-lib';
import { TARGET_PARTITIONS } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { type ImageRegistry, REGISTRY_TOKEN } from './image-registries';

/** An image that AWS publishes in its Regions. */
export interface ServiceImage {
  readonly registry: ImageRegistry;
  readonly repositoryName: string;
  readonly tag: string;
  /** The Regions of the registry without the image. Default: none. */
  readonly missingIn?: readonly string[];
}

/** The reason why an image does not exist. */
export interface NoImage {
  readonly problem: string;
}

/** An image in the Region of a stack. */
export interface LocatedImage {
  readonly imageUri: string;
  readonly repositoryArn: string;
}

/** Locates an image in the Region of the stack. If the Region is a token, a mapping in the template locates it. */
export function locateImage(scope: Construct, image: ServiceImage): LocatedImage | NoImage {
  const stack = Stack.of(scope);
  const accounts = accountsOf(image);
  if (!Token.isUnresolved(stack.region) && !accounts[stack.region]) {
    const regions = Object.keys(accounts).sort().join(', ');
    return { problem: `${image.repositoryName}:${image.tag} is not available in the Region ${stack.region}; available: ${regions}` };
  }
  return imageIn(stack, accounts[stack.region] ?? accountByRegion(stack, image.registry, accounts), image);
}

function accountByRegion(stack: Stack, registry: ImageRegistry, accounts: { readonly [region: string]: string }): string {
  const account = accountMapping(stack, registry, accounts).findInMap(stack.region, ATTRIBUTE);
  return Lazy.string({ produce: () => account }, { displayHint: REGISTRY_TOKEN });
}

/** An image of an account in the Region of the stack. */
export function imageIn(stack: Stack, account: string, { repositoryName, tag }: Pick<ServiceImage, 'repositoryName' | 'tag'>): LocatedImage {
  const domain = Token.isUnresolved(stack.region) ? undefined : region_info.RegionInfo.get(stack.region).domainSuffix;
  return {
    imageUri: `${account}.dkr.ecr.${stack.region}.${domain ?? stack.urlSuffix}/${repositoryName}:${tag}`,
    repositoryArn: stack.formatArn({ service: 'ecr', account, resource: 'repository', resourceName: repositoryName }),
  };
}

const ATTRIBUTE = 'account';

function accountsOf({ missingIn = [], registry }: ServiceImage): { readonly [region: string]: string } {
  return Object.fromEntries(Object.entries(registry.accounts).filter(([region]) => !missingIn.includes(region)));
}

/** The mapping of a registry, with the Regions of all its images in the stack. */
function accountMapping(stack: Stack, { name }: ImageRegistry, accounts: { readonly [region: string]: string }): CfnMapping {
  const id = `SageMaker${name}Accounts`;
  const mapping = stack.node.tryFindChild(id) as CfnMapping | undefined ?? new CfnMapping(stack, id);
  const partitions: string[] | undefined = stack.node.tryGetContext(TARGET_PARTITIONS);
  for (const region of Object.keys(accounts).sort()) {
    const partition = region_info.RegionInfo.get(region).partition;
    if (!partitions || !partition || partitions.includes(partition)) mapping.setValue(region, ATTRIBUTE, accounts[region]);
  }
  return mapping;
}

/** Returns the specified value, or the only available one. */
export function choose(what: string, given: string | undefined, there: readonly string[]): { readonly chosen: string } | NoImage {
  if (given === undefined && there.length === 1) return { chosen: there[0] };
  if (given !== undefined && there.includes(given)) return { chosen: given };
  if (there.length === 0) return { problem: `has no ${what}; got ${given ?? 'none'}` };
  const problem = given === undefined ? `requires a ${what}` : `unknown ${what} '${given}'`;
  return { problem: `${problem}; available: ${there.join(', ')}` };
}
