export { HiddenNotices } from './HiddenNotices';
