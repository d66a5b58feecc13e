import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duration } from '@/shared/format';
import { useCommands } from '@/shared/keys';
import { levelOf } from '@/shared/phone/level';
import { NoVoice } from './NoVoice';
import type { Visit, VisitState } from './visit';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** The call: how it stands, what is heard, and the keys for the menu. */
export function InCall({ visit, state, name }: { visit: Visit; state: VisitState; name: string }) {
  const { t } = useTranslation('callus');
  const { call } = state;
  if (!call) return null;
  if (call.state === 'ringing') return <CalledBack visit={visit} />;
  const talking = call.state === 'talking';
  return (
    <section aria-label={t('inCall')} className="incall">
      <p role="status" className="state">
        <strong>{name}</strong>
        <span>{t(`state.${call.state}`)}</span>
        {talking && <Clock since={call.since} />}
      </p>
      <div role="alert">
        {talking && call.silence && <NoVoice visit={visit} silence={call.silence} />}
        {state.cutOff && <p className="told">{t('cutOff')}</p>}
      </div>
      {talking && (
        <>
          <Level label={t('theirs')} stream={visit.sounds.theirs} />
          <Level
            label={t(state.voice === 'microphone' ? 'mine' : `as.${state.voice}`)}
            stream={visit.sounds.mine}
          />
          <Keys press={(digit) => visit.press(digit)} />
        </>
      )}
      <div className="row">
        {talking && (
          <button type="button" aria-pressed={call.muted} onClick={() => visit.mute(!call.muted)}>
            {t(call.muted ? 'unmute' : 'mute')}
          </button>
        )}
        <button type="button" className="end" onClick={() => visit.hangUp()}>
          {t('hangUp')}
        </button>
      </div>
    </section>
  );
}

function CalledBack({ visit }: { visit: Visit }) {
  const { t } = useTranslation('callus');
  return (
    <section aria-label={t('inCall')} className="incall">
      <p role="alert" className="state">
        <strong>{t('calledBack')}</strong>
      </p>
      <div className="row">
        <button type="button" className="primary" onClick={() => void visit.answer()}>
          {t('answer')}
        </button>
        <button type="button" onClick={() => visit.hangUp()}>
          {t('decline')}
        </button>
      </div>
    </section>
  );
}

function Clock({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <time data-volatile>{duration(Math.max(0, (now - Date.parse(since)) / 1000))}</time>;
}

function Level({ label, stream }: { label: string; stream: MediaStream | null }) {
  const [level, setLevel] = useState(0);
  useEffect(() => (stream?.getAudioTracks().length ? levelOf(stream, setLevel) : undefined), [stream]);
  return (
    <label className="level">
      <span>{label}</span>
      <meter min={0} max={1} value={level} data-volatile />
    </label>
  );
}

function Keys({ press }: { press: (digit: string) => void }) {
  const { t } = useTranslation('callus');
  const [pressed, setPressed] = useState('');
  const push = (digit: string) => {
    setPressed((before) => (before + digit).slice(-18));
    press(digit);
  };
  useCommands((event) => {
    if (KEYS.includes(event.key)) push(event.key);
  });
  return (
    <div role="group" aria-label={t('keypad')} className="keys">
      {KEYS.map((digit) => (
        <button key={digit} type="button" onClick={() => push(digit)}>
          {digit}
        </button>
      ))}
      <output aria-live="polite">{pressed}</output>
    </div>
  );
}
