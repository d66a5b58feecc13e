export { OutboxPage } from './OutboxPage';
export { SendingPage } from './SendingPage';
