import { randomInt } from 'node:crypto';
import { ServiceError } from '../api/service-error';

/** The members of GetRandomPassword, which the property `GenerateSecretString` of a secret shares. */
export interface PasswordOptions {
  /** Default: 32. */
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeLowercase?: boolean;
  readonly IncludeSpace?: boolean;
  /** Whether the password contains a character of each included type. Default: true. */
  readonly RequireEachIncludedType?: boolean;
}

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
const DEFAULT_LENGTH = 32;
const MAXIMUM_LENGTH = 4096;

/** Generates a password as GetRandomPassword does. */
export function randomPassword(options: PasswordOptions): string {
  const { ExcludeCharacters: excluded = '', PasswordLength: length = DEFAULT_LENGTH } = options;
  if (!Number.isInteger(length) || length < 1 || length > MAXIMUM_LENGTH) {
    throw invalidParameter(`PasswordLength must be an integer from 1 to ${MAXIMUM_LENGTH}; got ${length}.`);
  }
  const types = [
    ...options.ExcludeLowercase ? [] : [LOWERCASE],
    ...options.ExcludeUppercase ? [] : [LOWERCASE.toUpperCase()],
    ...options.ExcludeNumbers ? [] : [NUMBERS],
    ...options.ExcludePunctuation ? [] : [PUNCTUATION],
    ...options.IncludeSpace ? [' '] : [],
  ].map((characters) => [...characters].filter((character) => !excluded.includes(character)));
  const required = options.RequireEachIncludedType === false ? [] : types;
  const all = types.flat();
  if (all.length === 0 || required.some((characters) => characters.length === 0)) {
    throw invalidParameter('All characters of the desired type have been excluded.');
  }
  if (length < required.length) throw invalidParameter('The password length is too short based on the required types.');
  const password = [...required, ...Array.from({ length: length - required.length }, () => all)].map(one);
  return shuffled(password).join('');
}

function one(characters: readonly string[]): string {
  return characters[randomInt(characters.length)];
}

function shuffled<T>(items: readonly T[]): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}
