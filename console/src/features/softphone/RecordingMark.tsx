/** Whether the conversation is being recorded, and what I may do about it. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlayerRecord } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Dot, type Shape, type Tone, useTell } from '@/shared/components';
import { phoneActions, type PhoneCall, type Recorded } from '@/shared/phone';
import { useMay } from '@/shared/session';
import classes from './PhoneBar.module.css';

const MARKS: Record<Recorded['state'], { tone: Tone; shape: Shape }> = {
  recording: { tone: 'bad', shape: 'disc' },
  pausing: { tone: 'bad', shape: 'half' },
  paused: { tone: 'busy', shape: 'bar' },
  held: { tone: 'quiet', shape: 'bar' },
};

export function RecordingMark({ call }: { call: PhoneCall }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const byRight = useMay('record_direct_calls');
  const run = (action: Promise<void>) => void action.catch(tell.failed);
  const { recorded } = call;
  const joined = call.state === 'talking' || call.state === 'held';
  const mayBegin = joined && !recorded && (call.recordable ?? byRight);
  const paused = recorded?.state === 'paused' || recorded?.state === 'pausing';
  return (
    <span
      className={classes.recording}
      data-recorded={Boolean(recorded)}
      role="group"
      aria-label={t('recording.title')}
    >
      <span role="status" className={classes.state}>
        {recorded && (
          <>
            <Dot {...MARKS[recorded.state]} />
            {t(`recording.${recorded.state}`)}
          </>
        )}
      </span>
      {recorded && joined && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t(paused ? 'recording.resume' : 'recording.pause')}
          onClick={() => run(phoneActions.pauseRecording(call.id, !paused))}
        >
          {t(paused ? 'recording.resumeShort' : 'recording.pauseShort')}
        </Button>
      )}
      {recorded?.endable && joined && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('recording.end')}
          onClick={() => run(phoneActions.record(call.id, false))}
        >
          {t('recording.endShort')}
        </Button>
      )}
      {mayBegin && (
        <Tooltip label={t('recording.begin')}>
          <ActionIcon
            size={36}
            variant="subtle"
            color="gray"
            aria-label={t('recording.begin')}
            onClick={() => run(phoneActions.record(call.id, true))}
          >
            <IconPlayerRecord size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </span>
  );
}
