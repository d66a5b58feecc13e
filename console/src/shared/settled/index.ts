/** First what a page is for, then all else: what is needed later begins when the page has settled. */
import {
  createElement,
  type FunctionComponent,
  type ReactElement,
  startTransition,
  useEffect,
  useState,
} from 'react';
import { create } from 'zustand';

const usePage = create<{ settled: boolean }>()(() => ({ settled: false }));

/** The page shows what it is for; the rest begins as soon as that has been seen. */
export function settle(): void {
  if (usePage.getState().settled) return;
  requestAnimationFrame(() => setTimeout(() => usePage.setState({ settled: true })));
}

export function useSettled(): boolean {
  return usePage(({ settled }) => settled);
}

/** Milliseconds after which what could not be had is tried again. */
const AGAIN = 3_000;

/** Shown until the component is there. */
interface Meanwhile {
  meanwhile?: ReactElement | null;
}

interface Options {
  /** The page is whole without it: when it cannot be had, it is tried again until it can. */
  optional?: boolean;
}

type Later<Props> = FunctionComponent<Props & Meanwhile> & { load: () => void };

/** A component that is loaded when it is first shown, or by `load` before. Around it nothing is suspended. */
export function later<Props extends object>(
  read: () => Promise<FunctionComponent<Props>>,
  { optional = false }: Options = {},
): Later<Props> {
  let part: FunctionComponent<Props> | null = null;
  let coming: Promise<void> | null = null;
  const load = () =>
    (coming ??= read().then(
      (found) => {
        part = found;
      },
      (error: unknown) => {
        coming = null;
        throw error;
      },
    ));

  function Later({ meanwhile = null, ...props }: Props & Meanwhile) {
    const [Part, setPart] = useState(() => part);
    const [failed, setFailed] = useState<{ error: unknown } | null>(null);
    useEffect(() => {
      if (Part) return;
      let again: ReturnType<typeof setTimeout> | undefined;
      const begin = () =>
        void load().then(
          // In slices: somebody may scroll already.
          () => startTransition(() => setPart(() => part)),
          (error: unknown) => {
            if (optional) again = setTimeout(begin, AGAIN);
            else setFailed({ error });
          },
        );
      begin();
      return () => clearTimeout(again);
    }, [Part]);
    if (failed) throw failed.error;
    return Part ? createElement(Part, props as unknown as Props) : meanwhile;
  }
  return Object.assign(Later, { load: () => void load().catch(() => undefined) });
}
