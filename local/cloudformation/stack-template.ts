import type { Json, ParameterStore } from '../services';
import type { Environment } from './cloudformation-environment';
import { invalid } from './cloudformation-error';
import { checkSecureReferences, plainValue, withParameters } from './dynamic-references';
import { evaluate, NO_VALUE, resolve, type Scope } from './intrinsics';
import { withoutLoops } from './loops';
import { references } from './references';
import { isCustom } from './resource-kinds';
import type { OutputReference } from './stack-outputs';
import type { StackSource } from './stack-source';
import type { DesiredResource, Output } from './state';
import type { OutputDefinition, ResourceDefinition, TemplateBody } from './template-body';
import { checkFormat } from './template-format';
import { parameterValues } from './template-parameters';
import { checkRules } from './template-rules';
import type { JsonObject } from '../json';

/** The values that a template reads while it is deployed. */
export interface Deployed {
  ref(logicalId: string): Json;
  getAtt(logicalId: string, attribute: string): Json;
  importValue(name: string): Json;
  /** The value of an output of another stack. */
  getStackOutput(reference: OutputReference): Json;
}

const NOTHING_DEPLOYED: Deployed = {
  ref: name => { throw invalid(`Template format error: ${name} is a resource and cannot be used here`); },
  getAtt: name => { throw invalid(`Template format error: ${name} is a resource and cannot be used here`); },
  importValue: () => { throw invalid('Template error: the attribute Fn::ImportValue is not allowed here'); },
  getStackOutput: () => { throw invalid('Template error: Fn::GetStackOutput is not allowed here'); },
};

export const PSEUDO_PARAMETERS = [
  'AWS::Region', 'AWS::AccountId', 'AWS::Partition', 'AWS::URLSuffix', 'AWS::StackName', 'AWS::StackId', 'AWS::NotificationARNs', 'AWS::NoValue',
];

/** A template with the parameters of one deployment. Conditions are evaluated; resources do not exist yet. */
export class Template {
  /** The document after its transforms. */
  readonly body: TemplateBody;
  /** The resources whose condition is true. */
  readonly resources: { [logicalId: string]: ResourceDefinition };
  readonly outputs: { [key: string]: OutputDefinition };
  readonly parameters: { [name: string]: Json };
  /** The values that were read from the Parameter Store. */
  readonly resolved: { [name: string]: string } = {};
  private readonly decided = new Map<string, boolean | 'undecided'>();

  constructor(
    given: TemplateBody,
    { parameters, resolved }: Pick<StackSource, 'parameters' | 'resolved'>,
    private readonly environment: Environment & { readonly stackName: string; readonly stackId: string },
    private readonly stored: Pick<ParameterStore, 'find' | 'value'>,
  ) {
    this.body = given;
    this.parameters = parameterValues(given.Parameters ?? {}, parameters, ({ name, key }) => {
      // A value that was read once applies to the whole operation and to its rollback.
      const value = resolved?.[name] ?? plainValue(key, stored);
      if (value !== undefined) this.resolved[name] = value;
      return value;
    });
    if (given.Transform !== undefined) this.body = this.processed(given);
    const { body } = this;
    checkRules(body.Rules ?? {}, this.scope(NOTHING_DEPLOYED));
    for (const name of Object.keys(body.Conditions ?? {})) this.condition(name);
    const isIncluded = ([, item]: [string, { Condition?: string }]) => item.Condition === undefined || this.condition(item.Condition);
    this.resources = Object.fromEntries(Object.entries(body.Resources).filter(isIncluded));
    this.outputs = Object.fromEntries(Object.entries(body.Outputs ?? {}).filter(isIncluded));
  }

  readonly condition = (name: string): boolean => {
    const decided = this.decided.get(name);
    if (typeof decided === 'boolean') return decided;
    const definition = this.body.Conditions?.[name];
    if (definition === undefined) throw invalid(`Template format error: Unresolved condition dependency ${name}`);
    if (decided === 'undecided') throw invalid(`Template error: Circular condition dependency ${name}`);
    this.decided.set(name, 'undecided');
    const result = evaluate(definition, this.scope(NOTHING_DEPLOYED));
    this.decided.set(name, result);
    return result;
  };

  /** The resources that must be complete before this one starts. */
  dependencies(logicalId: string): string[] {
    const { Properties, Metadata, DependsOn } = this.resources[logicalId];
    const names = new Set([DependsOn ?? []].flat());
    for (const part of [Properties, Metadata]) {
      for (const { name } of references(part ?? {}, this.condition)) names.add(name);
    }
    return [...names].filter(name => Object.hasOwn(this.resources, name));
  }

