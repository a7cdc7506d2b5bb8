import { type ApiOperations, paged } from './api-operation';
import { type ChangeSetRequest, sourceOf } from './inputs';
import { required } from './queries';
import { describeChangeSet, summarizeChangeSet } from './stack-descriptions';
import { page } from '../../api/page';

interface OfChangeSet {
  readonly ChangeSetName: string;
  /** Not needed if the change set is specified by ID. */
  readonly StackName?: string;
}

interface DescribeRequest extends OfChangeSet {
  readonly IncludePropertyValues?: string;
  readonly NextToken?: string;
}

interface ExecuteRequest extends OfChangeSet {
  readonly DisableRollback?: string;
  readonly RetainExceptOnCreate?: string;
  readonly ClientRequestToken?: string;
}

/** The number of changes on a page. */
const CHANGES_PAGE = 100;

export const CHANGE_SET_OPERATIONS: ApiOperations = {
  CreateChangeSet: (request: ChangeSetRequest, context) => {
    const { StackName, ChangeSetName, ChangeSetType, Description, ClientToken, IncludeNestedStacks, OnStackFailure, ResourcesToImport } = request;
    const { changeSetId, stackId } = context.cloudFormation.createChangeSet({
      ...sourceOf(request, context, true),
      stackName: required('StackName', StackName),
      changeSetName: required('ChangeSetName', ChangeSetName),
      changeSetType: ChangeSetType,
      description: Description,
      includeNestedStacks: IncludeNestedStacks === 'true',
      onStackFailure: OnStackFailure,
      ...ResourcesToImport && {
        resourcesToImport: ResourcesToImport.map(({ ResourceType, LogicalResourceId, ResourceIdentifier }) => ({
          resourceType: ResourceType,
          logicalResourceId: LogicalResourceId,
          resourceIdentifier: Object.fromEntries(Object.values(ResourceIdentifier.entry).map(({ key, value }) => [key, value])),
        })),
      },
      clientRequestToken: ClientToken,
    });
    context.times.note(changeSetId);
    return { Id: changeSetId, StackId: stackId };
  },
  DescribeChangeSet: ({ ChangeSetName, StackName, IncludePropertyValues, NextToken }: DescribeRequest, { cloudFormation, times }) => {
    const changeSet = cloudFormation.describeChangeSet(required('ChangeSetName', ChangeSetName), StackName);
    const { items, nextToken } = page(changeSet.changes, CHANGES_PAGE, NextToken || undefined, 'ValidationError');
    return {
      ...describeChangeSet(changeSet, items, times.ofChangeSet(changeSet), IncludePropertyValues === 'true'),
      ...nextToken && { NextToken: nextToken },
    };
  },
  ListChangeSets: ({ StackName, NextToken }: { StackName: string; NextToken?: string }, { cloudFormation, times }) =>
    paged('Summaries', cloudFormation.listChangeSets(required('StackName', StackName)), NextToken,
      (changeSet) => summarizeChangeSet(changeSet, times.ofChangeSet(changeSet))),
  ExecuteChangeSet: ({ ChangeSetName, StackName, DisableRollback, RetainExceptOnCreate, ClientRequestToken }: ExecuteRequest, { cloudFormation }) => {
    cloudFormation.beginExecuteChangeSet(required('ChangeSetName', ChangeSetName), StackName, {
      ...DisableRollback !== undefined && { disableRollback: DisableRollback === 'true' },
      retainExceptOnCreate: RetainExceptOnCreate === 'true',
      clientRequestToken: ClientRequestToken,
    });
  },
  DeleteChangeSet: ({ ChangeSetName, StackName }: OfChangeSet, { cloudFormation }) =>
    cloudFormation.deleteChangeSet(required('ChangeSetName', ChangeSetName), StackName),
};
