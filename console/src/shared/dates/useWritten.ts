import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Written {
  text: string;
  /** What is written is not understood, and the person has gone on. */
  faulty: boolean;
  type: (text: string) => void;
  /** The person goes on: what is understood is written as it should be. */
  leave: () => void;
}

/**
 * What is kept in one form and written in another.
 *
 * `value` is what `onChange` told last, unless it comes from elsewhere; empty when nothing is written, null when it is
 * not understood.
 */
export function useWritten(
  value: string | null,
  onChange: (value: string | null) => void,
  write: (value: string) => string,
  read: (text: string) => string | null,
): Written {
  const language = useTranslation().i18n.language;
  const fresh = () => ({ value, language, text: value ? write(value) : '', left: false });
  const [kept, setKept] = useState(fresh);
  const elsewhere = kept.value !== value || (kept.language !== language && value !== null);
  const now = elsewhere ? fresh() : kept;
  if (elsewhere) setKept(now);
  return {
    text: now.text,
    faulty: now.value === null && now.left,
    type: (text) => {
      const found = text.trim() ? read(text) : '';
      setKept({ ...now, text, value: found, left: found === null && now.left });
      // Also what is not understood goes on as it is written, letter by letter.
      if (found === null || found !== value) onChange(found);
    },
    leave: () => {
      if (value === null && !now.text.trim()) onChange('');
      else setKept(value === null ? { ...now, left: true } : fresh());
    },
  };
}
