import { SHAPES } from '../../src/validation/model.generated';

/** A text that matches a pattern, one that does not, and what is said of that. */
interface Example {
  readonly good: string;
  readonly bad: string;
  readonly says: string;
}

const NAME = { good: 'a-1', bad: 'a_1', says: 'must consist of letters, digits and hyphens, with no hyphen at either end' };
const NO_LINE_BREAKS = { good: 'a', bad: 'a\nb', says: 'must not have line breaks' };
const ID = { good: 'sg-1', bad: 'sg_1', says: 'must be an id of letters, digits and hyphens' };
const TAG = { good: 'a b/1', bad: 'a#b', says: 'must consist of letters, digits, spaces and _ . : / = + - @' };
const arn = (good: string): Example => ({ good, bad: `x${good}`, says: 'must match ' });

/** By the beginnings of the patterns. */
const EXAMPLES: { readonly [pattern: string]: Example } = {
  '.*': NO_LINE_BREAKS,
  '.+': NO_LINE_BREAKS,
  '(?!\\s*$).+': { good: 'a', bad: ' ', says: 'must not be blank, and not have line breaks' },
  '[\\S]+': { good: 'a/b:1', bad: 'a b', says: 'must not have spaces' },
  '[a-zA-Z0-9](-*[a-zA-Z0-9])': NAME,
  '[a-zA-Z0-9]([\\-a-zA-Z0-9]*[a-zA-Z0-9])?': NAME,
  '[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*': { good: 'al2-ami', bad: 'al2_ami', says: 'must match [a-zA-Z0-9]+(-[a-zA-Z0-9]+)*' },
  '[a-zA-Z0-9]([_-]*[a-zA-Z0-9])': { good: 'a_1', bad: 'a b', says: 'must consist of letters, digits, hyphens and underscores, with a letter or digit at both ends' },
  '[a-zA-Z0-9._-]+': { good: 'a.b-c_d', bad: 'a b', says: 'must consist of letters, digits, dots, hyphens and underscores' },
  '[\\u0020-': { good: 'AwsDataCatalog', bad: 'a\u0000b', says: 'must consist of printable characters' },
  '[-0-9a-zA-Z]+': ID,
  '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)': TAG,
  '[A-Za-z0-9\\.\\-_]+': { good: 'a.b-c_d', bad: 'a b', says: 'must consist of letters, digits, dots, hyphens and underscores' },
  '[a-zA-Z_][a-zA-Z0-9_]{0,1023}': { good: 'A_1', bad: '1A', says: 'must consist of letters, digits and underscores, with no digit at the beginning' },
  '[a-zA-Z_][a-zA-Z0-9_]*': { good: 'A_1', bad: '1A', says: 'must consist of letters, digits and underscores, with no digit at the beginning' },
  '[a-zA-Z0-9:/_-]*': { good: 'alias/key', bad: 'a key', says: 'must match [a-zA-Z0-9:/_-]*' },
  '[0-9]\\.[A-Za-z0-9.]+': { good: '1.13', bad: 'v1.13', says: 'must match [0-9]\\.[A-Za-z0-9.]+' },
  '(fs-[0-9a-f]{8,})': { good: 'fs-01234567', bad: 'efs-01234567', says: 'must match (fs-[0-9a-f]{8,})' },
  '(https|s3)://': { good: 's3://bucket/key', bad: 'bucket/key', says: 'must begin with s3:// or https://, and name a bucket' },
  'https://([^/]+)/?(.*)$|': { good: 'https://example.com/a.git', bad: 'git@example.com:a.git', says: 'must be a URL that begins with https://, or the name of a code repository' },
  'arn:aws[a-z\\-]*:iam::': { good: 'arn:aws:iam::111122223333:role/train', bad: 'role/train-that-is-no-arn', says: 'must be the ARN of a role' },
  '(arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:[a-z\\-]*\\/)?': { good: 'algorithm', bad: 'algorithm-', says: 'must match ' },
  'arn:[a-zA-Z0-9\\-]+:lambda:': arn('arn:aws:lambda:eu-west-1:111122223333:function:credentials'),
  'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:mlflow-': arn('arn:aws:sagemaker:eu-west-1:111122223333:mlflow-tracking-server/server'),
  'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:training-plan/': arn('arn:aws:sagemaker:eu-west-1:111122223333:training-plan/plan'),
  'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]{9,16}:[0-9]{12}:model-package-group/': arn('arn:aws:sagemaker:eu-west-1:111122223333:model-package-group/group'),
  'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]{9,16}:[0-9]{12}:model-package/': arn('arn:aws:sagemaker:eu-west-1:111122223333:model-package/group/1'),
  '(arn:[a-z0-9-\\.]{1,63}:sagemaker:\\w+(?:-\\w+)+:(\\d{12}|aws):hub-content\\/)[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}\\/DataSet': arn('arn:aws:sagemaker:eu-west-1:aws:hub-content/Hub/DataSet/data/1.0.0'),
  '(arn:[a-z0-9-\\.]{1,63}:sagemaker:\\w+(?:-\\w+)+:(\\d{12}|aws):hub-content\\/)[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}\\/Model': arn('arn:aws:sagemaker:eu-west-1:aws:hub-content/Hub/Model/model/1.0.0'),
};

/** The example of a pattern; there has to be one. */
export function exampleOf(pattern: string): Example {
  const found = Object.keys(EXAMPLES).find((beginning) => (beginning.startsWith('.') ? pattern === beginning : pattern.startsWith(beginning)));
  if (found === undefined) throw new Error(`There is no example of ${pattern}.`);
  return EXAMPLES[found];
}

/** A text of a length; it begins as the pattern demands. */
export function textOf(length: number, pattern = '.*'): string {
  return exampleOf(pattern).good.padEnd(length, 'a').slice(0, length);
}

/** A value that the model takes, with every member that there is. */
export function wholeValue(name: string): any {
  const { enum: values, key, member, members = {}, min = 0, pattern, type, value } = SHAPES[name];
  switch (type) {
    case 'structure': return Object.fromEntries(Object.entries(members).map(([each, shape]) => [each, wholeValue(shape)]));
    case 'list': return Array.from({ length: Math.max(min, 1) }, () => wholeValue(member!));
    case 'map': return { [wholeValue(key!)]: wholeValue(value!) };
    case 'string': return values ? values[0] : textOf(Math.max(min, exampleOf(pattern ?? '.*').good.length), pattern);
    case 'boolean': return true;
    default: return Math.max(min, 1);
  }
}
