import { parseArgs } from 'node:util';
import { type FaultRule, parseFaultFlag, readFaults } from '../faults';

export interface ServerOptions {
  readonly port: number;
  /** The directory that keeps the state. Default: none; the state is lost when the process ends. */
  readonly directory?: string;
  /** The number of virtual seconds for each real second. Undefined: all waits are skipped. */
  readonly speed?: number;
  readonly region: string;
  readonly account: string;
  /** The rules that inject faults. */
  readonly faults: readonly FaultRule[];
  /** A module that configures the results of jobs. */
  readonly behavior?: string;
  /** Whether services throttle calls and lists lag, as in AWS. */
  readonly quotas: boolean;
  /** Whether to print the bodies of calls. */
  readonly verbose: boolean;
  /** A file to which each call is appended as a line of JSON. */
  readonly log?: string;
  /** Whether to print only the options. */
  readonly help: boolean;
}

/** Returns the options of a command that serves the local cloud. */
export function usage(command: string): string {
  return `${command} [options]

  --port N            the port on 127.0.0.1 (default: 4599; 0: any free port)
  --directory DIR     keep the state in a directory, and resume from it (default: lost when the process ends)
  --speed N           virtual seconds for each real second, or max to skip all waits (default: 60)
  --region REGION     default: us-east-1
  --account ID        default: 111122223333
  --behavior FILE    a module that exports the results of jobs: behavior, objective, compilation,
                      processing, transform, optimization, notebook; and instanceLimits, roles, given
  --no-quotas         do not throttle calls, and show every change in lists at once
  --fault RULE        inject a fault, such as throttle:CreateTrainingJob:every=3; can be repeated
  --fault-file FILE   a JSON file with rules that inject faults
  --log FILE          write a line of JSON for each call
  --verbose           show each call with its request and its response`;
}

/** Parses the command line. An unknown option or an invalid value is an error. */
export function parseOptions(argv: readonly string[]): ServerOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'port': { type: 'string', default: '4599' },
      'directory': { type: 'string' },
      'speed': { type: 'string', default: '60' },
      'region': { type: 'string', default: 'us-east-1' },
      'account': { type: 'string', default: '111122223333' },
      'behavior': { type: 'string' },
      'fault': { type: 'string', multiple: true, default: [] },
      'fault-file': { type: 'string' },
      'log': { type: 'string' },
      'no-quotas': { type: 'boolean', default: false },
      'verbose': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  });
  const { port, speed, account, fault, 'fault-file': faultFile, 'no-quotas': noQuotas, ...rest } = values;
  if (!/^\d{12}$/.test(account)) throw new Error(`--account: must have 12 digits; got '${account}'`);
  return {
    ...rest,
    account,
    quotas: !noQuotas,
    port: number('port', port, (value) => Number.isInteger(value) && value >= 0 && value < 65536),
    speed: speed === 'max' ? undefined : number('speed', speed, (value) => value > 0),
    faults: [...faultFile === undefined ? [] : readFaults(faultFile), ...fault.map(parseFaultFlag)],
  };
}

function number(name: string, text: string, isValid: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !isValid(value)) throw new Error(`--${name}: invalid value '${text}'`);
  return value;
}
