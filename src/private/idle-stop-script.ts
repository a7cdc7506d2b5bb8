import type { IdleStopOptions } from '../idle-stop';
import { hereDocument, shellQuote, shippedProgram } from './shell';

const CODE_SERVER = '/home/ec2-user/.local/share/code-server/heartbeat';

/** The script that installs the idle-stop program with its settings. */
export function idleStopScript({ activityFiles, after, countRequests }: IdleStopOptions): string {
  const settings = {
    IDLE_STOP_AFTER: String(after.toSeconds()),
    IDLE_STOP_COUNT_REQUESTS: countRequests ? '1' : '0',
    IDLE_STOP_FILES: (activityFiles ?? [CODE_SERVER]).join('\n'),
  };
  const [shebang, ...program] = shippedProgram('idle-stop.sh').split('\n');
  const [, ...install] = shippedProgram('idle-stop-install.sh').split('\n');
  const exports = Object.entries(settings).map(([name, value]) => `export ${name}=${shellQuote(value)}`);
  return [
    shebang,
    `idle_stop_program=$(cat ${hereDocument([shebang, ...exports, ...program].join('\n'))}`,
    ')',
    ...install,
  ].join('\n');
}
