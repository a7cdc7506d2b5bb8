import type { ChangeSetType, OnStackFailure } from '../change-set';
import { invalid } from '../cloudformation-error';
import type { PreviousValue, SourceInput } from '../stack-requests';
import type { ApiContext } from './api-operation';
import { checkCapabilities } from './capabilities';
import { type TemplateInput, templateOf } from './template-source';

/** Members shared by requests that specify a template or keep the template of the stack. */
export interface SourceRequest extends TemplateInput {
  readonly StackName: string;
  readonly Parameters?: '' | Array<{ readonly ParameterKey: string; readonly ParameterValue?: string; readonly UsePreviousValue?: string }>;
  readonly Tags?: '' | Array<{ readonly Key: string; readonly Value: string }>;
  readonly Capabilities?: '' | string[];
  readonly RoleARN?: string;
  readonly UsePreviousTemplate?: string;
  readonly RollbackConfiguration?: '' | { readonly MonitoringTimeInMinutes?: string; readonly RollbackTriggers?: object };
  readonly ResourceTypes?: '' | string[];
  readonly TimeoutInMinutes?: string;
  readonly DeploymentMode?: string;
  readonly NotificationARNs?: '' | string[];
  readonly ClientRequestToken?: string;
}

export interface StackRequest extends SourceRequest {
  readonly DisableRollback?: string;
  readonly OnFailure?: OnStackFailure;
  readonly RetainExceptOnCreate?: string;
  readonly EnableTerminationProtection?: string;
}

export interface ChangeSetRequest extends SourceRequest {
  readonly ChangeSetName: string;
  readonly ChangeSetType?: ChangeSetType;
  readonly Description?: string;
  readonly ClientToken?: string;
  readonly IncludeNestedStacks?: string;
  readonly OnStackFailure?: OnStackFailure;
  readonly ImportExistingResources?: string;
  readonly ResourcesToImport?: '' | Array<{
    readonly ResourceType: string;
    readonly LogicalResourceId: string;
    readonly ResourceIdentifier: { readonly entry: { readonly [index: string]: { readonly key: string; readonly value: string } } };
  }>;
}

/** @param isReviewed Whether a change set shows the result before it is deployed */
export function sourceOf(request: SourceRequest, context: ApiContext, isReviewed = false): SourceInput {
  const { StackName, Parameters, Tags, Capabilities, RoleARN, NotificationARNs } = request;
  checkEmulated(request);
  checkTemplate(request);
  const template = templateOf(request, context);
  checkTags(Tags || []);
  const deployed = template ?? (StackName ? context.cloudFormation.find(StackName)?.template : undefined);
  if (deployed !== undefined) checkCapabilities(deployed, Capabilities || [], isReviewed);
  return {
    template,
    parameters: Object.fromEntries((Parameters || []).map(({ ParameterKey, ParameterValue = '', UsePreviousValue }) =>
      [ParameterKey, UsePreviousValue === 'true' ? { usePreviousValue: true } satisfies PreviousValue : ParameterValue])),
    // An empty list removes all tags.
    tags: Tags === undefined ? undefined : Object.fromEntries((Tags || []).map(({ Key, Value }) => [Key, Value])),
    capabilities: Capabilities || [],
    roleArn: RoleARN,
    notificationArns: NotificationARNs || undefined,
  };
}

/** A request has one source of the template: a body, a URL, or the template of the stack. */
function checkTemplate({ TemplateBody, TemplateURL, UsePreviousTemplate }: SourceRequest): void {
  const isGiven = Boolean(TemplateBody) || Boolean(TemplateURL);
  if (isGiven && UsePreviousTemplate === 'true') throw invalid('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  if (!isGiven && UsePreviousTemplate !== 'true') throw invalid('Either Template URL or Template Body must be specified.');
}

const NOT_EMULATED = ['DeploymentMode', 'ResourceTypes', 'TimeoutInMinutes'] as const;

function checkEmulated(request: SourceRequest): void {
  const { MonitoringTimeInMinutes: monitoring = '0', RollbackTriggers: triggers } = request.RollbackConfiguration || {};
  const unknown = NOT_EMULATED.find((member) => request[member] !== undefined && request[member] !== '')
    ?? (Number(monitoring) > 0 || triggers ? 'RollbackConfiguration' : undefined);
  if (unknown !== undefined) throw invalid(`The local cloud does not emulate the member ${unknown}.`);
}

function checkTags(tags: ReadonlyArray<{ readonly Key: string }>): void {
  const keys = tags.map(({ Key }) => Key);
  if (keys.some((key) => /^aws:/i.test(key))) throw invalid('aws: prefixed tag key names are not allowed for external use.');
  if (new Set(keys).size < keys.length) throw invalid('Duplicate tag keys found. Please note that tag keys are case insensitive.');
}
