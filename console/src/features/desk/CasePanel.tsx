import { ActionIcon, Group, Menu, Tabs, Text, Title, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconChevronDown, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api, call } from '@/api/client';
import {
  type Act,
  type Case,
  CaseHistory,
  CaseNotes,
  CaseTags,
  CaseTexts,
  CategoryMark,
  EarlierContacts,
  KindIcon,
  type Player,
  Recordings,
  useCase,
  usePersonName,
  useQueueName,
  useUnits,
} from '@/shared/case';
import {
  At,
  ErrorState,
  Label,
  LoadingRows,
  PRIORITIES,
  type Priority,
  PriorityMark,
} from '@/shared/components';
import { dayAndTime, phoneNumber } from '@/shared/format';
import { useNow } from '@/shared/format/useNow';
import { useLive } from '@/shared/live/store';
import { useMe } from '@/shared/session';
import { inARow } from '@/shared/i18n';
import { CaseButtons } from './CaseButtons';
import { Due } from './Due';
import { PANELS } from './channels/panels';
import classes from './desk.module.css';
import { type DeskItem, isLive, priorityAt, refOf, waits } from './items';
import type { CaseActions } from './useCaseActions';

interface Props {
  opened: string;
  actions: CaseActions;
  onClose: () => void;
  onOpen: (key: string) => void;
  onNext?: () => void;
  player: Ref<Player>;
  noteField: Ref<HTMLTextAreaElement>;
  tagField: Ref<HTMLInputElement>;
  heading: Ref<HTMLHeadingElement>;
}

/** All that is known of a case, and what can be done with it. */
export function CasePanel({ opened, actions, onClose, onOpen, onNext, ...fields }: Props) {
  const { t } = useTranslation(['desk', 'case']);
  const ref = refOf(opened);
  const item = useLive((state) => state.desk[opened]);
  const { data, error, refetch } = useCase(ref);
  const { Content } = PANELS[ref.kind];
  if (error && !data)
    return (
      <div className={classes.panel}>
        <Close onClose={onClose} />
        <ErrorState error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data)
    return (
      <div className={classes.panel}>
        <LoadingRows rows={6} height={44} />
      </div>
    );
  return (
    <article className={classes.panel} aria-labelledby="case-heading">
      <Head data={data} item={item} actions={actions} onClose={onClose} heading={fields.heading} />
      <CaseButtons data={data} item={item} actions={actions} onOpen={onOpen} onNext={onNext} />
      {Content && <Content id={ref.id} player={fields.player} />}
      <Facts data={data} item={item} />
      {!item &&
        callsOf(data).map((each) => (
          <div key={each} className={classes.section}>
            <Recordings call={each} />
          </div>
        ))}
      <section className={classes.section} aria-labelledby="case-notes">
        <Title order={3} id="case-notes" className={classes.heading}>
          {t('case:notes.title')}
        </Title>
        <CaseNotes key={opened} case={ref} field={fields.noteField} />
      </section>
      <section className={classes.section} aria-labelledby="case-tags">
        <Title order={3} id="case-tags" className={classes.heading}>
          {t('case:tags.title')}
        </Title>
        <CaseTags key={opened} case={ref} field={fields.tagField} />
      </section>
      <More data={data} onOpen={onOpen} key={`more ${opened}`} />
    </article>
  );
}

/** The call that it came in by, and those by which it was called back. */
function callsOf(data: Case): string[] {
  return [...new Set([data.call, ...data.attempts.map(({ call: attempt }) => attempt)])].filter(
    (each) => each !== null,
  );
}

function Close({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <Tooltip label={t('close')}>
      <ActionIcon onClick={onClose} aria-label={t('close')} className={classes.close}>
        <IconX size={18} stroke={1.6} className={classes.wide} />
        <IconArrowLeft size={20} stroke={1.6} className={classes.narrow} />
      </ActionIcon>
    </Tooltip>
  );
}

