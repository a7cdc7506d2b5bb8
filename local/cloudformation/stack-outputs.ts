import type { Environment } from './cloudformation-environment';
import { invalid } from './cloudformation-error';
import type { Stacks } from './region-stacks';
import type { IdentityService } from '../services';

/** The argument of Fn::GetStackOutput. */
export interface OutputReference {
  readonly stackName: string;
  readonly outputName: string;
  /** Default: the Region of the stack that reads the output. */
  readonly region?: string;
  /** The role that is allowed to describe the other stack. Default: the execution role of the stack that reads the output. */
  readonly roleArn?: string;
}

/** Reads outputs of an account's stacks in a Region, for stacks elsewhere. */
export interface OutputReader {
  /**
   * @param executionRole The execution role of the stack that reads the output. Without one, the caller that deploys it is
   * allowed everything
   */
  read(reference: OutputReference, executionRole: string | undefined): string;
}

/** Returns the reader of another account and Region, or nothing if the environment does not exist. */
export type OutputReaders = (place: { readonly account: string; readonly region: string }) => OutputReader | undefined;

/** Reads the outputs of the stacks of one Region, and delegates references to other environments. */
export class StackOutputs implements OutputReader {
  constructor(
    private readonly stacks: Stacks,
    private readonly environment: Environment,
    private readonly identities: IdentityService | undefined,
    private readonly elsewhere: OutputReaders = () => undefined,
  ) {}

  /** Returns the value for a stack of this Region. */
  resolve(reference: OutputReference, executionRole: string | undefined): string {
    const { region: ownRegion, account: ownAccount, partition } = this.environment;
    const { region = ownRegion, roleArn } = reference;
    const [, rolePartition = partition, , , account = ownAccount] = roleArn?.split(':') ?? [];
    if (rolePartition !== partition) throw invalid(`Fn::GetStackOutput cannot read across partitions: ${roleArn}`);
    const reader = region === ownRegion && account === ownAccount ? this : this.elsewhere({ account, region });
    if (!reader) throw invalid(`Fn::GetStackOutput: account ${account} with region ${region} does not exist`);
    return reader.read(reference, executionRole);
  }

  read({ stackName, outputName, roleArn }: OutputReference, executionRole: string | undefined): string {
    const { region, account, partition } = this.environment;
    const stack = this.stacks.find(stackName);
    const stackId = stack?.stackId ?? `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/*`;
    const refusal = this.identities?.refusalOf?.({
      action: 'cloudformation:DescribeStacks', resource: stackId, roleArn: roleArn ?? executionRole, ...roleArn !== undefined && { assumedBy: executionRole ?? account },
    });
    if (refusal) throw invalid(refusal);
    if (!stack || stack.status === 'DELETE_COMPLETE') throw invalid(`Stack with id ${stackName} does not exist`);
    const output = stack.outputs.find(({ key }) => key === outputName);
    if (!output) throw invalid(`Output ${outputName} not found in stack ${stackName}`);
    return output.value;
  }
}

/** Returns a key that identifies a reference. */
export function keyOf({ stackName, outputName, region = '', roleArn = '' }: OutputReference): string {
  return [region, roleArn, stackName, outputName].join(' ');
}
