/** While I am with a conversation of others: in which way, and the other ways. */
import { Button, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConfirm, useTell } from '@/shared/components';
import { phoneActions, type PhoneCall, useWays, type Way } from '@/shared/phone';
import classes from './PhoneBar.module.css';

export function SupervisionLine({ call, how, member }: { call: PhoneCall; how: Way; member: string }) {
  const { t } = useTranslation('phone');
  const tell = useTell();
  const confirm = useConfirm();
  const open = useWays()(call.queue);
  const go = (way: Way) => void phoneActions.supervise(call.id, way).catch(tell.failed);
  const takeOver = async () => {
    const sure = await confirm({
      title: t('supervision.takeOverTitle', { who: member }),
      body: t('supervision.takeOverBody', { who: member }),
      confirm: t('supervision.way.takes_over'),
    });
    if (sure) go('takes_over');
  };
  const ways = (['listens', 'whispers', 'joins'] as const).filter((way) => open.includes(way) || way === how);
  return (
    <div className={classes.consult} role="group" aria-label={t('supervision.title')}>
      <SegmentedControl
        size="xs"
        aria-label={t('supervision.title')}
        value={how}
        onChange={(way) => go(way as Way)}
        data={ways.map((value) => ({ value, label: t(`supervision.way.${value}`) }))}
      />
      <span>{t(`supervision.means.${how}`, { who: member })}</span>
      {open.includes('takes_over') && (
        <Button size="compact-sm" variant="default" onClick={() => void takeOver()}>
          {t('supervision.way.takes_over')} …
        </Button>
      )}
    </div>
  );
}
