import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconPin, IconPinFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { At, Label } from '@/shared/components';
import { useUnknown } from '@/shared/people/unnamed';
import { LinkedText } from './LinkedText';
import classes from './noticeboard.module.css';
import { type Notice, usePin } from './notices';

interface Props {
  notice: Notice;
  units: Map<string, string>;
  isNew?: boolean;
  mayPin?: boolean;
}

export function NoticeItem({ notice, units, isNew, mayPin }: Props) {
  const { t } = useTranslation('noticeboard');
  const pin = usePin();
  const unknown = useUnknown();
  const pinned = notice.pinned_at !== null;
  return (
    <article
      className={classes.notice}
      data-important={notice.important || undefined}
      data-new={isNew || undefined}
    >
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="2px 7px">
          {notice.important && (
            <span className={classes.important}>
              <IconAlertTriangleFilled size={14} aria-hidden /> {t('important')}
            </span>
          )}
          {pinned && (
            <span className={classes.pinned}>
              <IconPinFilled size={14} aria-hidden /> {t('pinned')}
            </span>
          )}
          <Text span size="sm" fw={600}>
            {notice.author_name || unknown(notice.author)}
          </Text>
          <Text span size="xs" c="dimmed">
            <At moment={notice.at} />
          </Text>
          <Label>{notice.unit ? (units.get(notice.unit) ?? notice.unit) : t('everybody')}</Label>
          {isNew && <span className={classes.new}>{t('new')}</span>}
        </Group>
        {mayPin && (
          <Tooltip label={t(pinned ? 'unpin' : 'pin')}>
            <ActionIcon
              size="md"
              aria-label={t(pinned ? 'unpin' : 'pin')}
              aria-pressed={pinned}
              loading={pin.isPending}
              onClick={() => pin.mutate(notice)}
            >
              {pinned ? (
                <IconPinFilled size={16} aria-hidden />
              ) : (
                <IconPin size={16} stroke={1.6} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <p className={classes.text}>
        <LinkedText>{notice.text}</LinkedText>
      </p>
    </article>
  );
}
