/** What was done to something that is not saved yet, step by step, so that each step can be taken back. */
import { useCallback, useReducer } from 'react';

export interface Steps<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
}

export type StepAction<T> =
  { do: 'change'; to: T } | { do: 'undo' } | { do: 'redo' } | { do: 'begin'; at: T };

const MOST = 200;

export function stepped<T>(steps: Steps<T>, action: StepAction<T>): Steps<T> {
  const { past, present, future } = steps;
  switch (action.do) {
    case 'change':
      if (action.to === present) return steps;
      return { past: [...past, present].slice(-MOST), present: action.to, future: [] };
    case 'undo': {
      const before = past.at(-1);
      if (before === undefined) return steps;
      return { past: past.slice(0, -1), present: before, future: [present, ...future] };
    }
    case 'redo': {
      const [after, ...later] = future;
      if (after === undefined) return steps;
      return { past: [...past, present], present: after, future: later };
    }
    case 'begin':
      return { past: [], present: action.at, future: [] };
  }
}

export function useSteps<T>(first: T) {
  const [steps, act] = useReducer(stepped<T>, { past: [], present: first, future: [] });
  return {
    value: steps.present,
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    change: useCallback((to: T) => act({ do: 'change', to }), []),
    undo: useCallback(() => act({ do: 'undo' }), []),
    redo: useCallback(() => act({ do: 'redo' }), []),
    begin: useCallback((at: T) => act({ do: 'begin', at }), []),
  };
}
