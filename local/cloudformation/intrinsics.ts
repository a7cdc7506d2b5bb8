import type { Json } from '../services';
import { subnets } from './cidr';
import { invalid } from './cloudformation-error';
import type { OutputReference } from './stack-outputs';
import { isObject, type JsonObject } from '../json';

/** The values that functions resolve to. */
export interface Scope {
  readonly region: string;
  /** Whether the template has the transform AWS::LanguageExtensions. */
  readonly isExtended: boolean;
  readonly mappings: { [map: string]: { [key: string]: { [key: string]: Json } } };
  condition(name: string): boolean;
  /** The value of a parameter or pseudo parameter, or the physical id of a resource. */
  ref(name: string): Json | typeof NO_VALUE;
  getAtt(logicalId: string, attribute: string): Json;
  importValue(name: string): Json;
  getStackOutput(reference: OutputReference): Json;
}

/** `AWS::NoValue`, which removes the property. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** The placeholders of `Fn::Sub`. `${!Name}` stands for the literal `${Name}`. */
export const PLACEHOLDER = /\$\{([^}]+)\}/g;

const CONDITION_FUNCTIONS = ['Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or'];
/** Additional functions in the Rules block. */
const RULE_FUNCTIONS = ['Fn::Contains', 'Fn::EachMemberEquals', 'Fn::EachMemberIn'];

type Resolved = Json | typeof NO_VALUE;

/** Evaluates a function of the Rules block. Returns nothing for other functions. */
type RuleFunction = (name: string, operands: Json[]) => boolean | undefined;

/** Returns the name and the argument if the value is a function. */
export function functionOf(value: Json): [name: string, argument: Json] | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  const name = keys.find(key => key === 'Ref' || key.startsWith('Fn::'));
  if (name === undefined || (name === 'Ref' && keys.length > 1)) return undefined;
  if (!Object.hasOwn(FUNCTIONS, name) && ![...CONDITION_FUNCTIONS, ...RULE_FUNCTIONS].includes(name)) throw invalid(`Template error: ${name} is not emulated`);
  if (keys.length > 1) throw invalid(`Template error: ${name} must be the only member of its object, found: [${keys.join(', ')}]`);
  return [name, value[name]];
}

/** Returns the logical ID and the attribute from either form. The name of an attribute may contain dots. */
export function getAttArguments(argument: Json): [logicalId: string, attribute: Json] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot > 0 && dot < argument.length - 1) return [argument.slice(0, dot), argument.slice(dot + 1)];
  } else if (Array.isArray(argument) && argument.length === 2 && typeof argument[0] === 'string') {
    return [argument[0], argument[1]];
  }
  throw invalid('Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute');
}

/** Resolves all functions inside a value. */
export function resolve(value: Json, scope: Scope): Resolved {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => resolve(item, scope)).filter(item => item !== NO_VALUE);
  const call = functionOf(value);
  if (call) {
    const [name, argument] = call;
    if (CONDITION_FUNCTIONS.includes(name)) throw invalid(`Template error: ${name} cannot be used outside of the Conditions block`);
    if (RULE_FUNCTIONS.includes(name)) throw invalid(`Template error: ${name} cannot be used outside of the Rules block`);
    return FUNCTIONS[name](argument, scope);
  }
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const resolved = resolve(member, scope);
    if (resolved !== NO_VALUE) result[key] = resolved;
  }
  return result;
}

/** Evaluates the functions of the Conditions block or the Rules block. */
export function evaluate(value: Json, scope: Scope, ruleFunction: RuleFunction = () => undefined): boolean {
  if (isObject(value)) {
    if (typeof value.Condition === 'string' && Object.keys(value).length === 1) return scope.condition(value.Condition);
    const [name, argument] = functionOf(value) ?? [];
    const operands = Array.isArray(argument) ? argument : [];
    const ruled = name && ruleFunction(name, operands);
    if (typeof ruled === 'boolean') return ruled;
    switch (name) {
      case 'Fn::Equals':
        if (operands.length !== 2) break;
        return JSON.stringify(scalar(resolve(operands[0], scope))) === JSON.stringify(scalar(resolve(operands[1], scope)));
      case 'Fn::Not':
        if (operands.length !== 1) break;
        return !evaluate(operands[0], scope, ruleFunction);
      case 'Fn::And':
        if (operands.length < 2 || operands.length > 10) break;
        return operands.every(operand => evaluate(operand, scope, ruleFunction));
      case 'Fn::Or':
        if (operands.length < 2 || operands.length > 10) break;
        return operands.some(operand => evaluate(operand, scope, ruleFunction));
    }
  }
  throw invalid(`Template error: not a valid condition: ${JSON.stringify(value)}`);
}

