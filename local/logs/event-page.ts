import { isBefore, type LogEvent, type Position } from './log-stream';
import { ServiceError } from '../api/service-error';

/** The maximum size of a page. */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1024 * 1024;

/** The number of events that fit into a page. */
export function pageSize(events: readonly LogEvent[], limit = MAX_EVENTS): number {
  let bytes = 0;
  const end = events.findIndex(({ message }, index) => {
    bytes += Buffer.byteLength(message);
    return index === limit || index > 0 && bytes > MAX_BYTES;
  });
  return end === -1 ? events.length : end;
}

/** The events from a position on. */
export function eventsFrom(position: Position | undefined, events: readonly LogEvent[]): readonly LogEvent[] {
  const start = position === undefined ? 0 : events.findIndex((event) => !isBefore(event, position));
  return start === -1 ? [] : events.slice(start);
}

/** The events before a position. */
export function eventsBefore(position: Position, events: readonly LogEvent[]): readonly LogEvent[] {
  const end = events.findIndex((event) => !isBefore(event, position));
  return end === -1 ? events : events.slice(0, end);
}

export function after({ timestamp, sequence }: Position): Position {
  return { timestamp, sequence: sequence + 1 };
}

/** A token for a position: `f` for the events after it, `b` for the events before it. */
export function tokenOf(direction: 'f' | 'b', { timestamp, sequence }: Position): string {
  return `${direction}/${String(timestamp).padStart(20, '0')}${String(sequence).padStart(20, '0')}/s`;
}

export function readToken(token: string): { readonly direction: string; readonly position: Position } {
  const [, direction, timestamp, sequence] = /^([fb])\/(\d{20})(\d{20})\/s$/.exec(token) ?? [];
  if (direction === undefined) throw new ServiceError('InvalidParameterException', 'The specified nextToken is invalid.');
  return { direction, position: { timestamp: Number(timestamp), sequence: Number(sequence) } };
}
