/** What is not saved yet, in words, with undo and redo; saving is a step of its own. */
import { ActionIcon, Alert, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/shared/components';
import { usePlaced } from '@/shared/forms';
import { writes } from '@/shared/keys/commands';
import classes from './calendar.module.css';

interface Props {
  /** Each change in words. */
  changes: readonly ReactNode[];
  canUndo: boolean;
  canRedo: boolean;
  undo: () => void;
  redo: () => void;
  discard: () => void;
  save: () => void;
  saving: boolean;
  error: Error | null;
  /** Below the changes: what there is to know before they are saved. */
  children?: ReactNode;
}

const MOST = 6;

export function SaveBar(props: Props) {
  const { t } = useTranslation('calendar');
  const { changes, saving, error, children } = props;
  useUndoKeys(props);
  return (
    <div className={classes.bar} data-changed={changes.length > 0 || undefined}>
      <div>
        <Text
          size="sm"
          fw={changes.length ? 600 : undefined}
          c={changes.length ? undefined : 'dimmed'}
          role="status"
        >
          {changes.length ? t('unsaved', { count: changes.length }) : t('saved')}
        </Text>
        {changes.length > 0 && (
          <ul className={classes.changes}>
            {changes.slice(0, MOST).map((change, index) => (
              <li key={index}>{change}</li>
            ))}
            {changes.length > MOST && <li>{t('andMore', { count: changes.length - MOST })}</li>}
          </ul>
        )}
        {children}
        <Refusal error={error} />
      </div>
      <Group gap="xs">
        <Step label={t('undo')} keys="Control+Z" disabled={!props.canUndo} act={props.undo}>
          <IconArrowBackUp size={18} stroke={1.6} aria-hidden />
        </Step>
        <Step label={t('redo')} keys="Control+Shift+Z" disabled={!props.canRedo} act={props.redo}>
          <IconArrowForwardUp size={18} stroke={1.6} aria-hidden />
        </Step>
        <Button variant="default" disabled={!changes.length || saving} onClick={props.discard}>
          {t('discard')}
        </Button>
        <Button loading={saving} disabled={!changes.length} onClick={props.save}>
          {t('save')}
        </Button>
      </Group>
    </div>
  );
}

interface StepProps {
  label: string;
  keys: string;
  disabled: boolean;
  act: () => void;
  children: ReactNode;
}

function Step({ label, keys, disabled, act, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-keyshortcuts={keys} disabled={disabled} onClick={act}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** Why the server did not take it. */
function Refusal({ error }: { error: Error | null }) {
  const text = useProblemText();
  const faults = usePlaced(error, '');
  if (!error) return null;
  const { title, detail, remedy } = text(error);
  return (
    <Alert color="red" variant="light" mt="xs" title={title} role="alert">
      {faults.length ? (
        <ul className={classes.changes}>
          {faults.map(({ where, message }) => (
            <li key={where + message}>{message}</li>
          ))}
        </ul>
      ) : (
        [detail, remedy].filter(Boolean).join(' ')
      )}
    </Alert>
  );
}

/** Control+Z and Control+Shift+Z (or Y), except where somebody writes or a dialog is open. */
function useUndoKeys({ undo, redo }: Pick<Props, 'undo' | 'redo'>) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !['z', 'y'].includes(key)) return;
      if (writes(event.target) || document.querySelector('[aria-modal="true"]')) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [undo, redo]);
}