/** Functions treat numbers and booleans of a template as strings. */
function scalar(value: Resolved): Resolved {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function text(value: Resolved, complaint: string): string {
  const string = scalar(value);
  if (typeof string !== 'string') throw invalid(`Template error: ${complaint}`);
  return string;
}

function list(value: Resolved, complaint: string): Json[] {
  if (!Array.isArray(value)) throw invalid(`Template error: ${complaint}`);
  return value;
}

function requireExtensions({ isExtended }: Scope, what: string): void {
  if (!isExtended) throw invalid(`Template error: ${what} requires the transform AWS::LanguageExtensions`);
}

const FUNCTIONS: { [name: string]: (argument: Json, scope: Scope) => Resolved } = {
  'Ref': (argument, scope) => scope.ref(text(argument, 'Ref requires a name')),

  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = getAttArguments(argument);
    return scope.getAtt(logicalId, text(resolve(attribute, scope), 'the attribute of Fn::GetAtt must be a string'));
  },

  'Fn::Sub': (argument, scope) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    if (typeof template !== 'string' || !isObject(variables)) {
      throw invalid('Template error: Fn::Sub requires a string, or a list of a string and a map of variables');
    }
    return template.replace(PLACEHOLDER, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      const complaint = `Fn::Sub cannot insert the value of ${name}: it is not a string`;
      if (Object.hasOwn(variables, name)) return text(resolve(variables[name], scope), complaint);
      return text(name.includes('.') ? scope.getAtt(...(getAttArguments(name) as [string, string])) : scope.ref(name), complaint);
    });
  },

  'Fn::Join': (argument, scope) => {
    const complaint = 'every Fn::Join object requires a string delimiter and a list of strings';
    const [delimiter, values] = list(argument, complaint);
    return list(resolve(values ?? null, scope), complaint).map(value => text(value, complaint)).join(text(delimiter, complaint));
  },

  'Fn::Select': (argument, scope) => {
    const complaint = 'every Fn::Select object requires an index and a list of values';
    const [position, values] = list(argument, complaint);
    const index = Number(text(resolve(position, scope), complaint));
    const resolved = list(resolve(values ?? null, scope), complaint);
    if (!Number.isInteger(index) || index < 0 || index >= resolved.length) {
      throw invalid(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
    }
    return resolved[index];
  },

  'Fn::Split': (argument, scope) => {
    const complaint = 'every Fn::Split object requires two parameters, a string delimiter and a string to be split';
    const [delimiter, value] = list(argument, complaint);
    return text(resolve(value ?? null, scope), complaint).split(text(delimiter, complaint));
  },

  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = Array.isArray(argument) && argument.length === 3 ? argument : [];
    if (typeof condition !== 'string') throw invalid('Template error: Fn::If requires the name of a condition and two values');
    return resolve(scope.condition(condition) ? then! : otherwise!, scope);
  },

  'Fn::FindInMap': (argument, scope) => {
    const complaint = 'Fn::FindInMap requires the name of a map and two keys';
    const [map, first, second, options] = list(argument, complaint);
    const [mapName, key, subkey] = [map, first, second].map(part => text(resolve(part ?? null, scope), complaint));
    const found = scope.mappings[mapName]?.[key]?.[subkey];
    if (found !== undefined) return found;
    if (options !== undefined) {
      requireExtensions(scope, 'Fn::FindInMap with a default value');
      if (isObject(options) && 'DefaultValue' in options) return resolve(options.DefaultValue, scope);
    }
    throw invalid(`Template error: Unable to get mapping for ${mapName}::${key}::${subkey}`);
  },

  'Fn::Base64': (argument, scope) => Buffer.from(text(resolve(argument, scope), 'Fn::Base64 requires a string')).toString('base64'),

  'Fn::Cidr': (argument, scope) => {
    const complaint = 'every Fn::Cidr object requires an address block, a count and the size of the subnets';
    const [block, count, cidrBits = 32] = list(argument, complaint).map(part => text(resolve(part, scope), complaint));
    return subnets(block, Number(count), Number(cidrBits));
  },

  'Fn::Length': (argument, scope) => {
    requireExtensions(scope, 'Fn::Length');
    return list(resolve(argument, scope), 'Fn::Length requires a list').length;
  },

  'Fn::ToJsonString': (argument, scope) => {
    requireExtensions(scope, 'Fn::ToJsonString');
    return JSON.stringify(resolve(argument, scope));
  },

  'Fn::GetAZs': (argument, scope) => {
    const region = text(resolve(argument, scope), 'Fn::GetAZs requires the name of a region') || scope.region;
    return ['a', 'b', 'c'].map(zone => region + zone);
  },

  'Fn::GetStackOutput': (argument, scope) => {
    const complaint = 'every Fn::GetStackOutput object requires a StackName and an OutputName, and allows a Region and a RoleArn';
    const members = resolve(argument, scope);
    if (!isObject(members as Json)) throw invalid(`Template error: ${complaint}`);
    const { StackName, OutputName, Region, RoleArn, ...others } = members as JsonObject;
    if (Object.keys(others).length > 0) throw invalid(`Template error: ${complaint}; got ${Object.keys(others).join(', ')}`);
    return scope.getStackOutput({
      stackName: text(StackName ?? null, complaint),
      outputName: text(OutputName ?? null, complaint),
      ...Region !== undefined && { region: text(Region, complaint) },
      ...RoleArn !== undefined && { roleArn: text(RoleArn, complaint) },
    });
  },

  'Fn::ImportValue': (argument, scope) => scope.importValue(text(resolve(argument, scope), 'Fn::ImportValue requires a name')),
};
