import type { Json } from '../services';
import { invalid } from './cloudformation-error';
import { isLoop } from './loops';
import type { TemplateBody } from './template-body';
import { isObject } from '../json';

const MAXIMUM_MEMBERS: { [section: string]: number } = { Resources: 500, Outputs: 200, Parameters: 200, Mappings: 200 };
const MAXIMUM_NAME = 255;
const MAXIMUM_DESCRIPTION = 1024;
const SECTIONS = [
  'AWSTemplateFormatVersion', 'Conditions', 'Description', 'Hooks', 'Mappings', 'Metadata', 'Outputs', 'Parameters', 'Resources', 'Rules', 'Transform',
];
const RESOURCE_MEMBERS = [
  'Type', 'Properties', 'Metadata', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy', 'Description',
];
const PARAMETER_MEMBERS = [
  'AllowedPattern', 'AllowedValues', 'ConstraintDescription', 'Default', 'Description', 'MaxLength', 'MaxValue', 'MinLength', 'MinValue', 'NoEcho', 'Type',
];
const OUTPUT_MEMBERS = ['Condition', 'Description', 'Export', 'Value'];
/** Parameter types of other services, each of which also has a list. */
const AWS_TYPE = 'AWS::(?:EC2::(?:AvailabilityZone::Name|Image::Id|Instance::Id|KeyPair::KeyName|SecurityGroup::GroupName|SecurityGroup::Id|Subnet::Id|Volume::Id|VPC::Id)|Route53::HostedZone::Id)';
const PARAMETER_TYPE = new RegExp(`^(?:String|Number|CommaDelimitedList|List<Number>|${AWS_TYPE}|List<${AWS_TYPE}>`
  + `|AWS::SSM::Parameter::Name|AWS::SSM::Parameter::Value<(?:String|CommaDelimitedList|List<String>|${AWS_TYPE}|List<${AWS_TYPE}>)>)$`);

