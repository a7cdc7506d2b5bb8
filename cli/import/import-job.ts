import { readFileSync } from 'node:fs';
import { addedMembers } from './added-members';
import { ConstructProps, type Omission } from './construct-props';
import { type Language, translated } from './translate';
import { literal, printed, TypeScriptSource } from './typescript-source';
import { JOB_KINDS, RESERVED_TAG_PREFIX } from '../../src/contract';
import { CREATE, SHAPES } from '../../src/validation/model.generated';
import { maybeSecret, READABLE_MAPS } from '../../src/validation/secret-values';
import type { RequestKind } from '../../src/validation/shape-constraints';
import { AwsClients, type AwsEnvironment } from '../aws-clients';
import { isNotFound, messageFor, UserError } from '../user-error';

export interface ImportOptions extends AwsEnvironment {
  readonly kind: string;
  readonly name?: string;
  /** A file with a create request, or `-` for the standard input. */
  readonly request?: string;
  /** The language of the construct. */
  readonly language: 'typescript' | Language;
}

type Request = Record<string, any>;

/** A kind of resource with a construct. */
interface ResourceKind {
  /** The resource in the names of operations and members. */
  readonly noun: string;
  readonly label: string;
  /** The resource in ARNs and on the command line. */
  readonly arnResource: string;
}

const KINDS: { readonly [kind in RequestKind]: ResourceKind } = {
  ...JOB_KINDS,
  notebookInstance: { noun: 'NotebookInstance', label: 'notebook instance', arnResource: 'notebook-instance' },
  notebookInstanceLifecycleConfig: {
    noun: 'NotebookInstanceLifecycleConfig', label: 'lifecycle configuration', arnResource: 'notebook-instance-lifecycle-config',
  },
};

/** The kinds by their names on the command line. Long names have a short form. */
const BY_NAME = new Map<string, RequestKind>([
  ...Object.entries(KINDS).map(([kind, { arnResource }]) => [arnResource, kind as RequestKind] as const),
  ['tuning-job', 'hyperParameterTuningJob'],
  ['lifecycle-config', 'notebookInstanceLifecycleConfig'],
]);

/** The kinds whose constructs append the name of the job to the locations of outputs, as SageMaker does for training jobs. */
const SEPARATE: ReadonlySet<RequestKind> = new Set(['compilationJob', 'processingJob', 'optimizationJob', 'transformJob']);

/** Prints the construct of a resource that exists, or of a create request. Returns the exit status. */
export async function importJob(options: ImportOptions): Promise<number> {
  try {
    const kind = BY_NAME.get(options.kind);
    if (kind === undefined) throw new UserError(`unknown kind '${options.kind}'; available: ${[...BY_NAME.keys()].join(', ')}`);
    const source = constructFor(kind, await requestFrom(kind, options));
    process.stdout.write(options.language === 'typescript' ? source : translated(source, options.language));
    return 0;
  } catch (error) {
    console.error(messageFor(error));
    return 2;
  }
}

/** Returns the app with the construct that renders a request. */
export function constructFor(kind: RequestKind, request: Request): string {
  const { noun } = KINDS[kind];
  const isJob = kind in JOB_KINDS;
  const source = new TypeScriptSource();
  const writer = new ConstructProps(source, kind, `${source.use(noun)}Props`);
  const { [`${noun}Name`]: name, Tags: tags = [], ...members } = request;
  const secrets: Omission[] = [];
  const props = writer.write(withoutSecrets(members, [], secrets) as Request);
  const shownTags = (tags as Request[]).filter(({ Key }) => !Key.startsWith(RESERVED_TAG_PREFIX) && !Key.startsWith('aws:'));
  if (shownTags.length > 0) source.use('Tags', 'aws-cdk-lib');
  const variable = isJob ? 'job' : noun[0].toLowerCase() + noun.slice(1);
  return source.print(environmentOf(request), [
    `${shownTags.length > 0 ? `const ${variable} = ` : ''}new ${noun}(stack, ${literal(idOf(name ?? noun))}, ${printed(props)});`,
    ...shownTags.map(({ Key, Value }) => `Tags.of(${variable}).add(${literal(Key)}, ${literal(Value)});`),
  ], [
    ...name === undefined ? [] : [`The construct of ${name}. ${isJob ? 'It names its jobs itself' : 'CloudFormation generates its name'}; to keep the name, specify ${noun[0].toLowerCase()}${noun.slice(1)}Name.`],
    ...kind === 'notebookInstanceLifecycleConfig' ? ['The scripts are complete. Check that they contain no secrets.'] : [],
    ...SEPARATE.has(kind) ? ['Each job writes to prefixes with its own name, below the locations of the request. To write to them, specify separateOutput: false.'] : [],
    ...addedMembers(kind, members).map((member) => `Added: ${member}: the default of the construct.`),
    ...[...secrets, ...writer.omissions].map(({ member, reason }) => `Not contained: ${member}: ${reason}.`),
  ]);
}

