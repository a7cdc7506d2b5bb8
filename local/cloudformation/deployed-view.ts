import { missingAttribute } from './custom-resource';
import { isCustom, isNestedStack } from './resource-kinds';
import type { Operation } from './stack-operation';
import { keyOf } from './stack-outputs';
import type { Deployed } from './stack-template';

/**
 * The attributes and outputs of the stack's resources and of other stacks that a template reads during an operation.
 *
 * @param isMasked Whether to mask `NoEcho` values
 */
export function deployedView({ stack, region }: Pick<Operation, 'stack' | 'region'>, isMasked = false): Deployed {
  const { resources, stackId } = stack;
  return {
    ref: logicalId => resources[logicalId].physicalId!,
    getAtt: (logicalId, attribute) => {
      const resource = resources[logicalId];
      if (isCustom(resource.type) && !Object.hasOwn(resource.attributes, attribute)) {
        throw new Error(missingAttribute(stackId, resource, attribute));
      }
      if (isNestedStack(resource.type) && !Object.hasOwn(resource.attributes, attribute)) {
        throw new Error(`Template format error: Output ${attribute.replace('Outputs.', '')} not found in stack ${resource.physicalId}`);
      }
      return isMasked && resource.noEcho ? '*****' : resource.attributes[attribute];
    },
    importValue: name => region.stacks.exports().get(name)!.value,
    getStackOutput: (reference) => {
      const read = stack.stackOutputs ??= {};
      return read[keyOf(reference)] ??= region.outputs.resolve(reference, stack.roleArn);
    },
  };
}
