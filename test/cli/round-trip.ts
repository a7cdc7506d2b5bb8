import { createRequire } from 'node:module';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { transformSync } from 'esbuild';
import { constructFor } from '../../cli/import/import-job';
import * as library from '../../src';
import { JOB_KINDS, type JobKind, RESERVED_TAG_PREFIX, RESOURCE_TYPE } from '../../src/contract';
import type { RequestKind } from '../../src/validation/shape-constraints';
import { TYPE } from '../fixtures/notebooks';

type Json = any;

const ENVIRONMENT: { readonly [name: string]: string } = {
  'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111122223333', 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com',
};

/** A value of a template as CloudFormation would resolve it. */
function resolved(value: Json, template: Json): Json {
  if (Array.isArray(value)) return value.map((item) => resolved(item, template)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return ENVIRONMENT[value.Ref] ?? idOf(value.Ref, template);
  if ('Fn::GetAtt' in value) {
    const [logicalId, attribute] = value['Fn::GetAtt'];
    // The locations of the outputs of a job, which another job reads.
    if (/^Custom::/.test(template.Resources[logicalId]?.Type) && !/(Name|Arn)$/.test(attribute)) return `s3://acme-data/${logicalId}/${attribute}`;
    return attribute === 'Arn' ? arnOf(logicalId, template) : idOf(logicalId, template);
  }
  if ('Fn::Base64' in value) return Buffer.from(resolved(value['Fn::Base64'], template)).toString('base64');
  if ('Fn::Join' in value) return resolved(value['Fn::Join'][1], template).join(value['Fn::Join'][0]);
  if ('Fn::Sub' in value) return String(value['Fn::Sub']).replace(/\$\{([^}]+)\}/g, (_all, name) => ENVIRONMENT[name] ?? name);
  if ('Fn::FindInMap' in value || 'Fn::Select' in value) return 'x';
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolved(item, template)]));
}

function idOf(logicalId: string, template: Json): string {
  const type: string = template.Resources[logicalId]?.Type ?? '';
  if (/Subnet$/.test(type)) return `subnet-${Buffer.from(logicalId).toString('hex').slice(-8)}`;
  if (/SecurityGroup$/.test(type)) return `sg-${Buffer.from(logicalId).toString('hex').slice(-8)}`;
  return logicalId.toLowerCase();
}

function arnOf(logicalId: string, template: Json): string {
  const type: string = template.Resources[logicalId]?.Type ?? '';
  if (type === 'AWS::KMS::Key') return `arn:aws:kms:eu-west-1:111122223333:key/${logicalId}`;
  if (type === 'AWS::Lambda::Function') return `arn:aws:lambda:eu-west-1:111122223333:function:${logicalId}`;
  return `arn:aws:iam::111122223333:role/${logicalId}`;
}

const load = createRequire(__filename);

/** The requests of all resources of a kind in a template, without their names. */
export function requestsIn(template: Json, kind: RequestKind): Json[] {
  const resources = Object.values<Json>(template.Resources);
  const propertiesOf = (type: string): Json[] => resources.filter(({ Type }) => Type === type).map(({ Properties = {} }) => Properties);
  if (isJob(kind)) return propertiesOf(RESOURCE_TYPE[kind]).map(({ Request }) => resolved(Request, template));
  // A custom resource sets what CloudFormation cannot set.
  const [{ IpAddressType = undefined, PlatformIdentifier = undefined } = {}] = kind === 'notebookInstance' ? propertiesOf(TYPE.state) : [];
  return propertiesOf(kind === 'notebookInstance' ? TYPE.notebook : TYPE.lifecycleConfig).map((properties) => {
    const { [`${kind[0].toUpperCase()}${kind.slice(1)}Name`]: _name, Tags, ...request } = properties;
    // The construct sets the reserved tags itself.
    const tags = (Tags as Json[] | undefined)?.filter(({ Key }) => !Key.startsWith(RESERVED_TAG_PREFIX)) ?? [];
    return resolved({
      ...request, ...tags.length > 0 && { Tags: tags }, ...IpAddressType && { IpAddressType }, ...PlatformIdentifier && { PlatformIdentifier },
    }, template);
  });
}

export function isJob(kind: RequestKind): kind is JobKind {
  return kind in JOB_KINDS;
}

/** The request that the written construct renders. */
export function requestOf(source: string, kind: RequestKind): Json {
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs' });
  const run = new Function('require', `${code}\nreturn stack;`) as (require: (name: string) => unknown) => Stack;
  return requestsIn(Template.fromStack(run((name) => (name === 'cdk-sagemaker-jobs' ? library : load(name)))).toJSON(), kind)[0];
}

/** The paths at which two requests differ. */
export function differences(one: Json, other: Json, path = ''): string[] {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return String(one) === String(other) ? [] : [path];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) => differences(one[key], other[key], path === '' ? key : `${path}.${key}`));
}

/** The source for a request, and the differences of the request that it renders. */
export function roundTripOf(kind: RequestKind, request: Json): { readonly source: string; readonly differences: string[] } {
  const source = constructFor(kind, request);
  return { source, differences: differences(request, requestOf(source, kind)) };
}
