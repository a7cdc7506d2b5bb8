import { createHash } from 'node:crypto';
import type { AccessRequest, RequestContext } from '../policy';
import { neededToStart } from './notebook-start';
import type { CallContext, Permissions } from './permissions';
import { requestKeys } from './sagemaker-keys';

type Input = { readonly [member: string]: any };

/** The segments of ARNs, by the noun in the names of operations. */
const SEGMENTS: { readonly [noun: string]: string } = {
  TrainingJob: 'training-job',
  HyperParameterTuningJob: 'hyper-parameter-tuning-job',
  CompilationJob: 'compilation-job',
  ProcessingJob: 'processing-job',
  CodeRepository: 'code-repository',
  Endpoint: 'endpoint',
  EndpointConfig: 'endpoint-config',
  Model: 'model',
  TransformJob: 'transform-job',
  OptimizationJob: 'optimization-job',
  NotebookInstance: 'notebook-instance',
  NotebookInstanceLifecycleConfig: 'notebook-instance-lifecycle-config',
};

/** Operations whose names do not contain the noun of their resource. */
const NOUNS: { readonly [operation: string]: string } = {
  ListTrainingJobsForHyperParameterTuningJob: 'HyperParameterTuningJob',
  CreatePresignedNotebookInstanceUrl: 'NotebookInstance',
};

const TAGGING = ['AddTags', 'ListTags', 'DeleteTags'];
const WITHOUT_RESOURCE = ['Search', ...[
  'CodeRepositories', 'CompilationJobs', 'EndpointConfigs', 'Endpoints', 'HyperParameterTuningJobs', 'Models', 'NotebookInstanceLifecycleConfigs', 'NotebookInstances',
  'OptimizationJobs', 'ProcessingJobs', 'TrainingJobs', 'TransformJobs',
].map((nouns) => `List${nouns}`)];
/** Operations whose authorization contains no condition key that is specific to SageMaker. */
const WITHOUT_KEYS = ['CreateOptimizationJob'];

/** Permissions for calls of SageMaker: the action on the resource, the tagging of created resources, and the passing of roles. */
export const permissionsOfSageMaker: Permissions = (operation, input, context) => {
  const request: Input = input;
  const allow = (resource: string, own: RequestContext = {}): AccessRequest => ({
    action: `sagemaker:${operation}`,
    resource,
    context: {
      ...resourceTags(context.tagsOf(resource)),
      ...requestTags(request),
      ...WITHOUT_KEYS.includes(operation) ? {} : requestKeys(request, (name) => arn(context, 'model', name)),
      ...own,
    },
  });
  if (TAGGING.includes(operation)) return [allow(String(request.ResourceArn))];
  if (WITHOUT_RESOURCE.includes(operation)) return [allow('*')];
  const noun = NOUNS[operation] ?? /^(?:Create|Describe|Update|Start|Stop|Delete)(.+)$/.exec(operation)?.[1];
  if (noun === undefined || !Object.hasOwn(SEGMENTS, noun)) return undefined;

  const resource = arn(context, SEGMENTS[noun], String(request[`${noun}Name`]));
  const isCreate = operation === `Create${noun}`;
  const notebook = noun === 'NotebookInstance' ? { ...context.notebook(String(request.NotebookInstanceName)), ...request } : request;
  return [
    allow(resource),
    ...['CreateEndpoint', 'UpdateEndpoint'].includes(operation) ? [allow(arn(context, 'endpoint-config', String(request.EndpointConfigName)))] : [],
    ...isCreate ? reservedCapacity(request, context).map((further) => allow(further)) : [],
    ...isCreate && request.Tags?.length > 0
      // That this authorization contains the tags of the request is not documented.
      ? [{ action: 'sagemaker:AddTags', resource, context: { 'sagemaker:TaggingAction': operation } }]
      : [],
    // Starting or changing an instance passes its role again.
    ...rolesOf(/^(Start|Update)/.test(operation) ? notebook : request).map((role) => ({
      action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'sagemaker.amazonaws.com', 'iam:AssociatedResourceArn': resource },
    })),
    ...noun === 'NotebookInstance' ? neededToStart(operation, notebook, context) : [],
  ];
};

/** SageMaker converts names in ARNs to lowercase. */
function arn({ region, account }: CallContext, segment: string, name: string): string {
  return `arn:aws:sagemaker:${region}:${account}:${segment}/${name.toLowerCase()}`;
}

/** A job on a training plan requires permission for the plan and for its reserved capacity. */
function reservedCapacity({ ResourceConfig: resources }: Input, context: CallContext): string[] {
  const plan: string | undefined = resources?.TrainingPlanArn;
  if (plan === undefined) return [];
  return [plan, arn(context, 'reserved-capacity', createHash('sha256').update(plan).digest('hex').slice(0, 16))];
}

function rolesOf(request: Input): string[] {
  const { ExecutionRoleArn: modelRole, RoleArn: role = modelRole, TrainingJobDefinition: single, TrainingJobDefinitions: several = [] } = request;
  const roles = [role, single?.RoleArn, ...several.map((definition: Input) => definition.RoleArn as unknown)];
  return [...new Set(roles.filter((given) => given !== undefined).map(String))];
}

function requestTags({ Tags: tags = [], TagKeys: keys = tags.map(({ Key }: Input) => Key) }: Input): RequestContext {
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }: Input) => [`aws:RequestTag/${Key}`, String(Value)])),
    ...keys.length > 0 && { 'aws:TagKeys': keys },
  };
}

function resourceTags(tags: ReadonlyMap<string, string>): RequestContext {
  return Object.fromEntries([...tags].flatMap(([key, value]) => [[`aws:ResourceTag/${key}`, value], [`sagemaker:ResourceTag/${key}`, value]]));
}
