import { withFullStop } from './service-errors';
import { propertiesNamed, propertyOf } from '../src/validation/property-names';
import { HIDDEN_MEMBERS } from '../src/validation/secret-values';

type Path = ReadonlyArray<string | number>;

/** A violation of the API model: the value as SageMaker shows it, and its path, such as `inputDataConfig.1.member.channelName`. */
const VIOLATION = /Value(?: null| '([\s\S]*?)')? at '([^']+)' failed to satisfy constraint/g;

const HIDDEN = '***';

/** A shorter value, or a number, is probably not a secret, and appears in messages for other reasons. */
const MAY_BE_SECRET = /^(?!-?[\d.]+$).{6,}$/s;

/**
 * Returns the reason for a rejection: the message of SageMaker, the affected properties, and the reference of the request.
 *
 * @param operation the operation that creates or updates a resource
 * @param places the paths of the fault. Default: the paths in the message
 */
export function explain(operation: string, request: object, message: string, places?: readonly Path[]): string {
  const kind = kindOf(operation);
  const properties = distinct(places ? places.map((path) => propertyOf(kind, path, request)) : propertiesOf(kind, request, message));
  const which = properties.length > 0 ? ` ${properties.length === 1 ? 'Property' : 'Properties'}: ${properties.join(', ')}.` : '';
  const said = withFullStop(withoutSecrets(kind, request, message));
  return `${said}${which} Request reference: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_${operation}.html`;
}

/** Returns the kind of an operation: `trainingJob` for `CreateTrainingJob`. */
function kindOf(operation: string): string {
  return operation.replace(/^[A-Z][a-z]+([A-Z])/, (_verb, initial: string) => initial.toLowerCase());
}

/** Parses a path of SageMaker: members begin in lowercase, and elements are counted from 1. */
function pathOf(text: string, request: unknown): Path {
  const path: (string | number)[] = [];
  let value: any = request;
  for (const step of text.split('.')) {
    if (step === 'member' && typeof path.at(-1) === 'number') continue;
    path.push(stepOf(step, value));
    value = value?.[path.at(-1)!];
  }
  return path;
}

function stepOf(step: string, value: unknown): string | number {
  if (!Array.isArray(value) && Object.hasOwn(value ?? {}, step)) return step;
  return /^\d+$/.test(step) ? Number(step) - 1 : step.charAt(0).toUpperCase() + step.slice(1);
}

/** Whether the value is known to contain no possible secret. Structures are shown with all their members. */
function mayBeShown(kind: string, path: Path, request: unknown): boolean {
  if (propertyOf(kind, path) === undefined || isHidden(path)) return false;
  const value = path.reduce<any>((part, step) => part?.[step], request);
  return [value].flat().every((each) => typeof each !== 'object');
}

function isHidden(path: Path): boolean {
  return path.some((step) => HIDDEN_MEMBERS.includes(String(step)));
}

/** Returns the message of SageMaker without user values that may be secrets. SageMaker repeats whole maps because of one entry. */
function withoutSecrets(kind: string, request: object, message: string): string {
  const texts = textsIn(request);
  const shown = texts.filter(({ path }) => !isHidden(path));
  const secrets = texts.filter(({ path, text }) => isHidden(path) && MAY_BE_SECRET.test(text) && !shown.some((other) => other.text.includes(text)));
  const said = message.replace(VIOLATION, (violation, value: string | undefined, at: string) => {
    return value === undefined || mayBeShown(kind, pathOf(at, request), request) ? violation : violation.replace(`'${value}'`, `'${HIDDEN}'`);
  });
  return secrets.sort((a, b) => b.text.length - a.text.length).reduce((text, secret) => text.replaceAll(secret.text, HIDDEN), said);
}

interface Text {
  readonly path: Path;
  readonly text: string;
}

function textsIn(value: unknown, path: Path = []): Text[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([step, part]) => textsIn(part, [...path, Array.isArray(value) ? Number(step) : step]));
}

/** Returns the properties in a message. */
function propertiesOf(kind: string, request: object, message: string): (string | undefined)[] {
  const places = [...message.matchAll(VIOLATION)].map(([, , at]) => pathOf(at, request));
  return places.length > 0 ? places.map((path) => propertyOf(kind, path, request)) : propertiesInProse(kind, request, message);
}

/** A message in prose contains members of the API, and locations and ARNs of the request. An ambiguous member is ignored. */
function propertiesInProse(kind: string, request: object, message: string): string[] {
  const texts = textsIn(request).filter(({ path }) => !isHidden(path));
  const words = message.split(/[\s"'`,;()[\]{}]+/).map((word) => word.replace(/[.:!?]+$/, ''));
  return words.flatMap((word) => {
    const named = /[a-z][A-Z]/.test(word) ? propertiesNamed(kind, word, request) : [];
    const repeated = /[:/]/.test(word) ? texts.filter(({ text }) => text === word).map(({ path }) => propertyOf(kind, path, request)) : [];
    const candidates = distinct([...named, ...repeated]);
    return candidates.length === 1 ? candidates : [];
  });
}

function distinct(properties: ReadonlyArray<string | undefined>): string[] {
  return [...new Set(properties.flatMap((property) => property || []))];
}
