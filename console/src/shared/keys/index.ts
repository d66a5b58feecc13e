export { isField, writes } from './commands';
export { useCommands, watchKeys } from './useCommands';
export { Twice } from './twice';
