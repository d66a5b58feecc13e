import { IconNote, IconTag } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { KindIcon } from '@/shared/case';
import { PersonAvatar, PriorityMark } from '@/shared/components';
import { phoneNumber } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { CHANNELS } from './channels/registry';
import classes from './desk.module.css';
import { Due } from './Due';
import { type DeskItem, isLive, priorityAt } from './items';

interface Props {
  item: DeskItem;
  who: string | null;
  queue: string;
  /** What it is about. */
  category: string | null;
  unit: string | null;
  /** Name of the one who has taken it or is at it. */
  holder: string | null;
  photo: string | null;
}

/** A line of the desk. Its words are in the order in which one wants to hear them. */
export const CaseRow = memo(function CaseRow({ item, who, queue, category, unit, holder, photo }: Props) {
  const { Stage } = CHANNELS[item.kind];
  const { t } = useTranslation(['desk', 'case']);
  const number = item.number ? phoneNumber(item.number) : t('withheld');
  return (
    <>
      <Edge item={item} />
      <span className={classes.urgency}>
        <Urgency item={item} />
      </span>
      <span className={classes.kind} data-live={isLive(item) || undefined}>
        <KindIcon kind={item.kind} plain />
      </span>
      <span className={classes.who}>
        <span className={classes.name}>
          <bdi>{who ?? number}</bdi>
          {who && item.number && <span className={classes.number}>{number}</span>}
        </span>
        <span className={classes.about}>
          {category && <span className={classes.category}>{category}</span>}
          <span className={classes.queue}>{queue}</span>
          {unit && unit !== queue && <span>{unit}</span>}
          <span>
            <Stage item={item} holder={holder} />
          </span>
        </span>
      </span>
      <span className={classes.marks}>
        {item.notes > 0 && (
          <span title={t('row.notes', { count: item.notes })}>
            <IconNote size={15} stroke={1.6} aria-hidden />
            <span className="visually-hidden">{t('row.notes', { count: item.notes })}</span>
          </span>
        )}
        {item.tags.length > 0 && (
          <span title={t('row.tags', { count: item.tags.length })}>
            <IconTag size={15} stroke={1.6} aria-hidden />
            <span className="visually-hidden">{t('row.tags', { count: item.tags.length })}</span>
          </span>
        )}
        {holder && (
          <span title={t('row.takenBy', { name: holder })}>
            <PersonAvatar name={holder} photo={photo} size={22} />
            <span className="visually-hidden">{t('row.takenBy', { name: holder })}</span>
          </span>
        )}
      </span>
      <span className={classes.due}>
        <Due moment={item.due_at} promised={!isLive(item)} />
      </span>
    </>
  );
});

/** At a glance: somebody is on the line, or a promise is being broken. In words it stands in the row. */
function Edge({ item }: { item: DeskItem }) {
  const overdue = Date.parse(item.due_at) < useNow();
  const look = isLive(item) ? 'live' : overdue ? 'overdue' : undefined;
  return look ? <span className={classes.edge} data-look={look} aria-hidden /> : null;
}

function Urgency({ item }: { item: DeskItem }) {
  return <PriorityMark priority={priorityAt(item, useNow())} plain />;
}
