import { accessDenied, failed, limitReached, roleNotSpread, throttled } from './fault-errors';
import type { FaultRule } from './fault-rule';
import type { Occasion } from './occasion';
import type { Fault } from '../api/service';
import { ServiceError } from '../api/service-error';
import type { InvocationFault } from '../lambda';

/** Returns the effect of a rule on a call, or nothing if it does not affect calls. */
export function callFault(rule: FaultRule, occasion: Occasion): Fault | undefined {
  switch (rule.fault) {
    case 'throttle': case 'rate-limit': return { answer: throttled(occasion) };
    case 'error': return { answer: errorOf(rule, occasion), afterDeed: rule.afterDeed };
    case 'lost-answer': return { afterDeed: true };
    case 'lost-request': return {};
    case 'delay': return { delaySeconds: rule.seconds };
    case 'access-denied': return { answer: accessDenied(occasion) };
    case 'account-limit': return { answer: limitReached(occasion) };
    case 'role-not-spread': return { answer: roleNotSpread(occasion) };
    case 'kill-before': return { kill: true };
    case 'kill-after': return { kill: true, afterDeed: true };
    case 'unknown-status': return { alter: (output) => ({ ...output, [`${occasion.operation.replace('Describe', '')}Status`]: rule.status }) };
    default: return undefined;
  }
}

/** Returns the effect of a rule on an invocation. */
export function invocationFault(rule: FaultRule, occasion: Occasion): InvocationFault | undefined {
  switch (rule.fault) {
    case 'throttle': case 'rate-limit': return { answer: throttled(occasion) };
    case 'error': return { answer: errorOf(rule, occasion) };
    case 'delay': return { delaySeconds: rule.seconds };
    case 'kill-before': return { kill: 'before' };
    case 'kill-after': return { kill: 'after' };
    default: return undefined;
  }
}

function errorOf({ code, message, status }: Extract<FaultRule, { readonly fault: 'error' }>, occasion: Occasion): ServiceError {
  const usual = failed(occasion);
  return new ServiceError(code ?? usual.code, message ?? usual.message, status ?? (code === undefined ? usual.statusCode : 400));
}
