/** Says now and then, for those who hear the page, how many cases have come in: not each one by itself. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskItem } from './items';

const GATHER_MS = 8_000;

export function useNewcomers(items: DeskItem[], known: boolean): string {
  const { t } = useTranslation('desk');
  const before = useRef<Set<string> | null>(null);
  const fresh = useRef<DeskItem[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [said, say] = useState('');
  useEffect(() => {
    if (!known) return;
    const now = new Set(items.map(({ key }) => key));
    const last = before.current;
    before.current = now;
    if (!last) return;
    fresh.current.push(...items.filter(({ key }) => !last.has(key)));
    if (!fresh.current.length || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const came = fresh.current;
      fresh.current = [];
      say(came.length === 1 ? t(`newcomer.${came[0]?.kind}`) : t('newcomers', { count: came.length }));
    }, GATHER_MS);
  }, [items, known, t]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return said;
}
