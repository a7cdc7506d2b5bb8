import type { SentEvent } from './event-bridge';
import type { Execution } from '../stepfunctions';

/** The maximum size of input and output together, as escaped in the event, in bytes. */
const MAX_ESCAPED = 248 * 1024;

/** Returns the event for a status change of an execution: Step Functions Developer Guide, Execution status change events. */
export function executionStatusEvent(execution: Execution, now: number): SentEvent {
  const { arn, machine, name, status, startDate, stopDate, redriveCount, redrive, notRedrivable } = execution;
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [arn],
    time: new Date(now),
    detail: {
      executionArn: arn,
      stateMachineArn: machine.stateMachineArn,
      name,
      status,
      startDate,
      stopDate: stopDate ?? null,
      ...dataOf(execution),
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount,
      redriveDate: redrive?.date ?? null,
      redriveStatus: notRedrivable === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
      redriveStatusReason: notRedrivable ?? null,
    },
  };
}

/** Input and output, unless they are too large or encrypted with a customer managed key. */
function dataOf({ machine: { kmsKeyId }, input, output, error, cause }: Execution) {
  const result = output === undefined ? null : JSON.stringify(output);
  const isHidden = kmsKeyId !== undefined;
  const withOutput = result !== null && !isHidden && escaped(result) <= MAX_ESCAPED;
  const withInput = !isHidden && escaped(input) + (result === null ? 0 : escaped(result)) <= MAX_ESCAPED;
  return {
    input: withInput ? input : null,
    inputDetails: { included: withInput },
    output: withOutput ? result : null,
    outputDetails: result === null ? null : { included: withOutput },
    error: isHidden ? null : error ?? null,
    cause: isHidden ? null : cause ?? null,
  };
}

function escaped(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
