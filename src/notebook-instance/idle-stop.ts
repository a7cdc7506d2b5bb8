import type { Duration } from 'aws-cdk-lib';
import { hereDocument, shellQuote, shippedProgram } from './shell';

/**
 * The conditions under which a notebook instance is idle and stops.
 *
 * A program on the instance checks it every minute and logs to `/var/log/idle-stop.log`, which is lost when the instance stops.
 * The volume keeps the last decisions and the reason for the stop in `/home/ec2-user/SageMaker/.idle-stop.log`. To stop the
 * instance, the program must reach the SageMaker API: through internet access, a NAT gateway or a VPC endpoint.
 */
export interface NotebookInstanceIdleStopOptions {
  /**
   * The time without activity after which the instance stops, at least one minute. Activity is checked every minute.
   *
   * Activity consists of busy kernels, input and output in terminals, programs that use the CPU in a terminal, background scripts
   * (`inBackground()` of a lifecycle script), and the activity that the options below add. An open Jupyter page is not activity.
   * If the Jupyter server does not respond, the instance stops when the time since the last activity is up.
   */
  readonly after: Duration;

  /**
   * Whether requests to the Jupyter server count as activity. Apps behind its proxy (TensorBoard, Streamlit) send such requests,
   * but so does every Jupyter page in a visible window, even if it is not used.
   *
   * @default false
   */
  readonly countRequests?: boolean;

  /**
   * The absolute paths of files whose changes count as activity. Apps on the instance can report their use with them.
   *
   * @default - the heartbeat of code-server (VS Code in a browser), /home/ec2-user/.local/share/code-server/heartbeat
   */
  readonly activityFiles?: string[];
}

const CODE_SERVER = '/home/ec2-user/.local/share/code-server/heartbeat';

/** Returns the script that installs the idle-stop program with its settings. */
export function idleStopScript({ activityFiles, after, countRequests }: NotebookInstanceIdleStopOptions): string {
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
