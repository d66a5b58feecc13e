export { PhoneBar } from './PhoneBar';
