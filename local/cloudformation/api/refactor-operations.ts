import { type ApiOperations, paged } from './api-operation';
import { required } from './queries';
import { capitalized } from './stack-descriptions';
import { type TemplateInput, templateOf } from './template-source';
import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import type { StackRefactorState } from '../stack-refactor';

interface Location {
  readonly StackName: string;
  readonly LogicalResourceId: string;
}

interface CreateRequest {
  readonly Description?: string;
  readonly EnableStackCreation?: string;
  readonly ResourceMappings?: '' | Array<{ readonly Source: Location; readonly Destination: Location }>;
  readonly StackDefinitions?: '' | Array<TemplateInput & { readonly StackName: string }>;
}

interface OfRefactor {
  readonly StackRefactorId: string;
  readonly NextToken?: string;
}

export const REFACTOR_OPERATIONS: ApiOperations = {
  CreateStackRefactor: ({ Description, EnableStackCreation, ResourceMappings, StackDefinitions }: CreateRequest, context) => {
    const { stackRefactorId } = context.cloudFormation.refactors.create({
      description: Description,
      enableStackCreation: EnableStackCreation === 'true',
      resourceMappings: (ResourceMappings || [])
        .map(({ Source, Destination }) => ({ source: locationOf(Source), destination: locationOf(Destination) })),
      stackDefinitions: (StackDefinitions || []).map((definition) => ({
        stackName: required('StackName', definition.StackName), template: required('TemplateBody', templateOf(definition, context)),
      })),
    });
    return { StackRefactorId: stackRefactorId };
  },
  DescribeStackRefactor: ({ StackRefactorId }: OfRefactor, { cloudFormation }) => {
    const refactor = cloudFormation.refactors.existing(required('StackRefactorId', StackRefactorId));
    return { ...summarize(refactor), StackIds: refactor.stackIds };
  },
  ListStackRefactors: ({ ExecutionStatusFilter, NextToken }: { ExecutionStatusFilter?: '' | string[]; NextToken?: string }, { cloudFormation }) => {
    const refactors = cloudFormation.refactors.all()
      .filter(({ executionStatus }) => !ExecutionStatusFilter || ExecutionStatusFilter.includes(executionStatus));
    return paged('StackRefactorSummaries', refactors, NextToken, summarize);
  },
  ListStackRefactorActions: ({ StackRefactorId, NextToken }: OfRefactor, { cloudFormation }) =>
    paged('StackRefactorActions', cloudFormation.refactors.existing(required('StackRefactorId', StackRefactorId)).actions, NextToken,
      (action) => capitalized(action as unknown as Json) as JsonObject),
  ExecuteStackRefactor: ({ StackRefactorId }: OfRefactor, { cloudFormation }) => cloudFormation.refactors.execute(required('StackRefactorId', StackRefactorId)),
};

function locationOf({ StackName, LogicalResourceId }: Location) {
  return { stackName: StackName, logicalResourceId: LogicalResourceId };
}

function summarize({ stackRefactorId, description, status, statusReason, executionStatus, executionStatusReason }: StackRefactorState): JsonObject {
  return capitalized({
    stackRefactorId,
    status,
    executionStatus,
    ...description !== undefined && { description },
    ...statusReason !== undefined && { statusReason },
    ...executionStatusReason !== undefined && { executionStatusReason },
  }) as JsonObject;
}
