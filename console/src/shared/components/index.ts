export {
  AgentState,
  AGENT_STATES,
  Dot,
  Key,
  Label,
  PRIORITIES,
  PriorityMark,
  type Priority,
  type Shape,
  type Tone,
} from './Marks';
export { DataTable, type Column } from './DataTable';
export { EmptyState } from './EmptyState';
export { ErrorState } from './ErrorState';
export { HelpTip } from './HelpTip';
export { Loading, LoadingRows } from './Loading';
export { PageHeader } from './PageHeader';
export { pagesOf } from './pages';
export { Panel } from './Panel';
export { PersonAvatar } from './PersonAvatar';
export { SearchField } from './SearchField';
export { At, Countdown, Since } from './Times';
export { Tip } from './Tip';
export { useConfirm } from './useConfirm';
export { reasonText, useProblemText } from './problemText';
export { useTell } from './useTell';
