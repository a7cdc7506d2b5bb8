import { invalid } from '../cloudformation-error';
import type { Begun } from '../stack-requests';
import type { ApiContext, ApiOperations } from './api-operation';
import { sourceOf, type StackRequest } from './inputs';
import { required } from './queries';
import { policiesOf, type PolicyRequest } from './stack-policy-operations';

interface OfStack {
  readonly StackName: string;
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
}

/** The operations that begin an operation on a stack. Its events report the result. */
export const STACK_OPERATIONS: ApiOperations = {
  CreateStack: (request: StackRequest & PolicyRequest, context) => begun(context.cloudFormation.beginCreate(stackInput(request, context))),
  UpdateStack: (request: StackRequest & PolicyRequest, context) => begun(context.cloudFormation.beginUpdate(stackInput(request, context))),
  DeleteStack: ({ StackName, RetainResources, DeletionMode = 'STANDARD', RoleARN, ClientRequestToken }: DeleteRequest, { cloudFormation }) => {
    cloudFormation.beginDelete(required('StackName', StackName), {
      roleArn: RoleARN,
      retainResources: RetainResources || [],
      force: DeletionMode === 'FORCE_DELETE_STACK',
      clientRequestToken: ClientRequestToken,
    });
  },
  RollbackStack: (request: OfStack & { readonly RetainExceptOnCreate?: string }, { cloudFormation }) => {
    const { StackName, RetainExceptOnCreate, RoleARN, ClientRequestToken } = request;
    const { stackId } = cloudFormation.beginRollback(required('StackName', StackName), {
      roleArn: RoleARN,
      retainExceptOnCreate: RetainExceptOnCreate === 'true',
      clientRequestToken: ClientRequestToken,
    });
    return { StackId: stackId };
  },
  ContinueUpdateRollback: ({ StackName, ResourcesToSkip, ForceRollback, RoleARN, ClientRequestToken }: ContinueRequest, { cloudFormation }) => {
    if (ForceRollback === 'true') throw invalid('ForceRollback is not emulated');
    cloudFormation.beginContinueUpdateRollback(required('StackName', StackName), {
      roleArn: RoleARN, resourcesToSkip: ResourcesToSkip || [], clientRequestToken: ClientRequestToken,
    });
  },
  CancelUpdateStack: ({ StackName }: OfStack, { cloudFormation }) => cloudFormation.cancelUpdate(required('StackName', StackName)),
  UpdateTerminationProtection: (request: OfStack & { EnableTerminationProtection: string }, { cloudFormation }) => {
    const { StackName, EnableTerminationProtection } = request;
    cloudFormation.updateTerminationProtection(required('StackName', StackName), EnableTerminationProtection === 'true');
    return { StackId: cloudFormation.describe(StackName).stackId };
  },
};

interface DeleteRequest extends OfStack {
  readonly RetainResources?: '' | string[];
  readonly DeletionMode?: string;
}

interface ContinueRequest extends OfStack {
  readonly ResourcesToSkip?: '' | string[];
  readonly ForceRollback?: string;
}

function stackInput(request: StackRequest & PolicyRequest, context: ApiContext) {
  const { StackName, DisableRollback, OnFailure, RetainExceptOnCreate, EnableTerminationProtection, ClientRequestToken } = request;
  if (DisableRollback !== undefined && OnFailure !== undefined) throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
  return {
    ...sourceOf(request, context),
    ...policiesOf(request, context),
    stackName: required('StackName', StackName),
    ...DisableRollback !== undefined && { disableRollback: DisableRollback === 'true' },
    ...OnFailure !== undefined && { onFailure: OnFailure },
    retainExceptOnCreate: RetainExceptOnCreate === 'true',
    ...EnableTerminationProtection !== undefined && { enableTerminationProtection: EnableTerminationProtection === 'true' },
    clientRequestToken: ClientRequestToken,
  };
}

function begun({ stackId }: Begun) {
  return { StackId: stackId };
}
