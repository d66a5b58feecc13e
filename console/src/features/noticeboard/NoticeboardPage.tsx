/** What colleagues have written, by day, week or month; and a place to write. */
import { ActionIcon, Button, Group, SegmentedControl, Select, Text, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconNotes } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState, LoadingRows, PageHeader, Panel } from '@/shared/components';
import { locale } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { useMay, useMe } from '@/shared/session';
import { periodName, stepped } from './days';
import { NoticeItem } from './NoticeItem';
import classes from './noticeboard.module.css';
import { type Period, useCurrentNotices, useHistory, useRead, useUnitNames } from './notices';
import { WriteNotice } from './WriteNotice';

export function NoticeboardPage() {
  const { t } = useTranslation('noticeboard');
  const mayWrite = useMay('write_notices');
  const mayPin = useMay('lead_notices');
  const names = useUnitNames();
  const [period, setPeriod] = useState<Period>('day');
  const [day, setDay] = useState<string>();
  const [unit, setUnit] = useState('');
  const current = useCurrentNotices();
  const history = useHistory(period, day, unit || undefined);
  const isNew = useReading(current.data);
  const readable = current.data?.units ?? [];
  const found = history.data;
  const now = useNow();
  const pinned = current.data?.pinned.filter((notice) => !unit || notice.unit === unit) ?? [];
  const above = new Set(pinned.map(({ id }) => id));
  const listed = found?.items.filter(({ id }) => !above.has(id));
  return (
    <>
      <PageHeader title={t('title')} note={t('note')} />
      <div className={classes.page}>
        {mayWrite && (
          <Panel>
            <WriteNotice units={names} own={readable} />
          </Panel>
        )}
        {pinned.length > 0 && (
          <Panel title={t('pinnedOnes')} flush>
            {pinned.map((notice) => (
              <NoticeItem
                key={notice.id}
                notice={notice}
                units={names}
                isNew={isNew(notice.id)}
                mayPin={mayPin}
              />
            ))}
          </Panel>
        )}
        <Panel
          title={found ? periodName(found.first, found.end, period, locale()) : t('title')}
          actions={
            <Group gap={4}>
              {readable.length > 1 && (
                <Select
                  aria-label={t('unit')}
                  size="xs"
                  w={150}
                  allowDeselect={false}
                  value={unit}
                  onChange={(wanted) => setUnit(wanted ?? '')}
                  data={[
                    { value: '', label: t('allMine') },
                    ...readable.map((value) => ({ value, label: names.get(value) ?? value })),
                  ]}
                />
              )}
              <SegmentedControl
                size="xs"
                aria-label={t('period')}
                value={period}
                onChange={(wanted) => setPeriod(wanted as Period)}
                data={(['day', 'week', 'month'] as const).map((value) => ({
                  value,
                  label: t(`periods.${value}`),
                }))}
              />
              <Group gap={4} wrap="nowrap">
                <Step
                  label={t('earlier')}
                  onClick={() => found && setDay(stepped(found.first, period, -1))}
                  disabled={!found}
                >
                  <IconChevronLeft size={16} stroke={1.6} aria-hidden />
                </Step>
                <Button size="compact-sm" variant="default" onClick={() => setDay(undefined)} disabled={!day}>
                  {t('today')}
                </Button>
                <Step
                  label={t('later')}
                  onClick={() => found && setDay(stepped(found.first, period, 1))}
                  disabled={!found || Date.parse(found.end) > now}
                >
                  <IconChevronRight size={16} stroke={1.6} aria-hidden />
                </Step>
              </Group>
            </Group>
          }
          flush
        >
          {history.error && !found && (
            <ErrorState error={history.error} retry={() => void history.refetch()} />
          )}
          {history.isPending && <LoadingRows rows={3} height={56} />}
          {listed?.length === 0 && (
            <EmptyState icon={<IconNotes size={28} stroke={1.5} />} title={t('empty')}>
              {t('emptyHelp')}
            </EmptyState>
          )}
          {listed?.map((notice) => (
            <NoticeItem
              key={notice.id}
              notice={notice}
              units={names}
              isNew={isNew(notice.id)}
              mayPin={mayPin}
            />
          ))}
          {found?.next && (
            <Text size="sm" c="dimmed" p="sm">
              {t('onlyLatest')}
            </Text>
          )}
        </Panel>
        <Text size="xs" c="dimmed">
          {t('stays')}
        </Text>
      </div>
    </>
  );
}

/** Whoever looks at the page has read it; what was new when it was opened stays marked until it is left. */
function useReading(
  current: { read_to: number; latest: readonly { id: number; author: string }[] } | undefined,
) {
  const me = useMe();
  const { mutate } = useRead();
  const [readTo, setReadTo] = useState<number>();
  const told = useRef(0);
  const newest = current?.latest[0]?.id ?? 0;
  if (current && readTo === undefined) setReadTo(current.read_to);
  useEffect(() => {
    if (!current || newest <= current.read_to || told.current >= newest) return;
    const read = () => {
      if (document.visibilityState !== 'visible') return;
      told.current = newest;
      mutate(newest);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [current, newest, mutate]);
  const mine = new Set(current?.latest.filter(({ author }) => author === me.person).map(({ id }) => id));
  return (id: number) => readTo !== undefined && id > readTo && !mine.has(id);
}

function Step({
  label,
  onClick,
  disabled,
  children,
}: {
  label: string;
  onClick: () => void;
  disabled: boolean;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="md" aria-label={label} onClick={onClick} disabled={disabled}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
