export { ABSENCES, type Absence, useUntil } from './absence';
export { AbsenceBy, AbsenceTold, Away, Presence, PresenceOf } from './Presence';
export { PresencePanel } from './PresencePanel';
export { PresenceButton, useMaySetPresence } from './PresenceButton';
