import type { JsonObject } from '../../json';
import type { Json } from '../../services';
import { invalid } from '../cloudformation-error';
import { arn, byArn, byEntry, byName, type NativeType, type NativeTypes, type PhysicalContext } from './native-type';

const functionArn = (context: PhysicalContext) => arn('lambda', `function:${context.physicalId}`, context);

const lambdaFunction: NativeType = byName('FunctionName', { max: 64 }, {
  isForgotten: true,
  taggable: true,
  immutable: ['PackageType'],
  attributes: { Arn: functionArn },
  seconds: 2,
  put(context) {
    const { properties, physicalId, services } = context;
    if (!properties.Handler || !properties.Runtime) throw invalid('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
    const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: JsonObject };
    const { LogGroup } = (properties.LoggingConfig ?? {}) as { LogGroup?: string };
    services.functions.put({
      functionName: physicalId,
      functionArn: functionArn(context),
      roleArn: String(properties.Role),
      codeDirectory: codeDirectory(context),
      handler: String(properties.Handler),
      runtime: String(properties.Runtime),
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memoryMb: Number(properties.MemorySize ?? 128),
      environment: Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, String(value)])),
      ...properties.Description !== undefined && { description: String(properties.Description) },
      ...LogGroup !== undefined && { logGroup: LogGroup },
    });
  },
  actual(context) {
    const { properties, services: { functions } } = context;
    // Without `find`, the service cannot change a function.
    if (!functions.find) return properties;
    const found = functions.find(functionArn(context));
    if (!found) return undefined;
    const { description, environment, handler, memoryMb, roleArn, runtime, timeoutSeconds } = found;
    const current: JsonObject = {
      ...description !== undefined && { Description: description },
      Environment: { Variables: { ...environment } },
      Handler: handler,
      MemorySize: memoryMb,
      Role: roleArn,
      Runtime: runtime,
      Timeout: timeoutSeconds,
    };
    return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, current[name] ?? value]));
  },
  remove(context) {
    context.services.functions.remove(functionArn(context));
  },
});

function codeDirectory({ properties, assets, inlineCode }: PhysicalContext): string {
  const { S3Bucket, S3Key, ZipFile } = properties.Code as JsonObject;
  if (typeof S3Key === 'string') return assets(S3Key, String(S3Bucket));
  if (typeof ZipFile !== 'string') throw invalid('Only functions with Code.S3Key or Code.ZipFile are emulated');
  if (!String(properties.Runtime).startsWith('nodejs')) throw invalid(`Inline code is emulated for Node.js, not for ${properties.Runtime}`);
  return inlineCode(ZipFile);
}

const stateMachineName = (stateMachineArn: string) => stateMachineArn.split(':').pop()!;

function definition({ DefinitionString, Definition, DefinitionSubstitutions = {} }: JsonObject): Json {
  if (DefinitionString === undefined && Definition === undefined) throw invalid('Only definitions inside the template are emulated (DefinitionString)');
  const text = typeof DefinitionString === 'string' ? DefinitionString : JSON.stringify(Definition);
  const substituted = text.replace(/\$\{([^}]+)\}/g, (placeholder, name: string) => String((DefinitionSubstitutions as JsonObject)[name] ?? placeholder));
  try {
    return JSON.parse(substituted);
  } catch (error) {
    throw invalid(`Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${(error as Error).message}'`);
  }
}

/** Whether logs are delivered. The default log level is OFF. */
function delivers({ LoggingConfiguration: logging }: JsonObject): boolean {
  const { Level = 'OFF', Destinations = [] } = (logging ?? {}) as { Level?: string; Destinations?: Json[] };
  return Level !== 'OFF' && Destinations.length > 0;
}

function customerKey({ EncryptionConfiguration: encryption }: JsonObject): { readonly kmsKeyId?: string } {
  const { Type: type, KmsKeyId: key } = (encryption ?? {}) as { Type?: string; KmsKeyId?: string };
  return type === 'CUSTOMER_MANAGED_KMS_KEY' && key !== undefined ? { kmsKeyId: key } : {};
}

const stateMachine: NativeType = byArn(
  'StateMachineName', { max: 80, prefix: 'logical id' }, (name, context) => arn('states', `stateMachine:${name}`, context), {
    isForgotten: true,
    taggable: true,
    immutable: ['StateMachineType'],
    attributes: {
      Arn: ({ physicalId }) => physicalId,
      Name: ({ physicalId }) => stateMachineName(physicalId),
    },
    put({ properties, physicalId, services }) {
      services.stateMachines.put({
        name: stateMachineName(physicalId),
        stateMachineArn: physicalId,
        roleArn: String(properties.RoleArn),
        definition: definition(properties),
        ...delivers(properties) && { logs: true },
        ...properties.LoggingConfiguration !== undefined && { loggingConfiguration: properties.LoggingConfiguration },
        ...customerKey(properties),
      });
    },
    remove({ physicalId, services }) {
      services.stateMachines.remove(physicalId);
    },
  });

export const COMPUTE: NativeTypes = {
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::Permission': byEntry({
    immutable: ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount', 'EventSourceToken', 'FunctionUrlAuthType', 'PrincipalOrgID'],
    attributes: { Id: ({ physicalId }) => physicalId },
  }),
  'AWS::StepFunctions::StateMachine': stateMachine,
};
