export { HoursPage } from './HoursPage';
