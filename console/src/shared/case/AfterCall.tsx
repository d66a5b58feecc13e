/** After a conversation: what was it about? Nothing that is being written there goes away, or is hurried. */
import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, serverNow } from '@/api/client';
import { Countdown, Dot, useTell } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { writes } from '@/shared/keys';
import { useLive } from '@/shared/live/store';
import { useLiveQuery } from '@/shared/live/useLiveQuery';
import { useMe } from '@/shared/session';
import { MORE, needsMore, talkedIn, type Work, withNow, workOf } from './afterCall';
import { CaseNotes, useNewNote } from './CaseNotes';
import { CaseTags } from './CaseTags';
import classes from './case.module.css';
import { caseKey, type CaseRef, useCase } from './model';
import { useNames } from './names';

interface Props {
  /** Show the whole case; without it the name is only told. */
  onOpen?: (key: string) => void;
}

/** The most seconds that the server gives at once. */
const LONGEST = 900;

/** By when a call ended that the time after it belongs to, milliseconds. */
const NEAR = 15_000;

export function AfterCall({ onOpen }: Props) {
  const { person } = useMe();
  const agent = useLive((state) => (person ? state.agents[person] : undefined));
  const talked = useTalked();
  const [unfinished, setUnfinished] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<Work[]>([]);
  const now = workOf(agent);
  const works = withNow(shown, now, unfinished);
  if (JSON.stringify(works) !== JSON.stringify(shown)) setShown(works);
  const finish = (since: string, is: boolean) =>
    setUnfinished((before) => {
      if (before.includes(since) !== is) return before;
      return is ? before.filter((each) => each !== since) : [...before, since];
    });
  return works.map((work) => (
    <Panel
      key={work.since}
      work={work}
      over={work.since !== now?.since}
      talked={talked(work.since)}
      onOpen={onOpen}
      onFinished={(is) => finish(work.since, is)}
    />
  ));
}

/** The case that was talked about until shortly before a moment, as far as this page has seen it. */
function useTalked(): (since: string) => CaseRef | null {
  const { person } = useMe();
  const id = useLive((state) => talkedIn(state.calls, person ? state.agents[person] : undefined));
  const booking = useLive((state) =>
    id
      ? Object.values(state.desk).find((item) => item.kind === 'callback' && item.call === id)?.id
      : undefined,
  );
  const [seen, setSeen] = useState<{ case: CaseRef; until: number } | null>(null);
  useEffect(() => {
    if (!id) return;
    const found: CaseRef = booking ? { kind: 'callback', id: booking } : { kind: 'call', id };
    return () => setSeen({ case: found, until: serverNow() });
  }, [id, booking]);
  return (since) => (seen && Math.abs(Date.parse(since) - seen.until) < NEAR ? seen.case : null);
}

interface PanelProps extends Props {
  work: Work;
  over: boolean;
  talked: CaseRef | null;
  /** Whether it may go away when its time is over. */
  onFinished: (is: boolean) => void;
}

function Panel({ work, over, talked, onOpen, onFinished }: PanelProps) {
  const { t } = useTranslation('case');
  const section = useRef<HTMLElement>(null);
  const typed = useRef(-Infinity);
  const found = useCaseAfter(work, talked);
  // It may be another's as long as the call is not in the log; where somebody has begun to write, it stays.
  const [pinned, pin] = useState<CaseRef | null>(null);
  const ref = pinned ?? found;
  const note = useNewNote(ref);
  const { end, more } = useTime(work, over, typed);
  const number = useCase(ref).data?.number ?? null;
  const names = useNames([number]);
  const who = number && (names[number] ?? phoneNumber(number));
  const draft = note.text.trim() !== '';
  const tell = () => onFinished(!draft && !isWritten(section.current));
  useEffect(tell);

  const done = async () => {
    if (draft && !(await note.save())) return;
    if (!over) end.mutate();
  };
  return (
    <section
      ref={section}
      className={classes.afterCall}
      aria-label={t('afterCall.title')}
      onInput={() => {
        typed.current = Date.now();
        pin(ref);
      }}
      onFocus={tell}
      onBlur={() => setTimeout(tell)}
    >
      <Group justify="space-between" gap="sm">
        <Group gap={8} className={classes.afterWho}>
          <Dot tone={over ? 'quiet' : 'busy'} shape="half" />
          <Text fw={620} component="h2" size="md" m={0}>
            {t('afterCall.title')}
          </Text>
          {!over && <Countdown due={work.until} />}
          {who && onOpen ? (
            <button
              type="button"
              className={classes.afterOpen}
              onClick={() => ref && onOpen(`${ref.kind}:${ref.id}`)}
            >
              <bdi>{who}</bdi>
            </button>
          ) : (
            <bdi>{who}</bdi>
          )}
        </Group>
        <Group gap={6}>
          {!over && work.mayExtend && (
            <Button
              size="compact-md"
              variant="default"
              onClick={() => more.mutate(Math.min(LONGEST, 60 + left(work)))}
              disabled={more.isPending}
            >
              {t('afterCall.more')}
            </Button>
          )}
          <Button size="compact-md" onClick={() => void done()} loading={end.isPending || note.saving}>
            {t(draft ? 'afterCall.saveAndDone' : 'afterCall.done')}
          </Button>
        </Group>
      </Group>
      <p role="status" className={classes.afterTold}>
        {over && t('afterCall.over')}
      </p>
      {ref && (
        <div className={classes.afterFields}>
          <CaseTags key={`tags ${caseKey(ref)}`} case={ref} />
          <CaseNotes key={`notes ${caseKey(ref)}`} case={ref} />
        </div>
      )}
    </section>
  );
}

const left = ({ until }: Work) => Math.max(0, Math.round((Date.parse(until) - serverNow()) / 1000));

function isWritten(section: HTMLElement | null): boolean {
  const { activeElement } = document;
  return Boolean(section?.contains(activeElement)) && writes(activeElement);
}

function useCaseAfter(work: Work, talked: CaseRef | null): CaseRef | null {
  const key = ['desk', 'last', work.since];
  const { data } = useQuery({
    queryKey: key,
    enabled: !talked,
    queryFn: () => call(api.GET('/api/desk/last')),
  });
  // The call is in the log as soon as its last phone has hung up, a little after the work begins.
  useLiveQuery('calls', key, 500);
  return talked ?? data?.case ?? null;
}

/** The end of the time: at once, later, or later by itself while somebody writes. */
function useTime(work: Work, over: boolean, typed: { current: number }) {
  const tell = useTell();
  const path = { params: { path: { person: 'me' } } };
  const end = useMutation({
    mutationFn: () => call(api.POST('/api/agents/{person}/end-after-call-work', path)),
    onError: (error) => tell.failed(error),
  });
  const more = useMutation({
    mutationFn: (seconds: number) =>
      call(api.POST('/api/agents/{person}/extend-after-call-work', { ...path, body: { seconds } })),
    onError: (error) => tell.failed(error),
  });
  const byItself = useMutation({
    mutationFn: () =>
      call(api.POST('/api/agents/{person}/extend-after-call-work', { ...path, body: { seconds: MORE } })),
  });
  const now = useNow();
  const asked = useRef('');
  useEffect(() => {
    // Asked once for each end: what did not help is not asked for again.
    if (over || !work.mayExtend || asked.current === work.until) return;
    if (!needsMore((Date.parse(work.until) - now) / 1000, (Date.now() - typed.current) / 1000)) return;
    asked.current = work.until;
    byItself.mutate();
  });
  return { end, more };
}
