import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { type AcceptedFinding, acknowledge } from './accepted-finding';
import { DedicatedPolicy } from './dedicated-policy';
import { arnPatterns } from '../job/state-value';

/** The rule of cdk-nag's AwsSolutions pack that reports wildcards in policies. */
const RULE = 'AwsSolutions::AwsSolutions-IAM5';

/** Findings that are already acknowledged: hundreds of jobs may share a role. */
const ACKNOWLEDGED = new WeakMap<IConstruct, Set<string>>();

/** Acknowledges the wildcards in the ARNs of a permission, with a reason. */
export function acknowledgeWildcards({ grantPrincipal }: iam.IGrantable, arns: readonly string[], reason: string): void {
  const holder: unknown = grantPrincipal instanceof DedicatedPolicy ? grantPrincipal.policy : grantPrincipal;
  if (!Construct.isConstruct(holder)) return;
  const said = ACKNOWLEDGED.get(holder) ?? new Set();
  ACKNOWLEDGED.set(holder, said);
  const unsaid = arns.filter((arn) => !said.has(`${arn} ${reason}`));
  if (unsaid.length === 0) return;
  unsaid.forEach((arn) => said.add(`${arn} ${reason}`));
  // The ID of a finding contains the ARN as in the template, which is known once references between stacks are resolved.
  acknowledge(holder, () => arnPatterns(unsaid).flatMap((arn) => findingsOf(holder, arn, reason)));
}

function findingsOf(scope: IConstruct, resourceArn: string, reason: string): AcceptedFinding[] {
  const resource = asFindingsNameIt(Stack.of(scope).resolve(resourceArn));
  if (!resource.includes('*') || !hasPairedBrackets(resource)) return [];
  return [{ id: `${RULE}[Resource::${resource}]`, reason }];
}

/** The CDK rejects a finding ID with unpaired brackets, which the key of an object may contain. */
function hasPairedBrackets(text: string): boolean {
  const rest = text.replace(/[^()[\]{}]/g, '');
  const inner = rest.replace(/\(\)|\[\]|\{\}/g, '');
  return inner === rest ? rest === '' : hasPairedBrackets(inner);
}

function asFindingsNameIt(value: any): string {
  if (typeof value === 'string') return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  if (value['Fn::Join']) return value['Fn::Join'][1].map(asFindingsNameIt).join(value['Fn::Join'][0]);
  if (value['Fn::GetAtt']) return `<${value['Fn::GetAtt'].join('.')}>`;
  if (value['Fn::ImportValue']) return asFindingsNameIt(value['Fn::ImportValue']);
  return value.Ref ? `<${value.Ref}>` : JSON.stringify(value);
}
