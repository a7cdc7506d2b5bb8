export { EventBridge, type Undelivered } from './event-bridge';
export { EventServices } from './event-services';
