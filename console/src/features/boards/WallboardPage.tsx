/** A screen on the wall. It asks again and again, for weeks, and never shows old figures as if they were new. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dot } from '@/shared/components';
import { duration } from '@/shared/format';
import { useWallboard } from './useWallboard';
import { WallAgents } from './WallAgents';
import { WallQueue } from './WallQueue';
import classes from './wallboard.module.css';

/** More queues than these stand closer, and say only what matters most. */
const DENSE = 6;
const PACKED = 8;

export function WallboardPage() {
  const { t, i18n } = useTranslation('boards');
  const { board, ended, age, lost } = useWallboard();
  const language = board?.language;
  useEffect(() => {
    if (language && i18n.language !== language) void i18n.changeLanguage(language);
  }, [i18n, language]);
  useEffect(() => {
    document.title = board ? `${board.name} · Svarhus` : 'Svarhus';
  }, [board]);
  useAwake();
  if (ended) return <Message title={t('wall.ended')}>{t('wall.endedHelp')}</Message>;
  // In its own language, which is loaded only now.
  if (!board || (language && i18n.language !== language))
    return (
      <Message title={t(lost ? 'wall.noContact' : 'wall.loading')}>{lost ? t('wall.trying') : ''}</Message>
    );
  const count = board.queues.length;
  return (
    <main
      className={classes.wall}
      data-theme={board.theme}
      data-lost={lost || undefined}
      data-dense={count > DENSE || undefined}
      data-packed={count > PACKED || undefined}
    >
      <header className={classes.head}>
        <h1>{board.name}</h1>
        <span className={classes.organisation}>{board.organisation}</span>
        <Clock zone={board.timezone} />
      </header>
      {lost && (
        <div role="alert" className={classes.lost}>
          <Dot tone="bad" shape="bar" /> {t('wall.lost', { age: duration(age) })}
        </div>
      )}
      {board.queues.length ? (
        <div className={classes.queues} data-count={Math.min(board.queues.length, 12)}>
          {board.queues.map((queue, index) => (
            <WallQueue key={queue.key} queue={queue} today={board.today[index]} at={board.at} age={age} />
          ))}
        </div>
      ) : (
        <p className={classes.empty}>{t('noQueues')}</p>
      )}
      {board.agents && <WallAgents agents={board.agents} at={board.at} age={age} />}
      <footer className={classes.foot}>
        <span>{t('wall.today')}</span>
        <span data-volatile>{t('wall.age', { age: duration(age) })}</span>
        <FullScreen />
      </footer>
    </main>
  );
}

function Message({ title, children }: { title: string; children: string }) {
  return (
    <main className={classes.wall} data-theme="dark">
      <div className={classes.message} role="status">
        <h1>{title}</h1>
        <p>{children}</p>
      </div>
    </main>
  );
}

function Clock({ zone }: { zone: string }) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  const format = new Intl.DateTimeFormat(i18n.language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });
  return (
    <time className={classes.clock} data-volatile>
      {format.format(now)}
    </time>
  );
}

function FullScreen() {
  const { t } = useTranslation('boards');
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(Boolean(document.fullscreenElement));
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, []);
  if (full) return null;
  return (
    <button
      type="button"
      className={classes.full}
      onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
    >
      {t('wall.fullScreen')}
    </button>
  );
}

/** Keep the screen from going dark, where the browser allows it. */
function useAwake() {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    };
    void ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
