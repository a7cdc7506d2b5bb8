import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { acknowledge } from './accepted-finding';
import { DedicatedPolicy } from './dedicated-policy';

/** The rule of cdk-nag's AwsSolutions pack that finds wildcards in policies. */
const RULE = 'AwsSolutions::AwsSolutions-IAM5';

/** What was said already: hundreds of jobs may share a role, and say the same of it. */
const SAID = new WeakMap<IConstruct, Set<string>>();

/** Says why somebody was allowed to do something on ARNs with wildcards, so that a review need not ask for it. */
export function acknowledgeWildcards({ grantPrincipal }: iam.IGrantable, resourceArns: readonly string[], reason: string): void {
  const holder: unknown = grantPrincipal instanceof DedicatedPolicy ? grantPrincipal.policy : grantPrincipal;
  if (!Construct.isConstruct(holder)) return;
  const said = SAID.get(holder) ?? new Set();
  SAID.set(holder, said);
  const unsaid = resourceArns.filter((arn) => !said.has(`${arn} ${reason}`));
  if (unsaid.length === 0) return;
  unsaid.forEach((arn) => said.add(`${arn} ${reason}`));
  // A finding is named by the ARN as the template has it, and that is known once references between stacks are resolved.
  holder.node.addValidation({
    validate: () => {
      unsaid.forEach((arn) => acknowledgeWildcard(holder, arn, reason));
      return [];
    },
  });
}

function acknowledgeWildcard(scope: IConstruct, resourceArn: string, reason: string): void {
  const resource = asFindingsNameIt(Stack.of(scope).resolve(resourceArn));
  if (!resource.includes('*') || !hasPairedBrackets(resource)) return;
  acknowledge(scope, { id: `${RULE}[Resource::${resource}]`, reason });
}

/** CDK refuses the name of a finding whose brackets are not in pairs, and the key of an object may have such. */
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
