export { redact, redactText } from './redact';
export { isRunning } from './lines';
export { isQuiet, Watch, type WatchOptions } from './watch';