function Head({
  data,
  item,
  actions,
  onClose,
  heading,
}: {
  data: Case;
  item: DeskItem | undefined;
  actions: CaseActions;
  onClose: () => void;
  heading: Ref<HTMLHeadingElement>;
}) {
  const { t } = useTranslation(['desk', 'case']);
  const queueName = useQueueName();
  const { data: units } = useUnits();
  const caller = useCaller(data.number);
  const name = caller?.entry?.name ?? (data.name || null);
  const number = data.number ? phoneNumber(data.number) : t('withheld');
  return (
    <header className={classes.head}>
      <div className={classes.headText}>
        <Group gap={8} wrap="nowrap" c="dimmed">
          <KindIcon kind={data.kind} size={16} />
          <Text size="xs" truncate>
            {inARow([
              t(`case:kind.${data.kind}`),
              data.queue && queueName(data.queue),
              item?.unit &&
                units?.[item.unit] !== (data.queue && queueName(data.queue)) &&
                units?.[item.unit],
            ])}
          </Text>
        </Group>
        <Title order={2} id="case-heading" tabIndex={-1} ref={heading} className={classes.title}>
          {name ?? number}
        </Title>
        {name && (
          <Text size="sm" c="dimmed">
            {number}
          </Text>
        )}
      </div>
      <div className={classes.headSide}>
        {item ? (
          <>
            {waits(item) && (
              <div className={classes.dueHead}>
                <Text size="xs" c="dimmed">
                  {t(`dueName.${data.kind}`)}
                </Text>
                <Due moment={item.due_at} promised={!isLive(item)} />
              </div>
            )}
            <PriorityMenu item={item} actions={actions} />
          </>
        ) : (
          <Label>{t(data.open ? 'goingOn' : 'done')}</Label>
        )}
      </div>
      <Close onClose={onClose} />
    </header>
  );
}

