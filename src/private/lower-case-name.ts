import { Lazy, Token } from 'aws-cdk-lib';

/** A name as the service has it in ARNs: in lower case. One that only the deployment knows stays as it is. */
export function lowerCaseName(name: string): string {
  const lower = (known: any) => (typeof known === 'string' ? known.toLowerCase() : known);
  // A name may also be one that CDK makes up when another environment asks for it.
  return Token.isUnresolved(name) ? Lazy.uncachedString({ produce: ({ resolve }) => lower(resolve(name)) }) : lower(name);
}
