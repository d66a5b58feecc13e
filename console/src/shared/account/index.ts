export { CodeField } from './CodeField';
export { FormError } from './FormError';
export { NewPasswordField } from './NewPasswordField';
export { RecoveryCodes } from './RecoveryCodes';
export { ScanCode, type SecondFactor } from './ScanCode';
export { useWait } from './useWait';
