import { type IResource, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RequestEnvironment } from './request-rule';

/** The Regions of buckets and repositories that requests of a stack name, by the URIs that name them. */
const REGIONS = new WeakMap<Stack, Map<string, string>>();

/** Remembers the Region of the resource behind a URI: a URI in a request says nothing about it. */
export function rememberRegion(scope: Construct, uri: string, { env: { region } }: IResource): void {
  if (Token.isUnresolved(region)) return;
  const stack = Stack.of(scope);
  const regions = REGIONS.get(stack) ?? new Map<string, string>();
  REGIONS.set(stack, regions.set(uri, region));
}

/** Where the requests of a stack are made, as far as synthesis knows it. */
export function environmentOf(scope: Construct): RequestEnvironment {
  const stack = Stack.of(scope);
  const known = (value: string) => (Token.isUnresolved(value) ? undefined : value);
  return { account: known(stack.account), region: known(stack.region), regionOf: (uri) => REGIONS.get(stack)?.get(uri) };
}