async function requestFrom(kind: RequestKind, { name, request, ...place }: ImportOptions): Promise<Request> {
  if (name === undefined) return parsed(readFileSync(request === undefined || request === '-' ? 0 : request, 'utf8'));
  const aws = new AwsClients(place);
  const { label, noun } = KINDS[kind];
  try {
    const description = await aws.callSageMaker(`Describe${noun}`, { [`${noun}Name`]: name });
    const { Tags } = await aws.callSageMaker('ListTags', { ResourceArn: description[`${noun}Arn`], MaxResults: 100 });
    return { ...membersOf(CREATE[kind], kind === 'notebookInstance' ? notebookMembers(description) : description), Tags };
  } catch (error) {
    if (isNotFound(error)) throw new UserError(`The ${label} ${name} does not exist in ${await aws.region()}. Check its name, the Region and the account.`);
    throw error;
  }
}

function parsed(text: string): Request {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`The request is not JSON: ${(error as Error).message}`);
  }
}

/** The description of a notebook instance, with the names of the members in its request. */
function notebookMembers({ IpAddressType, NotebookInstanceLifecycleConfigName, SecurityGroups, ...description }: Request): Request {
  return {
    ...description,
    // The default, which the construct sets with a custom resource.
    ...IpAddressType !== 'ipv4' && { IpAddressType },
    LifecycleConfigName: NotebookInstanceLifecycleConfigName,
    SecurityGroupIds: SecurityGroups,
  };
}

/** The members that SageMaker describes as false if a request lacks them. */
const FALSE_BY_DEFAULT: readonly string[] = ['EnableNetworkIsolation', 'EnableInterContainerTrafficEncryption', 'EnableManagedSpotTraining'];

/** The members of a description that a create request has, too, without those that the description adds. */
function membersOf(shape: string, value: any): any {
  const { type, members = {}, member } = SHAPES[shape];
  if (value === undefined || value === null) return undefined;
  if (type === 'list') return value.length === 0 ? undefined : value.map((item: unknown) => membersOf(member!, item));
  if (type !== 'structure') return typeof value === 'object' && Object.keys(value).length === 0 ? undefined : value;
  const entries = Object.entries(members)
    .filter(([name]) => !(value[name] === false && FALSE_BY_DEFAULT.includes(name)))
    .map(([name, inner]) => [name, membersOf(inner, value[name])])
    .filter(([, item]) => item !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Replaces values that may be secrets. Their names remain. */
function withoutSecrets(value: unknown, path: readonly string[], found: Omission[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, path, found));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => {
    const isSecret = READABLE_MAPS.includes(path.at(-1)!) && maybeSecret(name, String(item));
    if (isSecret) found.push({ member: [...path, name].join('.'), reason: 'the value may be a secret' });
    return [name, isSecret ? '' : withoutSecrets(item, [...path, name], found)];
  }));
}

/** The account and the Region of the role. */
function environmentOf(request: Request): Record<string, any> {
  const texts = JSON.stringify(request);
  const [, account] = /arn:aws[a-z-]*:iam::(\d{12}):role/.exec(texts) ?? [];
  const [, region] = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws/.exec(texts) ?? [];
  return account && region ? { env: { account: literal(account), region: literal(region) } } : {};
}

/** The construct ID for a job: its name in Pascal case. */
function idOf(name: string): string {
  return name.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}
