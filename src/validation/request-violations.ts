import { CREATE } from './model.generated';
import { withPropertyNames, propertyOf } from './property-names';
import type { RequestEnvironment, Structure } from './request-rule';
import { HIDDEN_MEMBERS } from './secret-values';
import { type RequestKind, sizeOf } from './shape-constraints';
import { lengthInWords, shown, type Violation, withLength } from './violation';
import { findingsIn, type RequestFinding } from './walk';

/** What is wrong with a request that creates something, in the user's words. */
export function requestViolations(kind: RequestKind, request: Structure, environment?: RequestEnvironment): Violation[] {
  return findingsIn(CREATE[kind], request, environment).map((finding) => {
    const property = propertyOf(kind, finding.path, request) ?? finding.path.join('.');
    const unit = unitOf(finding);
    return {
      property,
      rule: `${withPropertyNames(finding.rule, kind, finding.structure, property)}${unit}`,
      value: unit ? `${finding.value}${unit}` : valueOf(finding),
      advice: finding.advice && withPropertyNames(finding.advice, kind, finding.structure, property),
      warning: finding.warning,
    };
  });
}

/** The unit of a number that is out of its range, where users give it as a duration or a size. */
function unitOf({ path, rule, value }: RequestFinding): string {
  if (typeof value !== 'number' || !RANGE.test(rule)) return '';
  return UNITS.find(([end]) => String(path.at(-1)).endsWith(end))?.[1] ?? '';
}

const RANGE = /^must be (at (least|most) )?\d+( to \d+)?$/;
const UNITS = [['InSeconds', ' seconds'], ['InMilliseconds', ' milliseconds'], ['InGB', ' GiB']] as const;

function valueOf({ ofKey, ofSize, path, value }: RequestFinding): string | undefined {
  const isSecret = !ofKey && path.some((step) => HIDDEN_MEMBERS.includes(String(step)));
  if (typeof value === 'string' && isSecret) return lengthInWords(value);
  if (typeof value === 'string' && ofSize) return withLength(value);
  if (typeof value === 'object' && value !== null) return ofSize ? String(sizeOf(value)) : undefined;
  return value === undefined || isSecret ? undefined : shown(value);
}
