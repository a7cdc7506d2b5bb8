import type { Duration } from 'aws-cdk-lib';
import { hereDocument, shellQuote, shippedProgram } from './shell';

/**
 * When a notebook instance counts as idle, and is stopped.
 *
 * A program on the instance looks every minute and writes what it finds to `/var/log/idle-stop.log`, which is gone when the
 * instance has stopped. Why it was stopped is on its volume, in `/home/ec2-user/SageMaker/.idle-stop.log`: the last changes
 * of what was decided, and the stop. To stop the instance
 * it needs a way to the API of SageMaker: internet access, a NAT gateway, or an endpoint in the VPC.
 */
export interface IdleStopOptions {
  /**
   * How long nothing may have happened before the instance stops, at least one minute. It is looked
   * at every minute.
   *
   * What counts: a kernel that is busy or has been; typing and output in a terminal, and a program that computes in one
   * without a word; scripts in the background (`LifecycleScript.inBackground()`); and what the options below add. An open
   * page of Jupyter alone does not count. A server that does not answer is no activity: the instance stops when the time
   * is up since activity was last seen.
   */
  readonly after: Duration;

  /**
   * Whether requests to Jupyter's server count as activity. They do come from apps behind its proxy (TensorBoard,
   * Streamlit); but also from every page of Jupyter that is open in a visible window, used or not.
   *
   * @default false
   */
  readonly countRequests?: boolean;

  /**
   * Files whose change counts as activity, by their full paths: apps that run on the instance tell that way that they
   * are in use.
   *
   * @default - the heartbeat of code-server (VS Code in a browser), /home/ec2-user/.local/share/code-server/heartbeat
   */
  readonly activityFiles?: string[];
}

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
