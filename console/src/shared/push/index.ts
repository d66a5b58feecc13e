export { PushPanel } from './PushPanel';
export { renewPush } from './push';
