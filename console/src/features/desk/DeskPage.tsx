import { ActionIcon, Button, Text } from '@mantine/core';
import { IconInbox, IconKeyboard, IconListSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Player, useNames } from '@/shared/case';
import { EmptyState, ErrorState, LoadingRows, Tip } from '@/shared/components';
import { useLive } from '@/shared/live/store';
import { isField } from '@/shared/keys';
import { useMe } from '@/shared/session';
import { later, settle, useSettled } from '@/shared/settled';
import { BookButton } from './BookButton';
import { CHANNELS, KINDS } from './channels/registry';
import { CaseList, type ListHandle } from './CaseList';
import classes from './desk.module.css';
import { DeskTop } from './DeskTop';
import { Filters } from './Filters';
import { type DeskItem, isKey, listed, type Listed, nextOf, NO_FILTER, refOf, type View } from './items';
import { Surroundings } from './Surroundings';
import { useCaseActions } from './useCaseActions';
import { useDeskKeys } from './useDeskKeys';
import { useNewcomers } from './useNewcomers';
import { useScreenPop } from './useScreenPop';
import { useKeepView, useView } from './view';

/** Names no case: while none is open. */
const NOTHING = `${KINDS[0]}:none`;
const ALL: View = { hidden_queues: [], hidden_units: [], hidden_kinds: [] };
const NO_ITEMS: Listed = { shown: [], hidden: 0, filtered: 0 };

// What is beside the list comes when the list is there.
const AfterCall = later(() => import('@/shared/case/AfterCall').then(({ AfterCall }) => AfterCall), {
  optional: true,
});
const CasePanel = later(() => import('./CasePanel').then(({ CasePanel }) => CasePanel));
const WithoutPlace = later(() => import('./WithoutPlace').then(({ WithoutPlace }) => WithoutPlace), {
  optional: true,
});
const KeysHelp = later(() => import('./KeysHelp').then(({ KeysHelp }) => KeysHelp), { optional: true });

/** All that waits for somebody: the list, one case beside it, and the house around. */
export function DeskPage() {
  const { t } = useTranslation(['desk', 'case']);
  const { person: me } = useMe();
  const view = useView();
  const keepView = useKeepView();
  // Shown in the same moment: a box that is ticked must not wait for anything.
  const [wanted, setWanted] = useState<View | null>(null);
  const chosen = wanted ?? view.data;
  const [filter, setFilter] = useState(NO_FILTER);
  const [help, setHelp] = useState(false);
  const known = useLive((state) => state.known);
  const desk = useLive((state) => state.desk);
  const { shown, hidden, filtered } = useListed(chosen, filter, me);
  const there = (known && view.data !== undefined) || view.error !== null;
  const settled = useSettled();
  useEffect(() => {
    if (there) settle();
  }, [there]);
  useEffect(() => {
    if (settled) CasePanel.load();
  }, [settled]);
  const newcomers = useNewcomers(desk, shown, known && view.data !== undefined);

  const { opened, open } = useOpened();
  const [active, setActive] = useState<string | null>(opened);
  const list = useRef<ListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const player = useRef<Player>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const tagField = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const actions = useCaseActions(refOf(opened ?? NOTHING));
  const item = useLive((state) => (opened ? state.desk[opened] : undefined));

  const show = (key: string | null) => {
    open(key);
    if (key) {
      setActive(key);
      focusSoon(heading);
    } else list.current?.focus();
  };
  // The same for as long as the page is there, so that the list is not drawn for each letter that is looked for.
  const showing = useRef(show);
  useEffect(() => {
    showing.current = show;
  });
  const showThis = useCallback((key: string) => showing.current(key), []);
  const move = (steps: number) => {
    const place = shown.findIndex(({ key }) => key === active);
    const next = shown[place < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, place + steps))];
    if (next) setActive(next.key);
    list.current?.focus();
  };
  const next = nextOf(shown, opened);
  const goOn = next && (() => show(next.key));
  useScreenPop(me, (key) => {
    open(key);
    setActive(key);
  });
  const channel = item && CHANNELS[item.kind];

  useDeskKeys({
    down: () => move(1),
    up: () => move(-1),
    open: active ? () => show(active) : undefined,
    take: item && me && !channel?.answered ? () => void actions.takeOrRelease(item, me) : undefined,
    play: () => player.current?.toggle(),
    note: opened ? () => noteField.current?.focus() : undefined,
    tag: opened ? () => tagField.current?.focus() : undefined,
    next: goOn,
    search: () => search.current?.focus(),
    back: () => {
      const { activeElement } = document;
      if (isField(activeElement)) {
        activeElement.blur();
        list.current?.focus();
      } else if (opened) show(null);
    },
    help: () => setHelp(true),
    ...(item && channel?.keys?.(item, actions)),
  });

  return (
    <div className={classes.desk} data-opened={opened !== null || undefined}>
      <div className={classes.listSide}>
        <DeskTop count={shown.length}>
          <BookButton onShow={show} />
          <Tip label={t('keys.title')}>
            <ActionIcon
              onClick={() => setHelp(true)}
              aria-label={t('keys.title')}
              className={classes.keyboard}
            >
              <IconKeyboard size={19} stroke={1.6} />
            </ActionIcon>
          </Tip>
        </DeskTop>
        {settled && <WithoutPlace />}
        <Surroundings view={chosen ?? ALL} />
        <Filters
          view={chosen ?? ALL}
          onView={(next) => {
            setWanted(next);
            keepView.mutate(next, { onSettled: () => setWanted(null) });
          }}
          filter={filter}
          onFilter={setFilter}
          hidden={hidden}
          filtered={filtered}
          search={search}
        />
        {view.error && !view.data ? (
          <ErrorState error={view.error} retry={() => void view.refetch()} />
        ) : !known || !view.data ? (
          <LoadingRows rows={7} height={44} />
        ) : shown.length ? (
          <CaseList
            items={shown}
            active={active}
            opened={opened}
            onActive={setActive}
            onOpen={showThis}
            handle={list}
          />
        ) : (
          <Nothing filtered={filtered} hidden={hidden} onClear={() => setFilter(NO_FILTER)} />
        )}
        <div role="status" className="visually-hidden">
          {newcomers}
        </div>
      </div>
      <div className={classes.caseSide}>
        {settled && <AfterCall onOpen={show} />}
        {opened ? (
          <CasePanel
            opened={opened}
            actions={actions}
            onClose={() => show(null)}
            onOpen={show}
            onNext={goOn}
            player={player}
            noteField={noteField}
            tagField={tagField}
            heading={heading}
            meanwhile={<LoadingRows rows={4} height={44} />}
          />
        ) : (
          <div className={classes.nothingOpen}>
            <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title={t('chooseOne')}>
              {t('chooseOneHelp')}
            </EmptyState>
          </div>
        )}
      </div>
      {settled && <KeysHelp opened={help} onClose={() => setHelp(false)} />}
    </div>
  );
}

