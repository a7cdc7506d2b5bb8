const NESTED_STACK = 'AWS::CloudFormation::Stack';

export function isCustom(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
}

export function isNestedStack(type: string): boolean {
  return type === NESTED_STACK;
}
