/** Notes, tags, earlier contacts and history of cases, for every page that shows one. */
export { CaseHistory } from './CaseHistory';
export { CaseNotes } from './CaseNotes';
export { CaseTags } from './CaseTags';
export { CaseTexts } from './CaseTexts';
export { CategoryMark } from './CategoryMark';
export { EarlierContacts } from './EarlierContacts';
export { KindIcon, type KindPicture, KindPictures } from './KindIcon';
export {
  type Act,
  type Attempt,
  type Case,
  type CaseKind,
  caseKey,
  type CaseRef,
  useCase,
  useCaseChange,
} from './model';
export { useCategoryName, useNames, usePersonName, useQueueName, useTagNames, useUnits } from './names';
export { Recordings } from './Recordings';
export type { Player } from './SoundPlayer';
export { VoicemailPlayer } from './VoicemailPlayer';
