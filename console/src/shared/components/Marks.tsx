/** Small marks with a meaning: each by shape and words as well as by colour. */
import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Marks.module.css';
import { Tip } from './Tip';

export type Tone = 'good' | 'busy' | 'bad' | 'quiet' | 'info';
export type Shape = 'disc' | 'ring' | 'half' | 'square' | 'diamond' | 'bar';

const COLOURS: Record<Tone, string> = {
  good: 'var(--svarhus-good)',
  busy: 'var(--svarhus-busy)',
  bad: 'var(--svarhus-bad)',
  quiet: 'var(--svarhus-quiet)',
  info: 'var(--svarhus-info)',
};

/** A small mark before a word. */
export function Dot({ tone, shape = 'disc' }: { tone: Tone; shape?: Shape }) {
  const colour = COLOURS[tone];
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden className={classes.dot}>
      {shape === 'disc' && <circle cx="5" cy="5" r="4.5" fill={colour} />}
      {shape === 'ring' && <circle cx="5" cy="5" r="3.6" fill="none" stroke={colour} strokeWidth="1.8" />}
      {shape === 'half' && (
        <>
          <circle cx="5" cy="5" r="3.9" fill="none" stroke={colour} strokeWidth="1.2" />
          <path d="M5 1a4 4 0 0 1 0 8z" fill={colour} />
        </>
      )}
      {shape === 'square' && <rect x="1" y="1" width="8" height="8" rx="1.5" fill={colour} />}
      {shape === 'diamond' && <path d="M5 0l5 5-5 5-5-5z" fill={colour} />}
      {shape === 'bar' && <rect x="0.5" y="3.8" width="9" height="2.4" rx="1" fill={colour} />}
    </svg>
  );
}

export const PAUSED: { tone: Tone; shape: Shape } = { tone: 'quiet', shape: 'half' };

export const AGENT_STATES: Record<string, { tone: Tone; shape: Shape }> = {
  available: { tone: 'good', shape: 'disc' },
  ringing: { tone: 'info', shape: 'diamond' },
  talking: { tone: 'busy', shape: 'square' },
  after_call_work: { tone: 'busy', shape: 'half' },
  paused: PAUSED,
  unreachable: { tone: 'bad', shape: 'bar' },
  logged_out: { tone: 'quiet', shape: 'ring' },
};

/** An agent's state in words with its mark. */
export function AgentState({ state, children }: { state: string; children?: React.ReactNode }) {
  const { t } = useTranslation();
  const mark = AGENT_STATES[state] ?? { tone: 'quiet', shape: 'ring' };
  return (
    <Group gap={6} wrap="nowrap" display="inline-flex">
      <Dot {...mark} />
      <Text span size="sm">
        {t(`agentState.${state}`)}
        {children}
      </Text>
    </Group>
  );
}

export const PRIORITIES = ['low', 'normal', 'high', 'very_high'] as const;
export type Priority = (typeof PRIORITIES)[number];

const BARS: Record<Priority, { bars: number; tone: Tone }> = {
  low: { bars: 1, tone: 'good' },
  normal: { bars: 2, tone: 'info' },
  high: { bars: 3, tone: 'busy' },
  very_high: { bars: 4, tone: 'bad' },
};

/** One to four bars, green to red, with its name for those who hear or hover.
 *
 * `plain`: the browser's own tooltip, in lists that must scroll smoothly.
 */
export function PriorityMark({ priority, plain }: { priority: Priority; plain?: boolean }) {
  const { t } = useTranslation();
  const { bars, tone } = BARS[priority];
  const name = t(`priority.${priority}`);
  const picture = (
    <svg width="18" height="14" viewBox="0 0 18 14" role="img" aria-label={name} className={classes.dot}>
      {plain && <title>{name}</title>}
      {[1, 2, 3, 4].map((bar) => (
        <rect
          key={bar}
          x={(bar - 1) * 4.6}
          y={14 - bar * 3.4}
          width="3.4"
          height={bar * 3.4}
          rx="0.8"
          fill={bar <= bars ? COLOURS[tone] : 'var(--svarhus-line)'}
        />
      ))}
    </svg>
  );
  return plain ? picture : <Tip label={name}>{picture}</Tip>;
}

/** A queue, unit or tag as a quiet label. */
export function Label({ children, title }: { children: string; title?: string }) {
  return (
    <Badge variant="default" radius="sm" className={classes.label} title={title ?? children}>
      {children}
    </Badge>
  );
}

/** A key of the keyboard. */
export function Key({ children }: { children: string }) {
  return <kbd className={classes.key}>{children}</kbd>;
}
