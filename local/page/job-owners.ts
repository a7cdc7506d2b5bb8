import type { StackState } from '../cloudformation';
import { isObject } from '../json';
import type { JobTransition, SageMaker } from '../sagemaker';
import type { Json } from '../services';

export interface JobOwner {
  readonly stackId?: string;
  readonly logicalId?: string;
  /** The tuning job that launched the job. */
  readonly parentArn?: string;
}

/** The facts about a resource that remain after it is deleted. */
interface NotedResource {
  readonly constructName?: string;
  /** The strings in its properties. */
  readonly values: Set<string>;
}

/**
 * The resources that own jobs. A job belongs to the stack whose ID is the value of one of its tags, and to the resource whose
 * logical ID is the value of another one.
 */
export class JobOwners {
  private readonly tagValues = new Map<string, ReadonlySet<string>>();
  private readonly parents = new Map<string, string | undefined>();
  private readonly resources = new Map<string, Map<string, NotedResource>>();

  /** Records the tags of a job, which are deleted with the job. */
  noteJob(jobArn: string, sageMaker: SageMaker): void {
    if (!this.tagValues.get(jobArn)?.size) this.tagValues.set(jobArn, new Set(sageMaker.tagsOf(jobArn).values()));
  }

  /** Records the resources of a stack. */
  note({ stackId, resources }: StackState): void {
    const noted = this.resources.get(stackId) ?? new Map<string, NotedResource>();
    this.resources.set(stackId, noted);
    for (const { logicalId, metadata, properties, type } of Object.values(resources)) {
      const constructName = constructNameIn(metadata) ?? noted.get(logicalId)?.constructName;
      const values = noted.get(logicalId)?.values ?? new Set();
      if (type.startsWith('Custom::')) for (const value of Object.values(properties)) if (typeof value === 'string') values.add(value);
      noted.set(logicalId, { values, ...constructName !== undefined && { constructName } });
    }
  }

  /** Returns the path of the construct of a resource. Without metadata of CDK, it is the logical ID without the hash of CDK. */
  constructName(stackId: string, logicalId: string): string {
    return this.resources.get(stackId)?.get(logicalId)?.constructName ?? logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '');
  }

  /** Whether a resource has, or had, a property with this value. */
  hasProperty(stackId: string, logicalId: string, value: string): boolean {
    return this.resources.get(stackId)?.get(logicalId)?.values.has(value) ?? false;
  }

  ownerOf(jobArn: string, { kind, describe }: JobTransition): JobOwner {
    const parentArn = kind === 'TrainingJob' ? this.parentOf(jobArn, describe) : undefined;
    const values = this.tagValues.get(jobArn) ?? new Set();
    const stackId = [...this.resources.keys()].find((id) => values.has(id));
    // A tuning job passes its tags to its training jobs, but no resource owns them.
    if (parentArn !== undefined) return { stackId, parentArn };
    const logicalId = stackId && [...this.resources.get(stackId)!.keys()].find((id) => values.has(id));
    return { stackId, logicalId };
  }

  private parentOf(jobArn: string, describe: JobTransition['describe']): string | undefined {
    if (!this.parents.has(jobArn)) this.parents.set(jobArn, describe().TuningJobArn as string | undefined);
    return this.parents.get(jobArn);
  }
}

/** The path of a construct in its stack, from the metadata of CDK: `Training` for `Churn/Training/Resource`. */
function constructNameIn(metadata: Json | undefined): string | undefined {
  const path = isObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  if (typeof path !== 'string') return undefined;
  const [, ...inStack] = path.replace(/\/(Default|Resource)$/, '').split('/');
  return inStack.join('/') || undefined;
}
