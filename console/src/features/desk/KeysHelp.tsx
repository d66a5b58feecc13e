import { Modal, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Key } from '@/shared/components';
import classes from './desk.module.css';
import { DESK_KEYS, type DeskKey, useKeysOn } from './useDeskKeys';

const SHOWN: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };

export const keyName = (key: string) => SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** All keys of the desk, and the switch that turns them off. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['desk', 'common']);
  const [on, setOn] = useKeysOn();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <dl className={classes.keys}>
        {(Object.keys(DESK_KEYS) as DeskKey[]).map((name) => (
          <div key={name}>
            <dt>
              {DESK_KEYS[name].map((key) => (
                <Key key={key}>{keyName(key)}</Key>
              ))}
            </dt>
            <dd>{t(`keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        mt="md"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label={t('keys.on')}
        description={<Text size="xs">{t('keys.onHelp')}</Text>}
      />
    </Modal>
  );
}
