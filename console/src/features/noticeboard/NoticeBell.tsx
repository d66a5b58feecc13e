/** The noticeboard in the corner of every page: how much is new, and the latest at a click. */
import { ActionIcon, Button, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangleFilled, IconNotes } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/shared/components';
import { NoticeItem } from './NoticeItem';
import classes from './noticeboard.module.css';
import { useCurrentNotices, useRead, useUnitNames } from './notices';

export function NoticeBell() {
  const { t } = useTranslation('noticeboard');
  const [opened, { close, toggle }] = useDisclosure();
  const { data } = useCurrentNotices();
  const units = useUnitNames();
  const read = useRead();
  const unread = data?.unread ?? 0;
  const important = (data?.unread_important ?? 0) > 0;
  const shown = data
    ? [...new Map([...data.pinned, ...data.latest].map((each) => [each.id, each])).values()]
    : [];
  const newest = data?.latest[0]?.id;
  return (
    <Popover
      opened={opened}
      onChange={(wanted) => !wanted && close()}
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          className={classes.bell}
          onClick={toggle}
          aria-label={t('bell', { count: unread })}
          aria-expanded={opened}
          aria-haspopup="dialog"
        >
          <IconNotes size={19} stroke={1.6} aria-hidden />
          {unread > 0 && (
            <span className={classes.badge} data-important={important || undefined} aria-hidden>
              {important && <IconAlertTriangleFilled size={10} />}
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('title')}>
        <div className={classes.panelHead}>
          <Text fw={600} size="sm">
            {t('title')}
          </Text>
          {unread > 0 && newest !== undefined && (
            <Button size="compact-xs" variant="subtle" onClick={() => read.mutate(newest)}>
              {t('markRead')}
            </Button>
          )}
        </div>
        <div className={classes.panelList}>
          {shown.length ? (
            shown.map((notice) => (
              <NoticeItem
                key={notice.id}
                notice={notice}
                units={units}
                isNew={notice.id > (data?.read_to ?? 0) && unread > 0}
              />
            ))
          ) : (
            <EmptyState title={t('empty')} />
          )}
        </div>
        <div className={classes.panelFoot}>
          <Button component={Link} to="/noticeboard" variant="subtle" size="compact-sm" onClick={close}>
            {t('openBoard')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
