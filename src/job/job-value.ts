import { Annotations, CfnOutput, type CfnResource, type IResolveContext, Reference, Stack, Stage, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The context key of the default strength, which CDK reads from the consuming stack. */
const DEFAULT_STRENGTH = '@aws-cdk/core:defaultCrossStackReferences';

/** The strength of a reference between two stacks (`ReferenceStrength` of newer CDK releases). */
export type Strength = 'strong' | 'weak' | 'both';

/** The part of `Stack` that older CDK releases lack. */
interface WithWeakReferences {
  consumeReference?(value: string, strength: Strength): string;
}

/** The job of a value, as far as its readers need it. */
export interface ReadJob {
  readonly scope: Construct;
  /** The strength that the user chose for the values of the job, if any. */
  readonly strength?: Strength;
  /** Whether the template is complete, so that it cannot change anymore. */
  readonly isRendered: boolean;
  /** A string that changes with the job. */
  readonly identity: string;
  /** Records that a value is read. Returns it as a reference to the resource that has it for these readers. */
  read(attribute: string, isPreparing: boolean, isElsewhere: boolean): Reference;
}

/**
 * A value of a job. It records its readers when the CDK searches for references, which happens before it renders a template: the
 * resource of the job lists the values that the template reads.
 *
 * A new result changes the value, and CloudFormation does not change an export that another stack imports. So another stack reads
 * it by a weak reference, unless the user chose another strength.
 */
export class JobValue extends Reference {
  /** The tokens of other stacks. CDK assigns them their values. */
  private readonly elsewhere = new Map<Stack, string>();

  constructor(private readonly job: ReadJob, target: CfnResource, private readonly attribute: string) {
    super({ 'Fn::GetAtt': [target.logicalId, attribute] }, target, attribute);
  }

  override resolve(context: IResolveContext): any {
    const consumer = Stack.of(context.scope);
    const { job, attribute } = this;
    const producer = Stack.of(job.scope);
    if (rootOf(consumer) === rootOf(producer)) return job.read(attribute, context.preparing, false);
    this.checkOrder(consumer);
    // A reference to another account cannot be strong.
    const strength = consumer.account === producer.account ? job.strength ?? consumer.node.tryGetContext(DEFAULT_STRENGTH) ?? 'weak' : 'weak';
    const { consumeReference } = Stack as unknown as WithWeakReferences;
    const isLocked = strength === 'strong' || !consumeReference;
    if (isLocked && context.preparing) this.warn(consumer, consumeReference !== undefined);
    const read = () => exported(job.read(attribute, true, true));
    if (!consumeReference) return read();
    const value = this.elsewhere.get(consumer) ?? consumeReference(read(), strength);
    this.elsewhere.set(consumer, value);
    // The CDK CLI skips a stack whose template is unchanged, and CloudFormation a resource.
    return isLocked ? value : { 'Fn::Join': [context.preparing ? '' : job.identity, [value]] };
  }

  override toString(): string {
    return Token.asString(this, { displayHint: `${this.target.node.id}.${this.attribute}` });
  }

  private checkOrder(consumer: Stack): void {
    const { isRendered, scope } = this.job;
    if (!isRendered || this.elsewhere.has(consumer) || Stage.of(scope) === Stage.of(consumer)) return;
    throw new Error(`${consumer.node.path}: cannot read ${this.attribute} of ${scope.node.path}, because the template of its stage is complete. `
      + 'Define the stage that reads the value before the stage with the job');
  }

  private warn(consumer: Stack, hasWeakReferences: boolean): void {
    Annotations.of(this.job.scope).addWarningV2('cdk-sagemaker-jobs:strong-reference',
      `${consumer.node.path} reads ${this.attribute} through a strong reference. A new result changes the value, and CloudFormation does not change `
      + 'an export that another stack imports: the deployment fails and rolls back after the new job has run. '
      + (hasWeakReferences
        ? 'Use `CrossStackReferences.of(job).produce(ReferenceStrength.WEAK)`'
        : 'Pass the value in a parameter of the Parameter Store, or upgrade to aws-cdk-lib 2.258 or later, which has weak references'));
  }
}

/** Returns the value of a nested stack as an output of its root stack. CDK does not keep the strength of such references. */
function exported(value: Reference): string {
  const stack = Stack.of(value.target);
  const { nestedStackResource } = stack;
  if (!nestedStackResource) return Token.asString(value);
  const id = `Job${JSON.stringify(stack.resolve(value))}`;
  const output = stack.node.tryFindChild(id) as CfnOutput | undefined ?? new CfnOutput(stack, id, { value: Token.asString(value) });
  return exported(nestedStackResource.getAtt(`Outputs.${output.logicalId}`));
}

function rootOf(stack: Stack): Stack {
  return stack.nestedStackParent ? rootOf(stack.nestedStackParent) : stack;
}
