import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { OPEN_VALUES } from './open-values';
import { FACTORY_PARAMETERS, PROPERTY_TYPES } from './property-types.generated';
import { byProperty, messageOf, type Violation } from './violation';

/** A member of all values of a type. `instanceof` would reject the values of another copy of the module. */
const MEMBERS: { readonly [type: string]: string } = {
  ...Object.fromEntries(Object.values(OPEN_VALUES).map((type) => [type, 'value'])),
  CompilationModel: '_bind',
  CompilationTarget: '_bind',
  CompilerSettings: '_bind',
  ContainerImage: 'bind',
  Duration: 'toSeconds',
  CfnModel: 'attrModelName',
  Evaluator: 'evaluatorArn',
  HyperParameterTuningJobObjective: 'metricName',
  IBucket: 'bucketArn',
  IFunction: 'functionArn',
  IHyperParameterTuningJob: 'bestTrainingJob',
  IKey: 'keyArn',
  InputChannel: '_bind',
  IRepository: 'repositoryName',
  IRole: 'roleArn',
  ISecurityGroup: 'securityGroupId',
  ITrainingJob: 'modelArtifacts',
  IVpc: 'selectSubnets',
  NotebookInstanceCodeRepository: '_bind',
  NotebookInstanceLifecycleScript: '_bind',
  OptimizationModelSource: '_bind',
  OptimizationTechnique: '_bind',
  ParameterRange: '_bind',
  ProcessingInput: '_bind',
  ProcessingOutput: '_bind',
  ProcessingScript: '_bind',
  S3Location: 'bind',
  Size: 'toGibibytes',
  SpeculativeDecodingTrainingData: '_bind',
  TransformInput: '_bind',
  TransformModel: '_bindModel',
};

/** The rules of primitive types. */
const PRIMITIVES: { readonly [type: string]: string } = {
  string: 'must be a string',
  number: 'must be a number',
  boolean: 'must be true or false',
};

/** The factories of types, for users who specified a string instead. */
const FACTORIES: { readonly [type: string]: string } = {
  ContainerImage: 'ContainerImage.fromUri()',
  Evaluator: 'Evaluator.fromEvaluatorArn()',
  IKey: 'kms.Key.fromKeyArn()',
  IRole: 'iam.Role.fromRoleArn()',
  S3Location: 'S3Location.fromUri()',
  TransformModel: 'TransformModel.fromModelName()',
};

/** The structures whose properties users pass on, with their names in messages: of constructs, of channels, and of the inputs and outputs of processing jobs. */
const PASSED: ReadonlyArray<{ readonly [structure: string]: string }> = [
  {
    TrainingJobProps: 'TrainingJob',
    HyperParameterTuningJobProps: 'HyperParameterTuningJob',
    HyperParameterTrainingJobDefinition: 'the definition of a tuning job',
    CompilationJobProps: 'CompilationJob',
    ProcessingJobProps: 'ProcessingJob',
    TransformJobProps: 'TransformJob',
    OptimizationJobProps: 'OptimizationJob',
    NotebookInstanceProps: 'NotebookInstance',
    TrainingJobTaskStateProps: 'TrainingJob.taskState()',
    HyperParameterTuningJobTaskStateProps: 'HyperParameterTuningJob.taskState()',
    ProcessingJobTaskStateProps: 'ProcessingJob.taskState()',
    TransformJobTaskStateProps: 'TransformJob.taskState()',
  },
  {
    ManifestChannelOptions: 'a channel from Amazon S3',
    FileSystemChannelOptions: 'a channel from a file system',
    InputChannelOptions: 'a channel from a dataset of a hub',
  },
  {
    ManifestInputOptions: 'an input from Amazon S3',
    AthenaInputOptions: 'an input from an Athena query',
    RedshiftInputOptions: 'an input from a Redshift query',
    S3OutputOptions: 'an output to Amazon S3',
  },
  {
    TransformInputOptions: 'an input from a prefix',
    TransformManifestOptions: 'an input from a manifest',
  },
];

/**
 * Checks the props of a construct for required properties and types, and returns them. In plain JavaScript, nothing else checks
 * them, and the construct would fail with an error that does not name it.
 */
