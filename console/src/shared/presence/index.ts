export { ABSENCES, type Absence, useUntil } from './absence';
export { AbsenceBy, AbsenceTold, Away, Presence, PresenceOf } from './Presence';
export { PresenceButton, useMaySetPresence } from './PresenceButton';
