import type { JsonObject } from '../json';
import { isObject } from '../json';
import type { Json, StateMachineConfiguration } from '../services';

interface Machine {
  readonly configuration: StateMachineConfiguration;
  readonly creationDate: number;
}

/** The output of DescribeStateMachine. */
export function describeMachine({ configuration, creationDate }: Machine, includedData: 'ALL_DATA' | 'METADATA_ONLY' = 'ALL_DATA'): JsonObject {
  const { definition, roleArn, loggingConfiguration, kmsKeyId } = configuration;
  return {
    ...summarizeMachine({ configuration, creationDate }),
    status: 'ACTIVE',
    definition: includedData === 'ALL_DATA' ? JSON.stringify(definition) : '{}',
    roleArn,
    loggingConfiguration: loggingConfiguration === undefined ? { level: 'OFF', includeExecutionData: false } : lowerCased(loggingConfiguration),
    tracingConfiguration: { enabled: false },
    encryptionConfiguration: kmsKeyId === undefined ? { type: 'AWS_OWNED_KEY' } : { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId },
  };
}

/** An item of ListStateMachines. */
export function summarizeMachine({ configuration: { name, stateMachineArn }, creationDate }: Machine): JsonObject {
  return { name, stateMachineArn, type: 'STANDARD', creationDate: creationDate / 1000 };
}

/** Returns the members with the names of the API. CloudFormation capitalizes them. */
function lowerCased(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowerCased);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name[0].toLowerCase() + name.slice(1), lowerCased(item)]));
}
