import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LocalCloud, type LocalCloudOptions } from '../cloud';
import type { ServerOptions } from './server-options';

/** The exports of a behavior module. */
type Behaviors = Pick<
  LocalCloudOptions,
  'behavior' | 'objective' | 'compilation' | 'processing' | 'transform' | 'optimization' | 'notebook' | 'instanceLimits' | 'roles' | 'given'
>;

/** Starts a local cloud for callers from outside. Its time always passes. */
export async function startCloud({ port, directory, speed, region, account, faults, quotas, behavior }: ServerOptions): Promise<LocalCloud> {
  const behaviors: Behaviors = behavior === undefined ? {} : await import(pathToFileURL(resolve(behavior)).href);
  // Calls are printed and logged immediately. A server runs too long to keep them.
  const cloud = await LocalCloud.start({
    ...behaviors,
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
