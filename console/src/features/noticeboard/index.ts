export { NoticeboardPage } from './NoticeboardPage';
