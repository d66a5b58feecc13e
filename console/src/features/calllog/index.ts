export { CallLogPage } from './CallLogPage';
export { MyCallsPage } from './MyCallsPage';
export { QueueLogPage } from './QueueLogPage';
