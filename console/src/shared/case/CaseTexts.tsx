/** What the number of a case was sent by SMS and e-mail and has sent, and sending more by hand. */
import { Button, Text } from '@mantine/core';
import { IconMail, IconMessage, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call, type components } from '@/api/client';
import { At, ErrorState, LoadingRows } from '@/shared/components';
import { MessageStatus } from '@/shared/components/MessageStatus';
import { inARow } from '@/shared/i18n';
import classes from './case.module.css';
import { type CaseRef, textsKey } from './model';
import { usePersonName } from './names';
import { SendText } from './SendText';

type TextShown = components['schemas']['TextShown'];

/** Milliseconds between looks at what comes in and becomes of what was sent. */
const LOOK_EVERY = 5000;

export function CaseTexts({ case: ref }: { case: CaseRef }) {
  const { t } = useTranslation('case');
  const [writing, write] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: textsKey(ref),
    queryFn: () => call(api.GET('/api/cases/{kind}/{id}/texts', { params: { path: ref } })),
    refetchInterval: LOOK_EVERY,
  });
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={3} />;
  return (
    <>
      {data.takes_texts ? (
        <Button
          variant="default"
          size="compact-sm"
          mb={6}
          leftSection={<IconSend size={14} stroke={1.6} aria-hidden />}
          onClick={() => write(true)}
        >
          {t('texts.send')}
        </Button>
      ) : (
        <Text size="sm" c="dimmed" py="xs">
          {t('texts.landline')}
        </Text>
      )}
      {!data.messages.length && (
        <Text size="sm" c="dimmed" py="xs">
          {t('texts.empty')}
        </Text>
      )}
      <ol className={classes.plain} aria-label={t('texts.title')}>
        {data.messages.map((message) => (
          <Line key={message.id} message={message} />
        ))}
      </ol>
      {writing && <SendText case={ref} templates={data.templates} onClose={() => write(false)} />}
    </>
  );
}

function Line({ message }: { message: TextShown }) {
  const { t } = useTranslation(['case', 'outbox']);
  const personName = usePersonName();
  const { incoming, status, purpose, made_by: by } = message;
  const Icon = message.channel === 'mail' ? IconMail : IconMessage;
  const said = incoming
    ? inARow([t('texts.from'), message.outcome && t(`texts.outcome.${message.outcome}`)])
    : inARow([
        purpose && t(`outbox:purpose.${purpose}`),
        by && by !== 'command line' && personName(by),
        message.parts > 1 && t('texts.parts', { count: message.parts }),
      ]);
  return (
    <li className={classes.note}>
      <Icon size={16} stroke={1.6} aria-hidden className={classes.still} />
      <div className={classes.grow}>
        <Text size="xs" c="dimmed">
          <At moment={message.at} /> · {said}
        </Text>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {message.text ?? t('outbox:noText')}
        </Text>
        {status && <MessageStatus message={{ status, reason: message.reason }} />}
      </div>
    </li>
  );
}
