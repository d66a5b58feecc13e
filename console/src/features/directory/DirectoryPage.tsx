/** Colleagues and external contacts: found while one types, called by a click. */
import { Button, Menu, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAddressBook, IconDots, IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  EmptyState,
  ErrorState,
  Key,
  LoadingRows,
  PageHeader,
  Panel,
  SearchField,
} from '@/shared/components';
import {
  type Entry,
  EntryCard,
  enterList,
  EntryList,
  type Shelf,
  useDirectory,
  useReaching,
  useSearchKey,
} from '@/shared/directory';
import { useMay, useMe } from '@/shared/session';
import classes from './DirectoryPage.module.css';

const ContactForm = lazy(() => import('@/shared/directory/ContactForm'));
const ImportContacts = lazy(() => import('./ImportContacts'));

const SHELVES: Shelf[] = ['all', 'colleague', 'contact', 'favourites'];

export function DirectoryPage() {
  const { t } = useTranslation('directory');
  const [text, setText] = useState('');
  const [shelf, setShelf] = useState<Shelf>('all');
  const [opened, setOpened] = useState<Entry | null>(null);
  const reaching = useReaching();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const person = useMe().person;
  useSearchKey(field);
  const shelves = SHELVES.filter((each) => person || each !== 'favourites');
  return (
    <>
      <PageHeader title={t('title')} actions={<Actions />}>
        <div className={classes.tools}>
          <SearchField
            ref={field}
            label={t('search')}
            value={text}
            onChange={setText}
            className={classes.search}
            rightSection={text ? undefined : <Key>/</Key>}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
              event.preventDefault();
              enterList(list.current);
            }}
          />
          <SegmentedControl
            aria-label={t('shelf')}
            size="sm"
            data={shelves.map((value) => ({ value, label: t(`shelves.${value}`) }))}
            value={shelf}
            onChange={(value) => setShelf(value as Shelf)}
          />
        </div>
      </PageHeader>
      <Panel flush>
        <Found
          text={text}
          shelf={shelf}
          render={(entries, busy) => (
            <EntryList
              label={t('found')}
              entries={entries}
              reaching={reaching}
              call={null}
              returns
              busy={busy}
              listRef={list}
              selected={opened?.key}
              onOpen={setOpened}
              onLeave={() => field.current?.focus()}
            />
          )}
        />
      </Panel>
      {opened && (
        <EntryCard entry={opened} reaching={reaching} call={null} returns onClose={() => setOpened(null)} />
      )}
    </>
  );
}

interface FoundProps {
  text: string;
  shelf: Shelf;
  render: (entries: Entry[], busy: boolean) => React.ReactNode;
}

function Found({ text, shelf, render }: FoundProps) {
  const { t } = useTranslation('directory');
  const [asked] = useDebouncedValue(text.trim(), 60);
  const found = useDirectory(asked, shelf);
  const { entries, error } = found;
  if (error && !entries) return <ErrorState error={error} retry={() => void found.refetch()} />;
  if (!entries) return <LoadingRows rows={8} />;
  if (!entries.length) {
    return (
      <EmptyState
        icon={<IconAddressBook size={28} stroke={1.5} />}
        title={t(asked ? 'none' : `empty.${shelf}`)}
      >
        {t(asked ? 'noneHint' : `emptyHint.${shelf}`)}
      </EmptyState>
    );
  }
  return (
    <>
      {render(entries, found.isFetching)}
      {found.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Actions() {
  const { t } = useTranslation('directory');
  const [open, setOpen] = useState<'form' | 'import' | null>(null);
  const mayChange = useMay('change_contacts');
  const mayMove = useMay('move_contacts');
  return (
    <>
      {mayMove && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <Button variant="default" leftSection={<IconDots size={16} aria-hidden />}>
              {t('file')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconUpload size={16} aria-hidden />} onClick={() => setOpen('import')}>
              {t('import.open')}
            </Menu.Item>
            <Menu.Item
              component="a"
              href="/api/contacts/export"
              download
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {t('export')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {mayChange && (
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('form')}>
          {t('add')}
        </Button>
      )}
      <Suspense>
        {open === 'form' && <ContactForm onClose={() => setOpen(null)} />}
        {open === 'import' && <ImportContacts onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
