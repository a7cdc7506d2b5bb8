import { EFFECTS, type FaultRule, type Moment } from './fault-rule';
import { Patterns } from '../iam/pattern';

/** The members of a request. */
export type Request = { readonly [member: string]: unknown };

/** An event that a fault can affect. */
export interface Occasion {
  readonly moment: Moment;
  readonly service: string;
  readonly operation: string;
  readonly resource: string;
  readonly caller: string;
  /** The type of the instances to start. */
  readonly instanceType?: string;
  readonly input: Request;
}

/** Patterns without policy variables. */
const PATTERNS = new Patterns({}, undefined);

/** Whether a rule matches an occasion. */
export function concerns(rule: FaultRule, occasion: Occasion): boolean {
  const { moments, operation: possible = '*' } = EFFECTS[rule.fault];
  const { service, operation, resource, caller, instanceType, input = {} } = rule.match ?? {};
  if (!moments.includes(occasion.moment)) return false;
  // A rule without an operation applies to calls only. A fault of invocations must name the operation or the service.
  if (occasion.moment === 'invocation' && operation === undefined && service === undefined) return false;
  return PATTERNS.matches(possible, occasion.operation)
    && PATTERNS.matches(service ?? '*', occasion.service)
    && PATTERNS.matches(operation ?? '*', occasion.operation)
    && PATTERNS.matches(resource ?? '*', occasion.resource)
    && PATTERNS.matches(instanceType ?? '*', occasion.instanceType ?? '')
    && PATTERNS.matches(caller ?? '*', occasion.caller)
    && Object.entries(input).every(([path, pattern]) => PATTERNS.matches(pattern, textAt(occasion.input, path)));
}

/** Returns the name or ARN of the resource of a request. Its name takes precedence over references. */
export function resourceOf(operation: string, input: Request): string {
  const noun = operation.replace(/^[A-Z][a-z]+/, '');
  const named = Object.entries(input).filter(([member, value]) => /(name|arn)$/i.test(member) && typeof value === 'string');
  const [, value] = named.find(([member]) => member === `${noun}Name`) ?? named[0] ?? [];
  return String(value ?? '');
}

function textAt(input: Request, path: string): string {
  let value: unknown = input;
  for (const member of path.split('.')) value = value !== null && typeof value === 'object' ? (value as Request)[member] : undefined;
  return value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
