import { invalid } from './cloudformation-error';
import type { Stacks } from './region-stacks';
import type { Environment } from './stack-environment';
import type { IdentityService } from '../services';

/** The argument of Fn::GetStackOutput. */
export interface OutputReference {
  readonly stackName: string;
  readonly outputName: string;
  /** Default: the region of the stack that reads. */
  readonly region?: string;
  /** The role that may describe the other stack. Default: the execution role of the stack that reads. */
  readonly roleArn?: string;
}

/** Reads outputs of an account's stacks in a region, for stacks of any. */
export interface OutputReader {
  /** @param executionRole The role that the reading stack is deployed with; without one its deployer may do everything */
  read(reference: OutputReference, executionRole: string | undefined): string;
}

/** The readers of other accounts and regions; nothing where there is none. */
export type OutputReaders = (place: { readonly account: string; readonly region: string }) => OutputReader | undefined;

/** Reads the outputs of the stacks of one region, and hands on what belongs elsewhere. */
export class StackOutputs implements OutputReader {
  constructor(
    private readonly stacks: Stacks,
    private readonly environment: Environment,
    private readonly identities: IdentityService | undefined,
    private readonly elsewhere: OutputReaders = () => undefined,
  ) {}

  /** The value as a stack of this region reads it. */
  resolve(reference: OutputReference, executionRole: string | undefined): string {
    const { region: ownRegion, account: ownAccount, partition } = this.environment;
    const { region = ownRegion, roleArn } = reference;
    const [, rolePartition = partition, , , account = ownAccount] = roleArn?.split(':') ?? [];
    if (rolePartition !== partition) throw invalid(`Fn::GetStackOutput cannot read across partitions: ${roleArn}`);
    const reader = region === ownRegion && account === ownAccount ? this : this.elsewhere({ account, region });
    if (!reader) throw invalid(`Fn::GetStackOutput: there is no account ${account} with region ${region}`);
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

/** Tells one reference from the others. */
export function keyOf({ stackName, outputName, region = '', roleArn = '' }: OutputReference): string {
  return [region, roleArn, stackName, outputName].join(' ');
}
