import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalCloud, type LocalCloudOptions } from '../cloud';
import type { ServerOptions } from './server-options';

/** What a behaviour module may export. */
type Behaviours = Pick<LocalCloudOptions, 'behaviour' | 'objective' | 'compilation' | 'notebook' | 'instanceLimits' | 'roles'>;

/** A local cloud for callers from outside, whose time passes whether somebody waits or not. */
export async function startCloud({ port, directory, speed, region, account, faults, quotas, behaviour }: ServerOptions): Promise<LocalCloud> {
  const behaviours: Behaviours = behaviour === undefined ? {} : await import(pathToFileURL(resolve(behaviour)).href);
  // Calls are shown and logged as they come; a server lives too long to keep them.
  const cloud = await LocalCloud.start({
    ...behaviours,
    port,
    directory,
    speed,
    region,
    account,
    faults,
    quotas,
    realTimeOutside: true,
    keptCalls: 0,
  });
  cloud.clock.start();
  return cloud;
}
