import { useEffect } from 'react';
import type { Step } from '@/shared/tour';
import classes from './Tour.module.css';

const PLACES: Partial<Record<Step, string>> = {
  phone: '[data-tour="phone"]',
  desk: '[role="listbox"], #content h1',
  answer: '[data-tour="ringing"]',
  find: 'nav a[href="/calls"]',
};

/** Outline what the step speaks of, also when it appears later. */
export function useHighlight(step: Step): void {
  useEffect(() => {
    const place = PLACES[step];
    if (!place || !classes.here) return;
    const mark = classes.here;
    let marked: Element | null = null;
    const look = () => {
      const found = document.querySelector(place);
      if (found === marked) return;
      marked?.classList.remove(mark);
      found?.classList.add(mark);
      marked = found;
    };
    look();
    const timer = setInterval(look, 500);
    return () => {
      clearInterval(timer);
      marked?.classList.remove(mark);
    };
  }, [step]);
}
