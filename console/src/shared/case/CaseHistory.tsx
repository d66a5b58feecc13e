import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { At, ErrorState, LoadingRows } from '@/shared/components';
import { dayAndTime, phoneNumber } from '@/shared/format';
import classes from './case.module.css';
import { type Act, type CaseRef, useCase } from './model';
import { usePersonName, useQueueName, useTagNames } from './names';

/** Who did what when, the latest first. */
export function CaseHistory({ case: ref }: { case: CaseRef }) {
  const { data, error, refetch } = useCase(ref);
  const say = useSaid();
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={3} />;
  const latest = [...data.history].reverse();
  return (
    <ol className={classes.history}>
      {latest.map((act, index) => (
        <li key={latest.length - index}>
          <Text size="xs" c="dimmed" component="span" className={classes.when}>
            <At moment={act.at} />
          </Text>
          <Text size="sm" component="span">
            {say(act)}
          </Text>
        </li>
      ))}
    </ol>
  );
}

function useSaid(): (act: Act) => string {
  const { t } = useTranslation(['case', 'common']);
  const personName = usePersonName();
  const queueName = useQueueName();
  const tagName = useTagNames();
  const detail = ({ act, detail }: Act): string => {
    if (act === 'tagged' || act === 'untagged') return tagName(detail);
    if (act === 'queued' || act === 'moved_to_queue') return queueName(detail);
    if (act === 'taken_over') return personName(detail);
    if (act === 'prioritised') return detail ? t(`common:priority.${detail}`) : t('case:act.ofQueue');
    if (act === 'booked' || act === 'moved') return dayAndTime(detail);
    if (act === 'called') return phoneNumber(detail);
    return detail;
  };
  return (act) =>
    t(`case:act.${act.act}`, {
      who: act.who ? personName(act.who) : t('case:act.customer'),
      detail: detail(act),
      context: act.who ? 'by' : undefined,
      defaultValue: act.act,
    });
}
