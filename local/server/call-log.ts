import { appendFileSync } from 'node:fs';
import type { Call } from '../api/service';
import { redact } from '../watch';

/** Writes a call, without secrets, as a line of JSON to the end of a file. */
export function logCall(file: string, call: Call): void {
  const { time, account, region, service, operation, caller, input, outcome } = call;
  const faulty = call.fault !== undefined;
  appendFileSync(file, `${JSON.stringify({ time, account, region, service, operation, caller, input: redact(input), outcome: redact(outcome), faulty })}\n`);
}
