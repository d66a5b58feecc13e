export { DonePage } from './DonePage';
