export { redact } from './redact';
export { Watch, type WatchOptions } from './watch';