export function typedProps<T extends object>(scope: Construct, id: string, structure: string, props: T): T {
  throwViolations(`${scope.node.path}/${id}`.replace(/^\//, ''), typeViolations(structure, props));
  return props;
}

/**
 * Checks the arguments of the static methods of a class, which create the values of properties, for required values and types. The
 * class is the decorated one; its name is a parameter, because bundlers change the names of classes.
 */
export function typedFactories(className: string): (type: any) => void {
  return (type) => {
    for (const [factory, types] of Object.entries(FACTORY_PARAMETERS).filter(([name]) => name.startsWith(`${className}.`))) {
      const method = factory.slice(className.length + 1);
      const unchecked = type[method];
      type[method] = function (...args: unknown[]) {
        throwViolations(`${factory}()`, Object.entries(types).flatMap(([parameter, expected], index) => requiredViolations(expected, args[index], parameter)));
        return unchecked.apply(this, args);
      };
    }
  };
}

function throwViolations(subject: string, violations: Violation[]): void {
  if (violations.length === 0) return;
  const messages = violations.sort(byProperty).map((violation) => `  [${subject}] ${messageOf(violation)}`);
  throw new Error(`Validation failed with the following errors:\n${messages.join('\n')}`);
}

/** Returns the properties without a value, or with a value of another type. */
export function typeViolations(structure: string, props: unknown, property?: string): Violation[] {
  const at = (name: string) => (property === undefined ? name : `${property}.${name}`);
  if (!isObject(props)) return [{ property: property ?? 'props', rule: 'must be an object', value: described(props) }];
  return Object.entries(PROPERTY_TYPES[structure]).flatMap(([name, type]) => requiredViolations(type, props[name], at(name)));
}

function requiredViolations(type: string, value: unknown, property: string): Violation[] {
  if (value === undefined) return type.endsWith('!') ? [{ property, rule: `must be specified${ofType(type)}` }] : [];
  return violationsOf(type.replace(/!$/, ''), value, property);
}

function violationsOf(type: string, value: unknown, property: string): Violation[] {
  if (Token.isUnresolved(value)) return [];
  if (type.endsWith('[]')) {
    if (!Array.isArray(value)) return [{ property, rule: 'must be a list', value: described(value) }];
    return value.flatMap((element, index) => violationsOf(type.slice(0, -2), element, `${property}[${index}]`));
  }
  if (PROPERTY_TYPES[type]) return typeViolations(type, value, property);
  if (PRIMITIVES[type]) return isPrimitive(type, value) ? [] : [{ property, rule: PRIMITIVES[type], value: described(value) }];
  if (type === 'map') return isObject(value) ? [] : [{ property, rule: 'must be an object', value: described(value) }];
  const member = MEMBERS[type];
  if (member === undefined ? value !== null : isObject(value) && member in value) return [];
  return [{ property, rule: `must be of type ${type}`, value: described(value), advice: adviceOf(type, value) }];
}

/** Returns the properties of a structure that do not have the effect on which a user relies. */
export function propertyViolations(structure: string, props: object): Violation[] {
  return [...lostProperties(structure, props), ...wrongBooleans(structure, props)];
}

/**
 * Returns the booleans of another type. A request does not contain all booleans, and a context value of the command line is a string,
 * so `false` would be true. An expression of a state machine in JSONata can have the value of a boolean.
 */
function wrongBooleans(structure: string, props: object): Violation[] {
  return Object.entries(props).filter(([name, value]) => (
    PROPERTY_TYPES[structure][name] === 'boolean' && value !== undefined && typeof value !== 'boolean'
    && !Token.isUnresolved(value) && !/^\{%.*%\}$/s.test(String(value))
  )).map(([property, value]) => ({ property, rule: PRIMITIVES.boolean, value }));
}

/**
 * Returns the properties that a structure does not have, but another structure of its family has. They have no effect, although a
 * user who passes the props of one construct to another relies on them. Properties that no structure has belong to the user's own
 * code, such as a subclass.
 */
function lostProperties(structure: string, props: object): Violation[] {
  const own = PROPERTY_TYPES[structure];
  const family = PASSED.find((names) => names[structure] !== undefined)!;
  return Object.entries(props).filter(([property, value]) => value !== undefined && own[property] === undefined).flatMap(([property]) => {
    const owner = Object.keys(family).find((other) => PROPERTY_TYPES[other][property] !== undefined);
    return owner === undefined ? [] : [{
      property, rule: `cannot be passed to ${family[structure]}: it is a property of ${family[owner]}`, advice: 'remove it',
    }];
  });
}

/** Whether a value has a primitive type. Numbers and booleans of another type are reported together with the faults of the request. */
function isPrimitive(type: string, value: unknown): boolean {
  return type === 'string' ? typeof value === type : ['string', 'number', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is { readonly [property: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Describes a value. Only short and meaningful values are shown. */
function described(value: unknown): string {
  if (typeof value === 'string') return `the string ${value}`;
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? `an object of ${value.constructor?.name ?? 'no class'}` : String(value);
}

function adviceOf(type: string, value: unknown): string | undefined {
  // `fromRoleArn` throws an error of its own for the name of a role.
  if (type === 'IRole' && typeof value === 'string' && !value.startsWith('arn:')) return 'use iam.Role.fromRoleName()';
  const factory = FACTORIES[type] ?? (MEMBERS[type] === 'value' ? `${type}.of()` : undefined);
  return typeof value === 'string' && factory ? `use ${factory}` : undefined;
}

function ofType(type: string): string {
  const name = type.replace(/!$/, '');
  return MEMBERS[name] ? ` (of type ${name})` : '';
}
