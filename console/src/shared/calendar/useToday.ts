import { useEffect, useState } from 'react';
import { serverNow } from '@/api/client';

const LOOK = 10_000;

/** Today, and the minutes from midnight, as the clock on the wall shows them in the zone. */
export function useToday(zone: string): { today: string; minute: number } {
  const [text, setText] = useState(() => wall(zone));
  useEffect(() => {
    const timer = setInterval(() => setText(wall(zone)), LOOK);
    return () => clearInterval(timer);
  }, [zone]);
  const [today = '', time = ''] = text.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { today, minute: hours * 60 + minutes };
}

function wall(zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return format.format(serverNow());
}
