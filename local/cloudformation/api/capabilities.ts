import { CloudFormationError } from '../cloudformation-error';
import type { TemplateBody } from '../template-body';
import { parseTemplate } from '../template-validation';

const NAMED_IAM = 'CAPABILITY_NAMED_IAM';

/** The IAM types that need a capability, with the property that specifies a custom name. */
const IAM_TYPES: { readonly [type: string]: string | undefined } = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** Returns the capability that a template needs, and the resource types that cause this. */
export function capabilitiesOf({ Resources }: Pick<TemplateBody, 'Resources'>): { readonly capability?: string; readonly types: readonly string[] } {
  const resources = Object.values(Resources).filter(({ Type }) => Type in IAM_TYPES);
  if (resources.length === 0) return { types: [] };
  const isNamed = resources.some(({ Type, Properties = {} }) => IAM_TYPES[Type] !== undefined && IAM_TYPES[Type] in Properties);
  return { capability: isNamed ? NAMED_IAM : 'CAPABILITY_IAM', types: [...new Set(resources.map(({ Type }) => Type))] };
}

/** Rejects a template whose capabilities are not acknowledged. Macros need none if a change set shows their result first. */
export function checkCapabilities(template: string, given: readonly string[], isReviewed: boolean): void {
  const body = parseTemplate(template);
  const { capability } = capabilitiesOf(body);
  if (capability !== undefined && !given.includes(capability) && !given.includes(NAMED_IAM)) throw insufficient(capability);
  if (body.Transform !== undefined && !isReviewed && !given.includes('CAPABILITY_AUTO_EXPAND')) throw insufficient('CAPABILITY_AUTO_EXPAND');
}

function insufficient(capability: string): CloudFormationError {
  return new CloudFormationError('InsufficientCapabilitiesException', `Requires capabilities : [${capability}]`);
}