/** It may have to be loaded before. */
function focusSoon(element: RefObject<HTMLElement | null>, tries = 30): void {
  requestAnimationFrame(() => {
    if (element.current) element.current.focus({ preventScroll: true });
    else if (tries) focusSoon(element, tries - 1);
  });
}

/** Which case is open stands in the address, so that a reload or a link comes back to it. */
function useOpened() {
  const search: { case?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const opened = search.case && isKey(search.case) ? search.case : null;
  return {
    opened,
    open: (key: string | null) =>
      void navigate({
        to: '/desk',
        search: key ? { case: key } : {},
        replace: opened !== null && key !== null,
      }),
  };
}

function useListed(view: View | undefined, filter: typeof NO_FILTER, me: string | null): Listed {
  const desk = useLive((state) => state.desk);
  // The letter is in its field before the list follows.
  const wanted = useDeferredValue(filter);
  const { text } = wanted;
  const numbers = useMemo(
    () => (text ? [...new Set(Object.values(desk).map(({ number }) => number))] : []),
    [desk, text],
  );
  const names = useNames(numbers);
  const named = Object.keys(names).length;
  return useMemo(() => {
    if (!view) return NO_ITEMS;
    const words = (item: DeskItem) =>
      [item.number, item.name, item.number ? names[item.number] : '', item.queue].filter(Boolean).join(' ');
    return listed(desk, view, wanted, me, words);
    // Names are anew with each look; they matter only with what is known of them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, view, wanted, me, named]);
}

function Nothing({ filtered, hidden, onClear }: { filtered: number; hidden: number; onClear: () => void }) {
  const { t } = useTranslation('desk');
  if (filtered)
    return (
      <EmptyState
        icon={<IconListSearch size={28} stroke={1.5} />}
        title={t('nothingFound')}
        action={
          <Button variant="default" mt="xs" onClick={onClear}>
            {t('clearFilter')}
          </Button>
        }
      />
    );
  return (
    <EmptyState icon={<IconInbox size={28} stroke={1.5} />} title={t('empty')}>
      <Text size="sm">{hidden ? t('emptyButHidden') : t('emptyHelp')}</Text>
    </EmptyState>
  );
}
