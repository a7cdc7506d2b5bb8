import { withFullStop } from './service-errors';
import { propertiesNamed, propertyOf } from '../src/validation/property-names';
import { HIDDEN_MEMBERS } from '../src/validation/secret-values';

type Path = ReadonlyArray<string | number>;

/** One violation of the model: how the service shows the value, and where that stands, as `inputDataConfig.1.member.channelName`. */
const VIOLATION = /Value(?: null| '([\s\S]*?)')? at '([^']+)' failed to satisfy constraint/g;

const HIDDEN = '***';

/** What is shorter, or a number, hardly is a secret, and stands in messages for other reasons. */
const MAY_BE_SECRET = /^(?!-?[\d.]+$).{6,}$/s;

/**
 * Why a request is refused: what the service says, the properties that this is about, and where the request is documented.
 *
 * @param operation what the request makes or updates something with
 * @param places where the fault is. Default: what the message says of that
 */
export function explain(operation: string, request: object, message: string, places?: readonly Path[]): string {
  const kind = kindOf(operation);
  const properties = distinct(places ? places.map((path) => propertyOf(kind, path, request)) : propertiesOf(kind, request, message));
  const which = properties.length > 0 ? ` ${properties.length === 1 ? 'Property' : 'Properties'}: ${properties.join(', ')}.` : '';
  const said = withFullStop(withoutSecrets(kind, request, message));
  return `${said}${which} Request reference: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_${operation}.html`;
}

/** What an operation is about: `trainingJob` for `CreateTrainingJob`. */
function kindOf(operation: string): string {
  return operation.replace(/^[A-Z][a-z]+([A-Z])/, (_verb, initial: string) => initial.toLowerCase());
}

/** A place as the service spells it: members begin in lower case, and elements are counted from 1. */
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

/** The value is known to hold nothing that may be a secret. Structures are shown with all that is in them. */
function mayBeShown(kind: string, path: Path, request: unknown): boolean {
  if (propertyOf(kind, path) === undefined || isHidden(path)) return false;
  const value = path.reduce<any>((part, step) => part?.[step], request);
  return [value].flat().every((each) => typeof each !== 'object');
}

function isHidden(path: Path): boolean {
  return path.some((step) => HIDDEN_MEMBERS.includes(String(step)));
}

/**
 * What the service says, without the values that users gave where secrets may stand. It repeats whole maps for the sake of
 * one of their entries.
 */
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

/** What a message is about. */
function propertiesOf(kind: string, request: object, message: string): (string | undefined)[] {
  const places = [...message.matchAll(VIOLATION)].map(([, , at]) => pathOf(at, request));
  return places.length > 0 ? places.map((path) => propertyOf(kind, path, request)) : propertiesInProse(kind, request, message);
}

/** Prose names members of the API, and repeats locations and ARNs of the request. One that may be several properties says nothing. */
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
