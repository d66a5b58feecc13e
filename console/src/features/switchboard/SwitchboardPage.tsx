/** The switchboard: my calls and who waits, what is known of the caller, and to whom the call can go. */
import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '@/shared/live/store';
import { type PhoneCall, usePhoneView } from '@/shared/phone';
import { later } from '@/shared/settled';
import { CallPanel } from './CallPanel';
import { DirectoryPane } from './DirectoryPane';
import { MyCalls } from './MyCalls';
import { useChosenQueues, Waiting } from './Waiting';
import classes from './switchboard.module.css';

const AfterCall = later(() => import('@/shared/case/AfterCall').then(({ AfterCall }) => AfterCall), {
  optional: true,
});

const TABS = ['calls', 'waiting', 'directory'] as const;
type Tab = (typeof TABS)[number];

export function SwitchboardPage() {
  const { t } = useTranslation('switchboard');
  const narrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  const view = usePhoneView();
  const [chosen, setChosen] = useState<string | null>(null);
  const call = callToShow(view.calls, chosen);
  const waiting = useLive((state) =>
    chosen && !view.calls.some(({ id }) => id === chosen) ? state.calls[chosen] : undefined,
  );
  const [tab, setTab] = useState<Tab>('calls');
  const queues = useChosenQueues();
  useEffect(() => {
    document.title = `${t('title')} · Svarhus`;
  }, [t]);
  const shown = waiting?.id ?? call?.id ?? null;
  const joined =
    call && !waiting && (call.state === 'talking' || call.state === 'held') ? call : talkingOf(view.calls);
  const calls = <MyCalls calls={view.calls} reach={view.reach} selected={shown} onSelect={setChosen} />;
  const line = <Waiting queues={queues} selected={shown} onSelect={setChosen} />;
  const panel = <CallPanel id={shown} call={waiting ? null : call} />;
  const directory = <DirectoryPane call={joined} />;
  if (!narrow) {
    return (
      <div className={classes.page}>
        <h1 className="visually-hidden">{t('title')}</h1>
        <div className={classes.left}>
          {calls}
          {line}
        </div>
        <div className={classes.middle}>
          <AfterCall />
          {panel}
        </div>
        <div className={classes.right}>{directory}</div>
      </div>
    );
  }
  return (
    <div className={classes.narrow}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <SegmentedControl
        fullWidth
        aria-label={t('parts')}
        value={tab}
        onChange={(value) => setTab(value as Tab)}
        data={TABS.map((value) => ({ value, label: t(`tabs.${value}`, { count: queues.waiting.length }) }))}
      />
      {tab === 'calls' && (
        <>
          {calls}
          <AfterCall />
          {panel}
        </>
      )}
      {tab === 'waiting' && line}
      {tab === 'directory' && directory}
    </div>
  );
}

/** The one that was chosen, while it lasts; else the one that rings, else the one that I talk in. */
function callToShow(calls: PhoneCall[], chosen: string | null): PhoneCall | null {
  const wanted = calls.find(({ id }) => id === chosen);
  const ringing = calls.find(({ state }) => state === 'ringing');
  return wanted ?? ringing ?? talkingOf(calls) ?? calls[0] ?? null;
}

function talkingOf(calls: PhoneCall[]): PhoneCall | null {
  return (
    calls.find(({ state }) => state === 'talking') ?? calls.find(({ state }) => state === 'held') ?? null
  );
}
