/** Says now and then, for those who hear the page, how many cases have come in: not each one by itself. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newcomers, type DeskItem } from './items';

const GATHER_MS = 8_000;

/** `desk` is all that waits, `items` what is shown of it: what is only found or shown again has not come in. */
export function useNewcomers(desk: Record<string, DeskItem>, items: DeskItem[], known: boolean): string {
  const { t } = useTranslation('desk');
  const before = useRef<Record<string, DeskItem> | null>(null);
  const fresh = useRef<DeskItem[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [said, say] = useState('');
  useEffect(() => {
    if (!known) return;
    const last = before.current;
    before.current = desk;
    if (!last || last === desk) return;
    fresh.current.push(...newcomers(last, desk, items));
    if (!fresh.current.length || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const came = fresh.current;
      fresh.current = [];
      say(came.length === 1 ? t(`newcomer.${came[0]?.kind}`) : t('newcomers', { count: came.length }));
    }, GATHER_MS);
  }, [desk, items, known, t]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return said;
}
