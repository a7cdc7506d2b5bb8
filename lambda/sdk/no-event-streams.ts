/** Replaces @smithy/core/event-streams in the bundle: no operation in use streams events. */
export class EventStreamSerde {
  constructor() {
    throw new Error('Event streams are not in the bundle');
  }
}
