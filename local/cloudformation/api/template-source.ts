import { parseDocument, type ScalarTag, type CollectionTag, YAMLMap, YAMLSeq } from 'yaml';
import { invalid } from '../cloudformation-error';
import type { ApiContext } from './api-operation';

export interface TemplateInput {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
}

/** The maximum size of a template in a request, in bytes. A template in S3 may have 1 MB. */
const MAXIMUM_BODY = 51_200;
/** The functions with a short form. `Fn::ForEach` has none, because its key contains the name of the loop. */
const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'GetStackOutput', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select',
  'Split', 'Sub', 'ToJsonString', 'Transform',
];
/** S3 hosts that name a bucket. With any other host, the path contains the bucket. */
const IN_HOST = /^(.+)\.s3[.-][^/]*amazonaws\.com$/;

/** Returns the body of the template in a request or at its URL, as JSON. */
export function templateOf({ TemplateBody, TemplateURL }: TemplateInput, context: Pick<ApiContext, 's3'>): string | undefined {
  if (TemplateBody && Buffer.byteLength(TemplateBody) > MAXIMUM_BODY) {
    throw invalid(`1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAXIMUM_BODY}`);
  }
  const text = textOf({ member: 'Template', body: TemplateBody, url: TemplateURL }, context);
  return text && !/^\s*\{/.test(text) ? fromYaml(text) : text;
}

/** Returns a document in a request or at its URL. */
export function textOf({ member, body, url }: { member: string; body?: string; url?: string }, { s3 }: Pick<ApiContext, 's3'>): string | undefined {
  if (body && url) throw invalid(`Specify exactly one of ${member}Body or ${member}URL`);
  return url ? download(url, s3) : body || undefined;
}

function download(url: string, s3: ApiContext['s3']): string {
  if (!URL.canParse(url)) throw invalid(`TemplateURL must be a supported URL: ${url}`);
  const { hostname, pathname } = new URL(url);
  const inHost = IN_HOST.exec(hostname)?.[1];
  const [bucket, ...key] = [...inHost === undefined ? [] : [inHost], ...pathname.slice(1).split('/').map(decodeURIComponent)];
  try {
    return s3.getForService(bucket, key.join('/')).toString();
  } catch (error) {
    throw invalid(`S3 error: ${(error as Error).message}`);
  }
}

function fromYaml(text: string): string {
  const document = parseDocument(text, { customTags: (tags) => [...tags, ...SHORT_FORMS], schema: 'core', intAsBigInt: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw invalid(`Template format error: YAML not well-formed. ${problem.message}`);
  // JavaScript would round large integers.
  return JSON.stringify(document.toJS(), (_, value: unknown) => {
    if (typeof value !== 'bigint') return value;
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  });
}

/** The short forms of functions: `!Sub text` for `Fn::Sub: text`, and so on. */
const SHORT_FORMS: Array<ScalarTag | CollectionTag> = [
  ...['Ref', 'Condition'].map((name) => ({ name, member: name })),
  ...FUNCTIONS.map((name) => ({ name, member: `Fn::${name}` })),
].flatMap(({ name, member }): Array<ScalarTag | CollectionTag> => [
  { tag: `!${name}`, resolve: (value) => ({ [member]: name === 'GetAtt' ? splitAttribute(value) : value }) },
  { tag: `!${name}`, collection: 'seq', nodeClass: YAMLSeq, resolve: (value) => wrapped(member, value as YAMLSeq) },
  { tag: `!${name}`, collection: 'map', nodeClass: YAMLMap, resolve: (value) => wrapped(member, value as YAMLMap) },
]);

function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}

function wrapped(member: string, value: YAMLSeq | YAMLMap): YAMLMap {
  const map = new YAMLMap();
  map.set(member, value);
  return map;
}
