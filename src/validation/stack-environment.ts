import { type IResource, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RequestEnvironment } from './request-rule';

/** The Regions of buckets and repositories in the requests of a stack, by URI. */
const REGIONS = new WeakMap<Stack, Map<string, string>>();

/** Stores the Region of the resource behind a URI, which the URI does not contain. */
export function rememberRegion(scope: Construct, uri: string, { env: { region } }: IResource): void {
  if (Token.isUnresolved(region)) return;
  const stack = Stack.of(scope);
  const regions = REGIONS.get(stack) ?? new Map<string, string>();
  REGIONS.set(stack, regions.set(uri, region));
}

/** Returns the environment of a stack's requests, as far as it is known at synthesis. */
export function environmentOf(scope: Construct): RequestEnvironment {
  const stack = Stack.of(scope);
  const literal = (value: string) => (Token.isUnresolved(value) ? undefined : value);
  return { account: literal(stack.account), region: literal(stack.region), regionOf: (uri) => REGIONS.get(stack)?.get(uri) };
}