/** Rejects a template with a wrong format: Template anatomy; Understand CloudFormation quotas. */
export function checkFormat(body: TemplateBody): void {
  if (!isObject(body)) throw invalid('Template format error: unsupported structure.');
  const unknown = Object.keys(body).filter((section) => !SECTIONS.includes(section));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`);
  const { AWSTemplateFormatVersion: version, Description: description, Parameters = {}, Mappings = {}, Outputs = {}, Resources } = body;
  if (version !== undefined && version !== '2010-09-09') throw invalid(`Template format error: Unrecognized value of AWSTemplateFormatVersion: ${String(version)}`);
  checkDescription(description, 'Description');
  if (Object.keys(Resources ?? {}).length === 0) throw invalid('Template format error: At least one Resources member must be defined.');
  for (const [section, maximum] of Object.entries(MAXIMUM_MEMBERS)) {
    const count = Object.keys(body[section as keyof TemplateBody] ?? {}).length;
    if (count > maximum) throw invalid(`Template format error: Number of ${section.toLowerCase()}, ${count}, is greater than maximum allowed, ${maximum}`);
  }
  refuseNull(body as unknown as Json, '');
  const transforms = [body.Transform ?? []].flat();
  const other = transforms.find((transform) => transform !== 'AWS::LanguageExtensions');
  if (other !== undefined) throw invalid(`The transform ${JSON.stringify(other)} is not emulated, only AWS::LanguageExtensions is`);
  const isExtended = transforms.length > 0;
  for (const [name, parameter] of Object.entries(Parameters)) checkParameter(name, parameter as unknown as Json);
  for (const [name, mapping] of Object.entries(Mappings)) checkMapping(name, mapping as unknown as Json, isExtended);
  for (const [name, output] of Object.entries(Outputs)) if (!isExtended || !isLoop(name)) checkOutput(name, output as unknown as Json);
  const resources = Object.entries(Resources as { [logicalId: string]: unknown }).filter(([logicalId]) => !isExtended || !isLoop(logicalId));
  for (const [logicalId, resource] of resources) checkResource(logicalId, resource as Json);
}

function checkName(noun: string, name: string): void {
  if (!/^[A-Za-z0-9]+$/.test(name)) throw invalid(`Template format error: ${noun} name ${name} is non alphanumeric.`);
  if (name.length > MAXIMUM_NAME) throw invalid(`Template format error: ${noun} name ${name} is longer than ${MAXIMUM_NAME} characters.`);
}

function checkDescription(description: unknown, at: string): void {
  if (description === undefined) return;
  if (typeof description !== 'string') throw invalid(`Template format error: ${at} must be a string`);
  if (Buffer.byteLength(description) > MAXIMUM_DESCRIPTION) throw invalid(`Template format error: '${at}' length is greater than ${MAXIMUM_DESCRIPTION}.`);
}

function checkParameter(name: string, parameter: Json): void {
  checkName('Parameter', name);
  if (!isObject(parameter) || typeof parameter.Type !== 'string') throw invalid('Template format error: Every Parameters object must contain a Type member.');
  const unknown = Object.keys(parameter).find((member) => !PARAMETER_MEMBERS.includes(member));
  if (unknown !== undefined) throw invalid(`Invalid template parameter property '${unknown}'`);
  if (!PARAMETER_TYPE.test(parameter.Type)) throw invalid(`Template format error: Unrecognized parameter type: ${parameter.Type}`);
  if (typeof parameter.Default === 'object') throw invalid('Template format error: Every Default member must be a string.');
  if (parameter.AllowedValues !== undefined && !Array.isArray(parameter.AllowedValues)) throw invalid(`Template format error: AllowedValues of parameter ${name} must be a list.`);
}

function checkMapping(name: string, mapping: Json, isExtended: boolean): void {
  checkName('Mapping', name);
  if (!isObject(mapping)) throw invalid('Template format error: Every Mappings member must be a map');
  for (const [key, values] of Object.entries(mapping)) {
    if (isExtended && isLoop(key)) continue;
    if (!isObject(values)) throw invalid(`Template format error: Every Mappings member ${name} must be a map`);
    const isValue = (value: Json) => ['string', 'number', 'boolean'].includes(typeof value);
    const fits = Object.values(values).every((value) => isValue(value) || (Array.isArray(value) && value.every(isValue)));
    if (!fits) throw invalid('Template format error: Every Mappings attribute must be a String or a List.');
  }
}

function checkOutput(name: string, output: Json): void {
  checkName('Output', name);
  if (!isObject(output) || output.Value === undefined) throw invalid('Template format error: Every Outputs member must contain a Value object');
  const unknown = Object.keys(output).find((member) => !OUTPUT_MEMBERS.includes(member));
  if (unknown !== undefined) throw invalid(`Invalid template output property '${unknown}'`);
  checkDescription(output.Description, `Description of output ${name}`);
  if (output.Export !== undefined && (!isObject(output.Export) || output.Export.Name === undefined)) throw invalid(`Template format error: Output ${name} is malformed. Export requires a Name`);
}

function checkResource(logicalId: string, resource: Json): void {
  checkName('Resource', logicalId);
  if (!isObject(resource) || typeof resource.Type !== 'string') {
    throw invalid(`Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`);
  }
  const unknown = Object.keys(resource).find((member) => !RESOURCE_MEMBERS.includes(member));
  if (unknown !== undefined) throw invalid(`Invalid template resource property '${unknown}'`);
  if (resource.Properties !== undefined && !isObject(resource.Properties)) throw invalid('Template format error: Every Properties member must be an object.');
}

function refuseNull(value: Json, path: string): void {
  if (value === null) throw invalid(`Template format error: [${path}] 'null' values are not allowed in templates`);
  if (typeof value === 'object') for (const [key, member] of Object.entries(value)) refuseNull(member, `${path}/${key}`);
}