  /**
   * Returns a resource with the values that it reads from others.
   *
   * @param unknown The value of properties that cannot be resolved. Default: they are an error
   */
  desired(logicalId: string, deployed: Deployed, unknown?: Json): DesiredResource {
    const definition = this.resources[logicalId];
    const resolved = (value: Json) => {
      try {
        return this.value(value, deployed);
      } catch (error) {
        if (unknown === undefined) throw error;
        return unknown;
      }
    };
    const properties = Object.entries(definition.Properties ?? {})
      .map(([name, value]) => [name, resolved(value)] as const)
      .filter((property): property is [string, Json] => property[1] !== NO_VALUE);
    if (unknown === undefined) checkSecureReferences(definition.Type, Object.fromEntries(properties), isCustom(definition.Type));
    return {
      logicalId,
      type: definition.Type,
      properties: Object.fromEntries(properties),
      metadata: definition.Metadata && resolved(definition.Metadata) as Json,
      dependencies: this.dependencies(logicalId),
      deletionPolicy: definition.DeletionPolicy ?? 'Delete',
      updateReplacePolicy: definition.UpdateReplacePolicy ?? 'Delete',
    };
  }

  resolvedOutputs(deployed: Deployed): Output[] {
    return Object.entries(this.outputs).map(([key, { Value, Description, Export }]) => {
      const value = this.resolve(Value, deployed);
      if (!['string', 'number', 'boolean'].includes(typeof value)) {
        throw invalid(`Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`);
      }
      return {
        key,
        value: String(value),
        ...Description && { description: Description },
        ...Export && { exportName: String(this.resolve(Export.Name, NOTHING_DEPLOYED)) },
      };
    });
  }

  /** The names of the exports that the template reads. */
  imports(): string[] {
    const names = new Set<string>();
    const collect = (value: Json) => {
      if (typeof value !== 'object' || value === null) return;
      if ('Fn::ImportValue' in value) names.add(String(this.resolve(value['Fn::ImportValue'], NOTHING_DEPLOYED)));
      else if (!Array.isArray(value) && Array.isArray(value['Fn::If'])) collect(value['Fn::If'][this.condition(String(value['Fn::If'][0])) ? 1 : 2]);
      else Object.values(value).forEach(collect);
    };
    for (const { Properties } of Object.values(this.resources)) collect(Properties ?? {});
    for (const { Value } of Object.values(this.outputs)) collect(Value);
    return [...names];
  }

  /** The properties of all resources, with placeholders for values that are known once they are deployed. */
  effects(): { readonly [logicalId: string]: JsonObject } {
    const placeholders: Deployed = {
      ref: (logicalId) => `{${logicalId}}`,
      getAtt: (logicalId, attribute) => `{${logicalId}.${attribute}}`,
      importValue: (name) => `{${name}}`,
      getStackOutput: (reference) => JSON.stringify(reference),
    };
    return Object.fromEntries(Object.keys(this.resources).map((logicalId) => [logicalId, this.desired(logicalId, placeholders, '?').properties]));
  }

  /** Applies AWS::LanguageExtensions. */
  private processed(given: TemplateBody): TemplateBody {
    const collection = (value: Json) => this.resolve(value, NOTHING_DEPLOYED);
    const body = withoutLoops(given as unknown as Json, collection) as unknown as TemplateBody;
    checkFormat(body);
    return body;
  }

  pseudo(): { [name: string]: Json | typeof NO_VALUE } {
    const { region, account, partition, urlSuffix, stackName, stackId } = this.environment;
    return {
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::Partition': partition,
      'AWS::URLSuffix': urlSuffix,
      'AWS::StackName': stackName,
      'AWS::StackId': stackId,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': NO_VALUE,
    };
  }

  private value(value: Json, deployed: Deployed): Json | typeof NO_VALUE {
    const result = resolve(value, this.scope(deployed));
    return result === NO_VALUE ? result : withParameters(result, this.stored);
  }

  private resolve(value: Json, deployed: Deployed): Json {
    const result = this.value(value, deployed);
    return result === NO_VALUE ? null : result;
  }

  private scope(deployed: Deployed): Scope {
    const values = { ...this.pseudo(), ...this.parameters };
    return {
      region: this.environment.region,
      mappings: this.body.Mappings ?? {},
      condition: this.condition,
      ref: name => Object.hasOwn(values, name) ? values[name] : deployed.ref(name),
      getAtt: deployed.getAtt,
      importValue: deployed.importValue,
      getStackOutput: deployed.getStackOutput,
      isExtended: this.body.Transform !== undefined,
    };
  }
}
