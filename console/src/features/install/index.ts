export { NewVersion } from './NewVersion';
