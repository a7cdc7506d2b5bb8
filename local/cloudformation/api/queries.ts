import { page } from '../../api/page';
import type { JsonObject } from '../../json';
import { invalid } from '../cloudformation-error';
import type { StackState } from '../state';
import type { TemplateBody } from '../template-body';
import { type ApiOperations, PAGE, paged } from './api-operation';
import { capabilitiesOf } from './capabilities';
import { describeEvent, describeResource, describeStack, summarizeResource, summarizeStack } from './stack-descriptions';
import { type TemplateInput, templateOf } from './template-source';

interface Listing {
  readonly NextToken?: string;
}

interface OfStack extends Listing {
  readonly StackName: string;
}

interface OfTemplate {
  readonly ChangeSetName?: string;
  readonly TemplateStage?: 'Original' | 'Processed';
}

interface OfResource extends OfStack {
  readonly LogicalResourceId: string;
}

/** The operations that read stacks. */
export const QUERIES: ApiOperations = {
  DescribeStacks: ({ StackName, NextToken }: Partial<OfStack>, { cloudFormation }) => StackName
    ? { Stacks: [describeStack(cloudFormation.describe(StackName))] }
    : paged('Stacks', cloudFormation.list().filter(({ status }) => status !== 'DELETE_COMPLETE'), NextToken, describeStack),
  ListStacks: ({ StackStatusFilter, NextToken }: Listing & { StackStatusFilter?: string[] | '' }, { cloudFormation }) => {
    const stacks = cloudFormation.list().filter(({ status }) => !StackStatusFilter || StackStatusFilter.includes(status));
    return paged('StackSummaries', stacks, NextToken, summarizeStack);
  },
  DescribeStackEvents: ({ StackName, NextToken }: OfStack, { cloudFormation, times }) => {
    const stack = cloudFormation.find(required('StackName', StackName));
    // The message differs from the one of other operations. The CDK CLI recognizes a deleted stack by it.
    if (!stack) throw invalid(`Stack [${StackName}] does not exist`);
    const { events } = stack;
    events.reverse();
    return paged('StackEvents', events, NextToken, (event) => describeEvent(event, times.ofEvent(event)));
  },
  DescribeStackResources: ({ StackName, LogicalResourceId }: Partial<OfResource>, { cloudFormation }) => {
    const stack = cloudFormation.describe(required('StackName', StackName));
    const resources = LogicalResourceId ? [resourceOf(stack, LogicalResourceId)] : Object.values(stack.resources);
    return { StackResources: resources.map((resource) => describeResource(resource, stack)) };
  },
  DescribeStackResource: ({ StackName, LogicalResourceId }: OfResource, { cloudFormation }) => {
    const stack = cloudFormation.describe(StackName);
    return { StackResourceDetail: describeResource(resourceOf(stack, LogicalResourceId), stack) };
  },
  ListStackResources: ({ StackName, NextToken }: OfStack, { cloudFormation }) =>
    paged('StackResourceSummaries', Object.values(cloudFormation.describe(StackName).resources), NextToken, summarizeResource),
  GetTemplate: ({ StackName, ChangeSetName, TemplateStage = 'Processed' }: OfStack & OfTemplate, { cloudFormation }): JsonObject => {
    const of = ChangeSetName ? cloudFormation.describeChangeSet(ChangeSetName, StackName) : cloudFormation.describe(required('StackName', StackName));
    // A change set creates a stack without a template.
    if (of.status === 'REVIEW_IN_PROGRESS') return { StagesAvailable: [] };
    const body = TemplateStage === 'Original' ? of.template : cloudFormation.processedTemplate(of);
    return { TemplateBody: body, StagesAvailable: ['Original', 'Processed'] };
  },
  ValidateTemplate: (input: TemplateInput, context) => {
    const { Parameters = {}, Description, Resources, Transform } = context.cloudFormation.validate(required('TemplateBody', templateOf(input, context)));
    const { capability, types } = capabilitiesOf({ Resources });
    return {
      ...Description !== undefined && { Description },
      Parameters: Object.entries(Parameters).map(([ParameterKey, parameter]) => ({
        ParameterKey,
        NoEcho: String(parameter.NoEcho) === 'true',
        ...parameter.Default !== undefined && { DefaultValue: String(parameter.Default) },
        ...parameter.Description !== undefined && { Description: parameter.Description },
      })),
      ...capability !== undefined && { Capabilities: [capability], CapabilitiesReason: `The following resource(s) require capabilities: [${types.join(', ')}]` },
      ...Transform !== undefined && { DeclaredTransforms: [Transform].flat() },
    };
  },
  GetTemplateSummary: (input: Partial<OfStack> & TemplateInput, context) => {
    const text = input.StackName ? context.cloudFormation.describe(input.StackName).template : templateOf(input, context);
    const { Parameters = {}, Resources = {}, Description, Metadata } = JSON.parse(required('TemplateBody', text)) as TemplateSummary;
    const { capability, types: acknowledged } = capabilitiesOf({ Resources });
    const types = [...new Set(Object.values(Resources).map(({ Type }) => Type))];
    return {
      Parameters: Object.entries(Parameters).map(([ParameterKey, { Default, Type }]) => ({
        ParameterKey, ParameterType: Type, ...Default !== undefined && { DefaultValue: String(Default) },
      })),
      ResourceTypes: types,
      ResourceIdentifierSummaries: types.flatMap((type) => {
        const identifier = context.cloudFormation.identifierOf(type);
        return identifier === undefined ? [] : [{
          ResourceType: type,
          LogicalResourceIds: Object.keys(Resources).filter((logicalId) => Resources[logicalId].Type === type),
          ResourceIdentifiers: [identifier],
        }];
      }),
      ...capability !== undefined && {
        Capabilities: [capability], CapabilitiesReason: `The following resource(s) require capabilities: [${acknowledged.join(', ')}]`,
      },
      ...Description !== undefined && { Description },
      ...Metadata !== undefined && { Metadata: JSON.stringify(Metadata) },
    };
  },
  ListExports: ({ NextToken }: Listing, { cloudFormation }) =>
    paged('Exports', [...cloudFormation.exports()], NextToken, ([name, { stackId, value }]) => ({ ExportingStackId: stackId, Name: name, Value: value })),
  ListImports: ({ ExportName, NextToken }: Listing & { ExportName: string }, { cloudFormation }) => {
    const importers = cloudFormation.importers(required('ExportName', ExportName));
    if (importers.length === 0) throw invalid(`Export '${ExportName}' is not imported by any stack.`);
    const { items, nextToken } = page(importers, PAGE, NextToken || undefined, 'ValidationError');
    return { Imports: [...items], ...nextToken && { NextToken: nextToken } };
  },
  // The sources of these lists are not emulated.
  ListHookResults: () => ({ HookResults: [] }),
  DescribeEvents: () => ({ OperationEvents: [] }),
};

interface TemplateSummary {
  readonly Description?: string;
  readonly Metadata?: object;
  readonly Parameters?: { readonly [name: string]: { readonly Type: string; readonly Default?: unknown } };
  readonly Resources?: TemplateBody['Resources'];
}

function resourceOf(stack: StackState, logicalId: string) {
  const resource = stack.resources[logicalId];
  if (!resource) throw invalid(`Resource ${logicalId} does not exist for stack ${stack.stackName}`);
  return resource;
}

/** Returns a member, or throws the error for a missing one. */
export function required(member: string, value: string | undefined): string {
  const name = member[0].toLowerCase() + member.slice(1);
  if (!value) throw invalid(`1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  return value;
}
