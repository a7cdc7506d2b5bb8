import { join } from 'node:path';
import { EMPTY_PROCESS, printed } from './fresh-process';
import type { Comparison } from './measure';

const FILE = join(__dirname, '..', 'cli', 'lib', 'sagemaker-jobs.js');

/** The processor time of `sagemaker-jobs --help`, in milliseconds. */
function help(): number {
  return printed(`
    process.argv = [process.argv[0], ${JSON.stringify(FILE)}, '--help'];
    process.stdout.write = () => true;
    process.on('exit', () => {
      const { system, user } = process.cpuUsage();
      require('node:fs').writeSync(1, String((system + user) / 1000));
    });
    require(${JSON.stringify(FILE)});
  `);
}

export const COMMAND_LINE: Comparison[] = [
  { measure: 'sagemaker-jobs --help (ms)', subject: { name: 'the compiled command', once: help }, against: EMPTY_PROCESS, guard: 1.5, rounds: 11 },
];