function PriorityMenu({ item, actions }: { item: DeskItem; actions: CaseActions }) {
  const { t } = useTranslation(['desk', 'common']);
  const now = priorityAt(item, useNow());
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton
          className={classes.priority}
          aria-label={t('priority.button', { priority: t(`common:priority.${now}`) })}
        >
          <PriorityMark priority={now} />
          <Text span size="sm" visibleFrom="sm">
            {t(`common:priority.${now}`)}
          </Text>
          <IconChevronDown size={14} stroke={1.6} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('priority.title')}</Menu.Label>
        {[...PRIORITIES].reverse().map((priority: Priority) => (
          <Menu.Item
            key={priority}
            leftSection={<PriorityMark priority={priority} />}
            rightSection={
              item.given_priority === priority ? (
                <IconCheck size={15} aria-label={t('common:chosen')} />
              ) : null
            }
            onClick={() => actions.prioritise(priority)}
          >
            {t(`common:priority.${priority}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          rightSection={
            item.given_priority === null ? <IconCheck size={15} aria-label={t('common:chosen')} /> : null
          }
          onClick={() => actions.prioritise(null)}
        >
          {t('priority.ofQueue')}
        </Menu.Item>
        <Text size="xs" c="dimmed" px="sm" py={4} maw={240}>
          {t('priority.help')}
        </Text>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Who has the number, and who of us spoke with it last. */
function useCaller(number: string | null) {
  const { data } = useQuery({
    queryKey: ['directory', 'by-number', number],
    enabled: number !== null,
    staleTime: 30_000,
    queryFn: () => call(api.GET('/api/directory/by-number', { params: { query: { number: number ?? '' } } })),
  });
  if (!data) return undefined;
  const others = data.contacts.slice(1).map(({ name }) => name);
  const found = data.colleague ?? data.contacts[0];
  const entry = found && { ...found, kind: data.colleague ? ('colleague' as const) : ('contact' as const) };
  return { entry, others, last_spoken: data.last_spoken };
}

/** As the history calls it: by somebody who has a name or by the customer, and by a program. */
const CANCELLED = new Set(['cancelled', 'withdrawn']);

/** What is known of the one who called, how the case came in, and who has it or has cancelled it. */
function Facts({ data, item }: { data: Case; item: DeskItem | undefined }) {
  const { t } = useTranslation(['desk', 'case']);
  const personName = usePersonName();
  const { person: me } = useMe();
  const caller = useCaller(data.number);
  const entry = caller?.entry;
  const facts: [string, React.ReactNode][] = [];
  const about = inARow([entry?.title, entry?.company, entry?.department, entry?.place], ', ');
  facts.push([
    t('facts.identified'),
    entry
      ? t(`facts.by.${entry.kind}`)
      : data.name
        ? t('facts.by.network')
        : t(data.number ? 'facts.unknown' : 'withheld'),
  ]);
  if (about) facts.push([t('facts.about'), about]);
  if (data.category)
    facts.push([t('facts.category'), <CategoryMark category={data.category} key="category" />]);
  if (caller?.others.length) facts.push([t('facts.others'), inARow(caller.others, ', ')]);
  facts.push([
    t('facts.came'),
    <>
      <At moment={data.came_at} />
      {data.dialled && ` · ${t('facts.through', { number: phoneNumber(data.dialled) })}`}
    </>,
  ]);
  if (caller?.last_spoken)
    facts.push([
      t('facts.lastSpoken'),
      inARow([personName(caller.last_spoken.person), dayAndTime(caller.last_spoken.at)], ', '),
    ]);
  const cancelled = data.open ? undefined : data.history.filter(({ act }) => CANCELLED.has(act)).at(-1);
  if (cancelled) facts.push([t('facts.cancelled'), <Cancelled act={cancelled} key="cancelled" />]);
  const holder = item?.taken_by ?? data.taken_by;
  if (holder && !cancelled)
    facts.push([
      t('facts.taken'),
      <>
        <bdi>{holder === me ? t('facts.you') : personName(holder)}</bdi>
        {data.taken_at && (
          <>
            , <At moment={data.taken_at} />
          </>
        )}
      </>,
    ]);
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Cancelled({ act }: { act: Act }) {
  const { t } = useTranslation('desk');
  const personName = usePersonName();
  const { person: me } = useMe();
  const nobody = t(act.act === 'withdrawn' ? 'facts.byProgram' : 'facts.byCustomer');
  const who = act.who === me ? t('facts.you') : personName(act.who ?? '');
  return (
    <>
      <bdi>{act.who === null ? nobody : who}</bdi>, <At moment={act.at} />
    </>
  );
}

function More({ data, onOpen }: { data: Case; onOpen: (key: string) => void }) {
  const { t } = useTranslation(['desk', 'case']);
  const ref = { kind: data.kind, id: data.id };
  const own = PANELS[data.kind].More;
  const reachable = data.number?.startsWith('+');
  return (
    <Tabs defaultValue="earlier" keepMounted={false} className={classes.more}>
      <Tabs.List aria-label={t('more')}>
        <Tabs.Tab value="earlier">{t('case:earlier.title')}</Tabs.Tab>
        {own && (
          <Tabs.Tab value="own">
            <own.Title data={data} />
          </Tabs.Tab>
        )}
        {reachable && <Tabs.Tab value="texts">{t('case:texts.title')}</Tabs.Tab>}
        <Tabs.Tab value="history">{t('history')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="earlier" pt="xs">
        <EarlierContacts case={ref} onOpen={({ kind, id }) => onOpen(`${kind}:${id}`)} />
      </Tabs.Panel>
      {own && (
        <Tabs.Panel value="own" pt="xs">
          <own.List data={data} />
        </Tabs.Panel>
      )}
      {reachable && (
        <Tabs.Panel value="texts" pt="xs">
          <CaseTexts case={ref} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="history" pt="xs">
        <CaseHistory case={ref} />
      </Tabs.Panel>
    </Tabs>
  );
}
