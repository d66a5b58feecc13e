/** What was recorded of a call. */
export { Recordings as default } from '@/shared/case';
