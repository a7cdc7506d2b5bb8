import type { Json } from '../services';
import type { Scope } from './intrinsics';
import type { RetentionPolicy } from './state';
import type { ParameterDefinition } from './template-parameters';
import type { Rule } from './template-rules';
import type { JsonObject } from '../json';

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Metadata?: JsonObject;
  readonly DependsOn?: string | string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: RetentionPolicy;
  readonly UpdateReplacePolicy?: RetentionPolicy;
  readonly Description?: string;
}

export interface OutputDefinition {
  readonly Value: Json;
  readonly Description?: string;
  readonly Export?: { readonly Name: Json };
  readonly Condition?: string;
}

/** The document of a template. */
export interface TemplateBody {
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Resources: { [logicalId: string]: ResourceDefinition };
  readonly Outputs?: { [key: string]: OutputDefinition };
  readonly Parameters?: { [name: string]: ParameterDefinition };
  readonly Conditions?: { [name: string]: Json };
  readonly Mappings?: Scope['mappings'];
  readonly Rules?: { [name: string]: Rule };
  readonly Transform?: Json;
}
