import { useTranslation } from 'react-i18next';
import { Dot } from '@/shared/components';
import { count, duration, share } from '@/shared/format';
import { useAlertWords } from './Alerts';
import type { Board } from './useWallboard';
import classes from './wallboard.module.css';

interface Props {
  queue: Board['queues'][number];
  today: Board['today'][number] | undefined;
  /** When the figures were true. */
  at: string;
  /** Seconds since then. */
  age: number;
}

export function WallQueue({ queue, today, at, age }: Props) {
  const { t } = useTranslation('boards');
  const words = useAlertWords();
  const longest = queue.longest_since
    ? (Date.parse(at) - Date.parse(queue.longest_since)) / 1000 + age
    : null;
  const over = longest !== null && today !== undefined && longest > today.red_after_seconds;
  return (
    <section className={classes.queue} data-over={over || undefined} aria-label={queue.name}>
      <h2>
        {queue.name}
        {queue.closed && (
          <>
            {' '}
            <Dot tone="bad" shape="bar" /> {t('closing.closed')}
          </>
        )}
      </h2>
      {queue.alerts?.map((alert) => (
        <p key={`${alert.on} ${alert.limit}`} className={classes.alert}>
          <Dot tone="bad" shape="diamond" /> {words(alert)}
        </p>
      ))}
      <div className={classes.main}>
        <div className={classes.waiting}>
          <strong data-volatile>{count(queue.waiting - (queue.kept ?? 0))}</strong>
          <span>{t('figures.waiting')}</span>
          {(queue.kept ?? 0) > 0 && <span data-volatile>{t('keptCount', { count: queue.kept })}</span>}
        </div>
        <div className={classes.longest}>
          <strong data-volatile>
            {over && <Dot tone="bad" shape="diamond" />} {longest === null ? '–' : duration(longest)}
          </strong>
          <span>{over ? t('overTarget') : t('figures.longest')}</span>
        </div>
      </div>
      <dl className={classes.figures}>
        <Figure
          name={t('figures.estimated')}
          value={queue.estimated_wait === null ? '–' : `≈ ${duration(queue.estimated_wait ?? 0)}`}
        />
        <Figure
          name={t('wall.freeOf')}
          value={`${count(queue.free)} / ${count(queue.logged_in)}`}
          bad={queue.waiting > 0 && !queue.logged_in}
        />
        <Figure
          name={queue.callbacks_overdue ? t('wall.overdue') : t('figures.due')}
          value={
            queue.callbacks_overdue
              ? `${count(queue.callbacks_overdue)} / ${count(queue.callbacks_due)}`
              : count(queue.callbacks_due)
          }
          bad={queue.callbacks_overdue > 0}
        />
        <Figure name={t('figures.answered')} value={today ? count(today.answered) : '–'} />
        <Figure name={t('figures.abandoned')} value={today ? count(today.abandoned) : '–'} />
        <Figure
          name={t('figures.serviceLevel')}
          value={today?.service_level === null || !today ? '–' : share(today.service_level)}
        />
      </dl>
    </section>
  );
}

function Figure({ name, value, bad }: { name: string; value: string; bad?: boolean }) {
  return (
    <div data-bad={bad || undefined}>
      <dt>{name}</dt>
      <dd data-volatile>
        {bad && <Dot tone="bad" shape="diamond" />} {value}
      </dd>
    </div>
  );
}
