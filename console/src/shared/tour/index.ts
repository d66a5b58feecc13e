/** Where the tour is, so that any place can begin it. */
import { create } from 'zustand';

/** Each with its words in `tour.json`. */
export const STEPS = ['phone', 'desk', 'callUs', 'answer', 'find'] as const;
export type Step = (typeof STEPS)[number];

const KEY = 'svarhus-tour';

interface TourState {
  /** Index of the step that is shown; null when there is no tour. */
  at: number | null;
}

export const useTour = create<TourState>()(() => ({ at: null }));

/** Whether this person has ended the tour in this browser before. */
export function tourSeen(person: string): boolean {
  return localStorage.getItem(`${KEY}-${person}`) !== null;
}

export function startTour(): void {
  useTour.setState({ at: 0 });
}

/** To another step; past the last one it is over. */
export function goTo(at: number, person: string): void {
  if (at >= STEPS.length) endTour(person);
  else useTour.setState({ at: Math.max(0, at) });
}

export function endTour(person: string): void {
  localStorage.setItem(`${KEY}-${person}`, 'seen');
  useTour.setState({ at: null });
}
