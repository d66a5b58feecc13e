export { ContactFacts, EntryCard } from './EntryCard';
export { aboutOf, enterList, EntryList } from './EntryList';
export { Facts } from './Facts';
export { type HouseNames, useHouseNames } from './names';
export {
  type Caller,
  type Contact,
  type ContactWritten,
  type Entry,
  type Shelf,
  useCaller,
  useDirectory,
  useNamesOf,
} from './queries';
export { ReachButtons } from './ReachButtons';
export { RETURN_AFTER, targetOf, useReaching, type Reaching } from './reaching';
export { useSearchKey } from './useSearchKey';
