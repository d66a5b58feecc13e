export { ABSENCES, type Absence, useUntil } from './absence';
export { OwnPause } from './OwnPause';
export { usePause } from './pause';
export { PauseItems } from './PauseItems';
export { PauseTold } from './PauseTold';
export { AbsenceBy, AbsenceTold, Away, Presence, PresenceOf } from './Presence';
export { PresencePanel } from './PresencePanel';
export { PresenceButton, useMaySetPresence } from './PresenceButton';
