export { CloudWatchLogs } from './cloud-watch-logs';
export { logGroupType } from './log-group-type';
export { type LogSink, type LogWriting, NO_LOG_SINK } from './log-sink';
