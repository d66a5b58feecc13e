import { Button } from '@mantine/core';
import { IconCheck, IconPhone } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type Player, VoicemailPlayer } from '@/shared/case';
import classes from '../../desk.module.css';
import { Hint } from '../../Hint';
import type { ButtonsProps, ChannelPanel } from '../channel';

export const voicemailPanel: ChannelPanel = {
  Buttons,
  bookable: () => true,
  Content: Message,
};

function Message({ id, player }: { id: string; player: Ref<Player> }) {
  const { t } = useTranslation('desk');
  return (
    <section className={classes.section} aria-label={t('message')}>
      <VoicemailPlayer key={id} id={id} player={player} />
    </section>
  );
}

function Buttons({ data, item, actions }: ButtonsProps) {
  const { t } = useTranslation('desk');
  const number = data.number;
  return (
    <>
      {item ? (
        <Button
          leftSection={<IconCheck size={17} stroke={1.8} />}
          rightSection={<Hint>H</Hint>}
          onClick={actions.handle}
          disabled={actions.busy}
        >
          {t('messageDone')}
        </Button>
      ) : (
        <Button variant="default" onClick={actions.reopen} disabled={actions.busy}>
          {t('reopen')}
        </Button>
      )}
      {number && (
        <Button
          variant="default"
          leftSection={<IconPhone size={17} stroke={1.6} />}
          rightSection={<Hint>R</Hint>}
          onClick={() => actions.dial(number)}
          disabled={actions.busy}
        >
          {t('callNow')}
        </Button>
      )}
    </>
  );
}
