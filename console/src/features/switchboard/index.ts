export { SwitchboardPage } from './SwitchboardPage';
