/** One number of a list: written anew, changed, or taken off. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/api/client';
import { reasonText, useConfirm, useProblemText, useTell } from '@/shared/components';
import { type ListRow, useRowChanges } from './rows';
import { shownNumber } from './RowTable';

interface Props {
  list: string;
  /** Null: a new one. */
  row: ListRow | null;
  close: () => void;
}

export function RowDialog({ list, row, close }: Props) {
  const { t, i18n } = useTranslation(['settings', 'common']);
  const tell = useTell();
  const confirm = useConfirm();
  const problem = useProblemText();
  const { add, change, remove } = useRowChanges(list);
  const [wanted, setWanted] = useState(row ?? { number: '', name: '', note: '' });
  const set = (part: Partial<ListRow>) => setWanted((before) => ({ ...before, ...part }));
  const save = row ? change : add;
  const error = save.error;
  const faults = error instanceof ProblemError ? error.problem.faults : [];
  const fault = (path: string) => {
    const own = faults.filter((each) => each.path === path);
    return own.length ? (reasonText(own, i18n) ?? own[0]?.message) : undefined;
  };
  const known = ['number', 'name', 'note'].some((path) => fault(path));
  const told = error && !known ? problem(error) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = { onSuccess: () => (tell.done(t('rows.saved')), close()) };
    if (row) change.mutate({ number: row.number, row: wanted }, done);
    else add.mutate(wanted, done);
  };
  const takeOff = async () => {
    if (!row) return;
    const yes = await confirm({
      title: t('rows.askRemove', { number: shownNumber(row.number) }),
      body: t('rows.askRemoveBody'),
      confirm: t('rows.remove'),
      dangerous: true,
    });
    if (!yes) return;
    remove.mutate([row.number], {
      onSuccess: () => {
        tell.done(t('rows.removed', { number: shownNumber(row.number) }));
        close();
      },
      onError: tell.failed,
    });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t(row ? 'rows.edit' : 'rows.add')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('rows.number')}
            description={t('rows.numberHelp')}
            data-autofocus
            autoComplete="off"
            maxLength={200}
            value={wanted.number}
            error={fault('number')}
            onChange={(event) => set({ number: event.currentTarget.value })}
          />
          <TextInput
            label={t('rows.name')}
            autoComplete="off"
            maxLength={100}
            value={wanted.name}
            error={fault('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t('rows.note')}
            autosize
            minRows={2}
            maxLength={300}
            value={wanted.note}
            error={fault('note')}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
          {told && (
            <div role="alert" style={{ color: 'var(--svarhus-bad)', fontSize: 13 }}>
              {told.title}. {told.remedy}
            </div>
          )}
          <Group justify="space-between" gap="xs">
            {row ? (
              <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => void takeOff()}>
                {t('rows.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                {t('common:cancel')}
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!wanted.number.trim()}>
                {t('common:save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
