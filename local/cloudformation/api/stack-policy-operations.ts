import type { ApiContext, ApiOperations } from './api-operation';
import { textOf } from './template-source';

/** A stack policy in a request. */
export interface PolicyRequest {
  readonly StackPolicyBody?: string;
  readonly StackPolicyURL?: string;
  readonly StackPolicyDuringUpdateBody?: string;
  readonly StackPolicyDuringUpdateURL?: string;
}

/** Returns the stack policies in a request. */
export function policiesOf(request: PolicyRequest, context: Pick<ApiContext, 's3'>) {
  return {
    stackPolicy: textOf({ member: 'StackPolicy', body: request.StackPolicyBody, url: request.StackPolicyURL }, context),
    stackPolicyDuringUpdate: textOf({
      member: 'StackPolicyDuringUpdate', body: request.StackPolicyDuringUpdateBody, url: request.StackPolicyDuringUpdateURL,
    }, context),
  };
}

export const STACK_POLICY_OPERATIONS: ApiOperations = {
  SetStackPolicy: (request: PolicyRequest & { readonly StackName: string }, context) => {
    context.cloudFormation.setStackPolicy(request.StackName, policiesOf(request, context).stackPolicy ?? '');
  },
  GetStackPolicy: ({ StackName }: { readonly StackName: string }, { cloudFormation }) => {
    const { stackPolicy } = cloudFormation.describe(StackName);
    return { ...stackPolicy !== undefined && { StackPolicyBody: stackPolicy } };
  },
};
