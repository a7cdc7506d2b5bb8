import { CREATE } from './model.generated';
import { withPropertyNames, propertyOf } from './property-names';
import type { Path, RequestEnvironment, Structure } from './request-rule';
import { HIDDEN_MEMBERS } from './secret-values';
import { type RequestKind, sizeOf } from './shape-constraints';
import { lengthInWords, shown, type Violation, withLength } from './violation';
import { findingsIn, type RequestFinding } from './walk';

/**
 * Returns the violations of a request, with the properties of users.
 *
 * @param kind the kind of the request
 * @param request the request
 * @param props the props that the request was rendered from
 * @param environment the environment of the request
 */
export function requestViolations(kind: RequestKind, request: Structure, props: object, environment: RequestEnvironment): Violation[] {
  return findingsIn(CREATE[kind], request, environment).map((finding) => {
    const property = asSpecified(propertyOf(kind, finding.path, request) ?? finding.path.join('.'), finding.path, props);
    const unit = unitOf(finding);
    return {
      property,
      rule: withUnit(withPropertyNames(finding.rule, kind, finding.structure, property), unit, finding.value),
      value: unit ? `${finding.value}${unit}` : booleanAsWritten(finding) ?? valueOf(finding),
      advice: finding.advice && withPropertyNames(finding.advice, kind, finding.structure, property),
      warning: finding.warning,
    };
  });
}

/** Properties with IDs, by the property that specifies the same member with constructs. */
const BY_ID: { readonly [property: string]: string } = { vpc: 'subnetId', vpcSubnets: 'subnetIds', securityGroups: 'securityGroupIds' };

/** Returns the property with IDs, if the user specified it in place of the one with constructs. */
function asSpecified(property: string, path: Path, props: object): string {
  const [name, ...around] = property.split('.').reverse();
  const withConstructs = name.replace(/\[\d+\]$/, '');
  const byId = BY_ID[withConstructs];
  if (byId === undefined) return property;
  const structure = around.reverse().join('.').match(/\w+/g)?.reduce<any>((owner, step) => owner?.[step], props) ?? props;
  if (structure[byId] === undefined || structure[withConstructs] !== undefined) return property;
  const index = path.at(-1);
  return [...around, typeof index === 'number' ? `${byId}[${index}]` : byId].join('.');
}

/** The unit of a number that users specify as a duration or a size. */
function unitOf({ path, value }: RequestFinding): string {
  if (typeof value !== 'number') return '';
  return UNITS.find(([end]) => String(path.at(-1)).endsWith(end))?.[1] ?? '';
}

const RANGE = /^must be (at (least|most) )?\d+( to \d+)?$/;
const UNITS = [['InSeconds', ' seconds'], ['InMilliseconds', ' milliseconds'], ['InGB', ' GiB'], ['InMB', ' MiB']] as const;

/** Adds the unit to the numbers of a rule. */
function withUnit(rule: string, unit: string, value: unknown): string {
  if (unit && rule.startsWith('must be a whole number') && !Number.isInteger(value)) return `must be a whole number of${unit}`;
  return RANGE.test(rule) ? `${rule}${unit}` : rule;
}

/** Returns the value of a property that users specify as a boolean, and the API as a string or its opposite. */
function booleanAsWritten({ path, value }: RequestFinding): boolean | undefined {
  if (isHidden(path)) return undefined;
  if (typeof value === 'boolean') return String(path.at(-1)).startsWith('Disable') ? !value : value;
  return SWITCHES.includes(String(path.at(-1))) && (value === 'Enabled' || value === 'Disabled') ? value === 'Enabled' : undefined;
}

/** Members with the values `Enabled` and `Disabled`. */
const SWITCHES = ['CompleteOnConvergence', 'DirectInternetAccess', 'Mode', 'RootAccess'];

function valueOf({ ofKey, ofSize, path, rule, value }: RequestFinding): string | undefined {
  const isSecret = !ofKey && isHidden(path);
  if (typeof value === 'string' && isSecret) return lengthInWords(value);
  if (typeof value === 'string' && ofSize) return withLength(value);
  if (typeof value === 'string' && !isSecret && rule.startsWith('must be a whole number')) return `the string ${shown(value)}`;
  if (typeof value === 'object' && value !== null) return ofSize ? String(sizeOf(value)) : undefined;
  return value === undefined || isSecret ? undefined : shown(value);
}

function isHidden(path: RequestFinding['path']): boolean {
  return path.some((step) => HIDDEN_MEMBERS.includes(String(step)));
}
