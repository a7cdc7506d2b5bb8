export { type DeployOptions, LocalCloud, type LocalCloudOptions } from './cloud';
export { parseFaultFlag } from './faults';
export { runServer } from './server';
