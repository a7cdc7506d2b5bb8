import { PageServer } from '../page';
import { Watch } from '../watch';
import { logCall } from './call-log';
import type { ServerOptions } from './server-options';
import { environment } from './shell-environment';
import { startCloud } from './start-cloud';

/** Serves a local cloud and prints its events to a stream, until the returned function is called. */
export async function serve(options: ServerOptions, out: NodeJS.WriteStream): Promise<() => Promise<void>> {
  const { region, account, speed, log, verbose } = options;
  const cloud = await startCloud(options);
  const watch = new Watch(cloud, out, { calls: true, bodies: verbose });
  const page = new PageServer(cloud);
  if (log !== undefined) cloud.endpoint.on('call', (call) => logCall(log, call));

  for (const { stackName, logicalId, reason } of cloud.restoration.lost) watch.line(`${logicalId} of ${stackName} could not be created again: ${reason}`);
  watch.line(`The local cloud is account ${account} in ${region}. ${speed === undefined ? 'All waits are skipped.' : `Its clock runs ${speed} times as fast as real time.`}`);
  watch.line(`Open ${cloud.endpoint.url} in a browser to see stacks, jobs and time.`);
  watch.line('Run these commands in the shell that uses it:\n');
  for (const [name, value] of Object.entries(environment(cloud.endpoint.url, region))) watch.line(`export ${name}=${value}`);
  watch.line('unset AWS_PROFILE AWS_SESSION_TOKEN\n');

  return async () => {
    watch.close();
    page.close();
    await cloud.clock.stop();
    await cloud.stop();
  };
}
