import { parseArgs } from 'node:util';
import { type FaultRule, parseFaultFlag, readFaults } from '../faults';

export interface ServerOptions {
  readonly port: number;
  /** Where the state is kept. Default: nowhere, it ends with the process. */
  readonly directory?: string;
  /** Virtual seconds for each real one; undefined: nothing is waited for. */
  readonly speed?: number;
  readonly region: string;
  readonly account: string;
  /** What goes wrong, by rule. */
  readonly faults: readonly FaultRule[];
  /** A module that says what becomes of jobs. */
  readonly behaviour?: string;
  /** Whether calls are shown with their bodies. */
  readonly verbose: boolean;
  /** A file that gets a line of JSON for each call. */
  readonly log?: string;
  /** Only the options are to be shown. */
  readonly help: boolean;
}

export const USAGE = `npx projen local [options]

  --port N            where it is to be reached on 127.0.0.1 (default: 4599; 0: any port that is free)
  --directory DIR     keep the state there, and go on from it (default: it ends with the process)
  --speed N           virtual seconds for each real one, or max: nothing is waited for (default: 60)
  --region REGION     default: us-east-1
  --account ID        default: 111122223333
  --behaviour FILE    a module whose exports say what becomes of jobs: behaviour, objective, compilation,
                      notebook; and instanceLimits, roles
  --fault RULE        what goes wrong, such as throttle:CreateTrainingJob:every=3; can be repeated
  --fault-file FILE   rules as JSON
  --log FILE          a line of JSON for each call
  --verbose           show what calls ask for and are answered`;

/** Reads the command line; what cannot be understood is an error. */
export function parseOptions(argv: readonly string[]): ServerOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'port': { type: 'string', default: '4599' },
      'directory': { type: 'string' },
      'speed': { type: 'string', default: '60' },
      'region': { type: 'string', default: 'us-east-1' },
      'account': { type: 'string', default: '111122223333' },
      'behaviour': { type: 'string' },
      'fault': { type: 'string', multiple: true, default: [] },
      'fault-file': { type: 'string' },
      'log': { type: 'string' },
      'verbose': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  });
  const { port, speed, account, fault, 'fault-file': faultFile, ...rest } = values;
  if (!/^\d{12}$/.test(account)) throw new Error(`--account must be twelve digits, it is '${account}'.`);
  return {
    ...rest,
    account,
    port: number('port', port, (value) => Number.isInteger(value) && value >= 0 && value < 65536),
    speed: speed === 'max' ? undefined : number('speed', speed, (value) => value > 0),
    faults: [...faultFile === undefined ? [] : readFaults(faultFile), ...fault.map(parseFaultFlag)],
  };
}

function number(name: string, text: string, holds: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !holds(value)) throw new Error(`--${name} cannot be '${text}'.`);
  return value;
}
