import { type IResolvable, Token } from 'aws-cdk-lib';

/** Whether a value is known at the deployment only: it is a token, has one in it, or is an intrinsic function as a template spells it. */
export function isToken(value: unknown): boolean {
  switch (typeof value) {
    case 'string': return Token.isUnresolved(value);
    // To ask a number takes long, and one that can be counted is no token.
    case 'number': return !Number.isSafeInteger(value) && Token.isUnresolved(value);
    case 'object': return value !== null && (Array.isArray(value) ? Token.isUnresolved(value) : isResolvable(value) || isIntrinsic(value));
    default: return false;
  }
}

function isResolvable(value: Partial<IResolvable>): boolean {
  return typeof value.resolve === 'function';
}

function isIntrinsic(value: object): boolean {
  for (const key in value) return (key === 'Ref' || key.startsWith('Fn::')) && Object.keys(value).length === 1;
  return false;
}
