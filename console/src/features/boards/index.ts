export { AlertsPage } from './AlertsPage';
export { BoardsPage } from './BoardsPage';
