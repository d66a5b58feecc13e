import { ActionIcon, Button, Group, Text, Textarea, Tooltip } from '@mantine/core';
import { IconHistory, IconPencil } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import { At, ErrorState, LoadingRows, PersonAvatar } from '@/shared/components';
import { useMe } from '@/shared/session';
import { usePhotos } from '@/shared/session/photos';
import classes from './case.module.css';
import { useDraft } from './draft';
import { caseKey, type CaseRef, type Note, useCase, useCaseChange } from './model';
import { usePersonName } from './names';

interface Props {
  case: CaseRef;
  /** Of the field in which one writes. */
  field?: Ref<HTMLTextAreaElement>;
  autoFocus?: boolean;
}

/** What people have noted, and a field for the next note. */
export function CaseNotes({ case: ref, field, autoFocus }: Props) {
  const { t } = useTranslation('case');
  const { data, error, refetch } = useCase(ref);
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={2} />;
  return (
    <div className={classes.notes}>
      {data.notes.length > 0 && (
        <ol className={classes.plain} aria-label={t('notes.title')}>
          {data.notes.map((note) => (
            <NoteShown key={note.id} note={note} case={ref} />
          ))}
        </ol>
      )}
      <NewNote case={ref} field={field} autoFocus={autoFocus} />
    </div>
  );
}

/** Stands for no case. */
const NONE: CaseRef = { kind: 'call', id: 'none' };

/** The next note of a case, as it is being written. `save` tells whether it is saved. */
export function useNewNote(ref: CaseRef | null) {
  const { text, write, taken } = useDraft(caseKey(ref ?? NONE));
  const add = useCaseChange(ref ?? NONE, (written: string) =>
    call(
      api.POST('/api/cases/{kind}/{id}/notes', { params: { path: ref ?? NONE }, body: { text: written } }),
    ),
  );
  const save = async () => {
    if (!ref || !text.trim() || add.isPending) return false;
    try {
      await add.mutateAsync(text);
    } catch {
      return false;
    }
    taken(text);
    return true;
  };
  return { text, write, save, saving: add.isPending };
}

function NewNote({ case: ref, field, autoFocus }: Props) {
  const { t } = useTranslation('case');
  const { text, write, save, saving } = useNewNote(ref);
  return (
    <div>
      <Textarea
        ref={field}
        aria-label={t('notes.new')}
        placeholder={t('notes.placeholder')}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4000}
        value={text}
        autoFocus={autoFocus}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={savedBy(() => void save())}
      />
      {text.trim() !== '' && (
        <Group justify="flex-end" mt={6} gap="xs">
          <Text size="xs" c="dimmed" visibleFrom="sm">
            {t('notes.saveBy')}
          </Text>
          <Button size="compact-sm" onClick={() => void save()} loading={saving}>
            {t('notes.save')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function savedBy(save: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
}

function NoteShown({ note, case: ref }: { note: Note; case: CaseRef }) {
  const { t } = useTranslation('case');
  const me = useMe();
  const personName = usePersonName();
  const photo = usePhotos();
  const [editing, setEditing] = useState(false);
  const [history, setHistory] = useState(false);
  const name = personName(note.author);
  return (
    <li className={classes.note}>
      <PersonAvatar name={name} photo={photo(note.author)} size={24} />
      <div className={classes.grow}>
        <Group gap={8} wrap="nowrap" mih={24}>
          <Text size="sm" fw={600} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed" className={classes.still}>
            <At moment={note.at} />
            {note.edited_at && ` · ${t('notes.edited')}`}
          </Text>
          <span className={classes.space} />
          {note.versions.length > 0 && (
            <Tooltip label={t('notes.versions')}>
              <ActionIcon
                size="sm"
                aria-label={t('notes.versions')}
                aria-expanded={history}
                onClick={() => setHistory(!history)}
              >
                <IconHistory size={15} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
          {note.author === me.person && !editing && (
            <Tooltip label={t('notes.edit')}>
              <ActionIcon size="sm" aria-label={t('notes.edit')} onClick={() => setEditing(true)}>
                <IconPencil size={15} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
        {editing ? (
          <EditNote note={note} case={ref} done={() => setEditing(false)} />
        ) : (
          <p className={classes.text}>{note.text}</p>
        )}
        {history && (
          <ol className={classes.versions}>
            {note.versions.map((version) => (
              <li key={version.until}>
                <Text size="xs" c="dimmed">
                  {t('notes.until')} <At moment={version.until} />
                </Text>
                <p className={classes.text}>{version.text}</p>
              </li>
            ))}
          </ol>
        )}
      </div>
    </li>
  );
}

function EditNote({ note, case: ref, done }: { note: Note; case: CaseRef; done: () => void }) {
  const { t } = useTranslation('case');
  const { text, write } = useDraft(`${caseKey(ref)}:${note.id}`, note.text);
  const leave = () => {
    write(null);
    done();
  };
  const edit = useCaseChange(ref, (written: string) =>
    call(
      api.PUT('/api/cases/{kind}/{id}/notes/{note}', {
        params: { path: { ...ref, note: note.id } },
        body: { text: written },
      }),
    ),
  );
  const save = () => {
    if (text.trim()) edit.mutate(text, { onSuccess: leave });
  };
  return (
    <div>
      <Textarea
        aria-label={t('notes.edit')}
        autosize
        autoFocus
        maxRows={12}
        maxLength={4000}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            leave();
          } else savedBy(save)(event);
        }}
      />
      <Group justify="flex-end" mt={6} gap={6}>
        <Button size="compact-sm" variant="default" onClick={leave}>
          {t('notes.cancel')}
        </Button>
        <Button size="compact-sm" onClick={save} loading={edit.isPending} disabled={!text.trim()}>
          {t('notes.save')}
        </Button>
      </Group>
    </div>
  );
}
