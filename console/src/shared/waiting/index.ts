export { SteerMenu } from './SteerMenu';
