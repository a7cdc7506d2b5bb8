import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { JobProviderOptions } from '../job-providers';
import { networkChecks } from './job-network';
import { type Check, textViolations, type Violation } from './validation';

/** The id of the provider in its stack. */
export const PROVIDER_ID = 'SageMakerJobProvider';

const SETTINGS = Symbol.for('cdk-sagemaker-jobs.JobProviderOptions');

interface WithSettings {
  [SETTINGS]?: JobProviderOptions;
}

/** Keeps what is said of the providers in a scope. */
export function keepSettings(scope: IConstruct, options: JobProviderOptions): void {
  const made = scope.node.findAll().find((construct) => Stack.isStack(construct) && construct.node.tryFindChild(PROVIDER_ID));
  if (made) throw new Error(`${made.node.path}: JobProviders.configure: must be called before the first job of the stack is defined`);
  const known = scope as unknown as WithSettings;
  known[SETTINGS] = { ...known[SETTINGS], ...withoutUndefined(options) };
}

/** What was said of the providers in a scope: what stands closer to it goes before the rest. */
export function settingsOf(scope: IConstruct): JobProviderOptions {
  return Object.assign({}, ...scope.node.scopes.map((outer) => (outer as unknown as WithSettings)[SETTINGS]));
}

/** What can be wrong with what was said. */
export function settingsChecks(options: JobProviderOptions): Check[] {
  const { memorySize, roleNamePrefix, timeout } = options;
  return [
    () => outside('memorySize', memorySize, 128, 10240, 'MB'),
    () => outside('timeout', timeout?.isUnresolved() ? undefined : timeout?.toSeconds(), 30, 900, 'seconds'),
    () => textViolations('roleNamePrefix', roleNamePrefix, { min: 1, max: 19 }),
    ...networkChecks(options),
  ];
}

function outside(property: string, value: number | undefined, min: number, max: number, unit: string): Violation[] {
  if (value === undefined || Token.isUnresolved(value) || (value >= min && value <= max)) return [];
  return [{ property, rule: `must be ${min} to ${max} ${unit}`, value }];
}

function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
