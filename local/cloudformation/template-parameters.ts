import type { Json } from '../services';
import { invalid } from './cloudformation-error';

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: string | number | boolean;
  readonly AllowedValues?: Array<string | number>;
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
  readonly ConstraintDescription?: string;
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
}

/** The maximum size of a value, in bytes: Understand CloudFormation quotas. */
const MAXIMUM_VALUE = 4096;
const SSM_VALUE = /^AWS::SSM::Parameter::Value<(.*)>$/;
const SSM_LISTS = ['CommaDelimitedList', 'List<String>'];

/**
 * Returns the values of a template's parameters.
 *
 * @param given The values from the caller. A default replaces a missing value
 * @param stored Returns a value of the Parameter Store, for parameters whose value is a key in it
 */
export function parameterValues(
  definitions: { [name: string]: ParameterDefinition },
  given: { [name: string]: string },
  stored: (parameter: { readonly name: string; readonly key: string }) => string | undefined,
): { [name: string]: Json } {
  const unknown = Object.keys(given).filter(name => !Object.hasOwn(definitions, name));
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const missing = Object.keys(definitions).filter(name => given[name] === undefined && definitions[name].Default === undefined);
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);

  return Object.fromEntries(Object.entries(definitions).map(([name, definition]) => {
    const value = given[name] ?? String(definition.Default);
    check(name, definition, value);
    if (definition.Type === 'CommaDelimitedList' || definition.Type.startsWith('List<')) return [name, value.split(',').map(item => item.trim())];
    if (!definition.Type.startsWith('AWS::SSM::Parameter::')) return [name, value];
    const [, valueType = ''] = SSM_VALUE.exec(definition.Type) ?? [];
    const isList = SSM_LISTS.includes(valueType);
    if (!isList && valueType !== 'String') throw invalid(`Parameters of type ${definition.Type} are not emulated`);
    const found = stored({ name, key: value });
    if (found === undefined) throw invalid(`Unable to fetch parameters [${value}] from parameter store for this account.`);
    return [name, isList ? found.split(',').map(item => item.trim()) : found];
  }));
}

function check(name: string, definition: ParameterDefinition, value: string): void {
  const fail = (rule: string) => {
    throw invalid(definition.ConstraintDescription
      ? `Parameter ${name} failed to satisfy constraint: ${definition.ConstraintDescription}`
      : `Parameter '${name}' must ${rule}`);
  };
  if (Buffer.byteLength(value) > MAXIMUM_VALUE) fail(`contain at most ${MAXIMUM_VALUE} bytes`);
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = definition;
  if (AllowedValues && !AllowedValues.map(String).includes(value)) fail(`be one of AllowedValues [${AllowedValues.join(', ')}]`);
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) fail(`match pattern ${AllowedPattern}`);
  if (MinLength !== undefined && value.length < Number(MinLength)) fail(`contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && value.length > Number(MaxLength)) fail(`contain at most ${MaxLength} characters`);
  if (definition.Type === 'Number' && Number.isNaN(Number(value))) fail('be a number');
  if (MinValue !== undefined && Number(value) < Number(MinValue)) fail(`be a number not less than ${MinValue}`);
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) fail(`be a number not greater than ${MaxValue}`);
}
