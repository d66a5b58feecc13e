/** The tree itself (WAI-ARIA tree view): arrows walk and fold, Alt and arrows move, Enter edits. */
import { ActionIcon, Menu, Text } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronRight,
  IconDots,
  IconEye,
  IconEyeOff,
  IconIndentDecrease,
  IconIndentIncrease,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Label, useConfirm, useTell } from '@/shared/components';
import classes from './tags.module.css';
import type { Edited } from './TagsPage';
import { type Branch, branches, DEEPEST, type Place, type Step, stepTo, type Tag, under } from './tree';
import { useQueueOptions, useTagChanges } from './useTags';

interface Props {
  tags: readonly Tag[];
  search: string;
  mayChange: boolean;
  edit: (edited: Edited) => void;
}

interface Target {
  key: string;
  where: 'before' | 'inside' | 'after';
}

export function TagTree({ tags, search, mayChange, edit }: Props) {
  const { t } = useTranslation('tags');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const { move } = useTagChanges();
  const shown = found(tags, search, folded);
  const at = shown.some(({ tag }) => tag.key === current) ? current : shown[0]?.tag.key;
  const focus = (key: string | undefined) => {
    if (!key) return;
    setCurrent(key);
    list.current?.querySelector<HTMLElement>(`[data-tag="${key}"]`)?.focus();
  };
  const fold = (key: string, on: boolean) =>
    setFolded((before) => {
      const after = new Set(before);
      if (on) after.add(key);
      else after.delete(key);
      return after;
    });
  const put = (tag: Tag, place: Place) => {
    if (place.parent) fold(place.parent, false);
    move.mutate(
      { key: tag.key, place },
      {
        onSuccess: () => {
          const parent = tags.find(({ key }) => key === place.parent)?.name;
          setSaid(parent ? t('movedUnder', { name: tag.name, parent }) : t('movedTop', { name: tag.name }));
          requestAnimationFrame(() => focus(tag.key));
        },
      },
    );
  };
  const step = (tag: Tag, by: Step) => {
    const place = mayChange && !search ? stepTo(tags, tag.key, by) : null;
    if (place) put(tag, place);
  };
  const drag = useDrag(tags, put, mayChange && !search);
  const keys = (event: KeyboardEvent, { tag, hasChildren }: Branch) => {
    if (event.target !== event.currentTarget) return;
    const index = shown.findIndex((each) => each.tag.key === tag.key);
    const alt: Record<string, Step> = {
      ArrowUp: 'up',
      ArrowDown: 'down',
      ArrowRight: 'in',
      ArrowLeft: 'out',
    };
    const moved = event.altKey ? alt[event.key] : undefined;
    const act: Record<string, () => void> = {
      ArrowDown: () => focus(shown[index + 1]?.tag.key),
      ArrowUp: () => focus(shown[index - 1]?.tag.key),
      Home: () => focus(shown[0]?.tag.key),
      End: () => focus(shown.at(-1)?.tag.key),
      ArrowRight: () =>
        hasChildren && folded.has(tag.key) ? fold(tag.key, false) : focus(shown[index + 1]?.tag.key),
      ArrowLeft: () =>
        hasChildren && !folded.has(tag.key) ? fold(tag.key, true) : focus(tag.parent ?? undefined),
      Enter: () => mayChange && edit({ tag }),
    };
    const chosen = moved ? () => step(tag, moved) : act[event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  };
  return (
    <>
      <ul role="tree" aria-label={t('title')} className={classes.tree} ref={list}>
        {shown.map((branch) => {
          const { tag, level, place, of, asleep, hasChildren } = branch;
          const over = drag.target?.key === tag.key ? drag.target.where : undefined;
          return (
            // The keys of a tree view belong to its items.

            <li
              key={tag.key}
              role="treeitem"
              aria-level={level}
              aria-posinset={place}
              aria-setsize={of}
              aria-expanded={hasChildren ? !folded.has(tag.key) : undefined}
              aria-selected={at === tag.key}
              aria-labelledby={`tag-${tag.key}`}
              tabIndex={at === tag.key ? 0 : -1}
              data-tag={tag.key}
              data-over={over}
              data-asleep={asleep || undefined}
              className={classes.item}
              style={{ paddingLeft: 10 + (level - 1) * 24 }}
              onKeyDown={(event) => keys(event, branch)}
              onFocus={(event) => event.target === event.currentTarget && setCurrent(tag.key)}
              onDoubleClick={() => mayChange && edit({ tag })}
              {...drag.of(branch)}
            >
              <ActionIcon
                size="sm"
                tabIndex={-1}
                aria-hidden
                className={classes.fold}
                data-folded={folded.has(tag.key) || undefined}
                style={{ visibility: hasChildren ? undefined : 'hidden' }}
                onClick={() => fold(tag.key, !folded.has(tag.key))}
              >
                <IconChevronRight size={15} stroke={1.8} />
              </ActionIcon>
              <span className={classes.whole} id={`tag-${tag.key}`}>
                <Text span size="sm" fw={level === 1 ? 600 : 450} className={classes.name}>
                  {tag.name}
                </Text>
                <Marks branch={branch} />
              </span>
              {mayChange && <TagMenu branch={branch} tags={tags} edit={edit} step={step} />}
            </li>
          );
        })}
        {!shown.length && (
          <li className={classes.item} role="none">
            <Text size="sm" c="dimmed">
              {t('nothingFound')}
            </Text>
          </li>
        )}
      </ul>
      <div role="status" className="visually-hidden">
        {said}
      </div>
    </>
  );
}

function found(tags: readonly Tag[], search: string, folded: ReadonlySet<string>): Branch[] {
  const wanted = search.trim().toLocaleLowerCase();
  if (!wanted) return branches(tags, folded);
  return branches(tags).filter(({ tag }) => tag.name.toLocaleLowerCase().includes(wanted));
}

function Marks({ branch: { tag, asleep } }: { branch: Branch }) {
  const { t } = useTranslation('tags');
  const queues = useQueueOptions();
  return (
    <span className={classes.marks}>
      {(tag.queues ?? []).map((key) => (
        <Label key={key}>{queues.find(({ value }) => value === key)?.label ?? key}</Label>
      ))}
      {asleep && (
        <span className={classes.asleep}>
          <IconEyeOff size={14} stroke={1.6} aria-hidden /> {t('inactive')}
        </span>
      )}
    </span>
  );
}

interface MenuProps {
  branch: Branch;
  tags: readonly Tag[];
  edit: (edited: Edited) => void;
  step: (tag: Tag, by: Step) => void;
}

function TagMenu({ branch: { tag, level }, tags, edit, step }: MenuProps) {
  const { t } = useTranslation('tags');
  const { change, remove } = useTagChanges();
  const confirm = useConfirm();
  const tell = useTell();
  const can = (by: Step) => stepTo(tags, tag.key, by) !== null;
  const below = under(tags, tag.key).size - 1;
  const turn = () =>
    change.mutate(
      { ...tag, active: tag.active === false },
      {
        onSuccess: () =>
          tell.done(t(tag.active === false ? 'activated' : 'deactivated', { name: tag.name }), () =>
            change.mutate(tag),
          ),
        onError: (error) => tell.failed(error),
      },
    );
  const ask = async () => {
    const yes = await confirm({
      title: t('removeAsk', { name: tag.name }),
      body: t('removeBody'),
      confirm: t('remove'),
      dangerous: true,
    });
    if (yes) remove.mutate(tag.key, { onSuccess: () => tell.done(t('removed', { name: tag.name })) });
  };
  const moves: [Step, React.ReactNode][] = [
    ['up', <IconArrowUp key="up" size={15} stroke={1.6} aria-hidden />],
    ['down', <IconArrowDown key="down" size={15} stroke={1.6} aria-hidden />],
    ['in', <IconIndentIncrease key="in" size={15} stroke={1.6} aria-hidden />],
    ['out', <IconIndentDecrease key="out" size={15} stroke={1.6} aria-hidden />],
  ];
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size="md" aria-label={t('menuOf', { name: tag.name })}>
          <IconDots size={16} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={15} stroke={1.6} aria-hidden />}
          onClick={() => edit({ tag })}
        >
          {t('edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPlus size={15} stroke={1.6} aria-hidden />}
          disabled={level >= DEEPEST}
          onClick={() => edit({ under: tag.key })}
        >
          {t('addUnder')}
        </Menu.Item>
        <Menu.Divider />
        {moves.map(([by, icon]) => (
          <Menu.Item key={by} leftSection={icon} disabled={!can(by)} onClick={() => step(tag, by)}>
            {t(`steps.${by}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={
            tag.active === false ? (
              <IconEye size={15} stroke={1.6} aria-hidden />
            ) : (
              <IconEyeOff size={15} stroke={1.6} aria-hidden />
            )
          }
          onClick={turn}
        >
          {t(tag.active === false ? 'activate' : 'deactivate')}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
          disabled={below > 0}
          onClick={() => void ask()}
        >
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Dragging: onto the upper or lower edge of a tag is beside it, onto its middle is under it. */
function useDrag(tags: readonly Tag[], put: (tag: Tag, place: Place) => void, allowed: boolean) {
  const [dragged, setDragged] = useState<Tag | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const end = () => {
    setDragged(null);
    setTarget(null);
  };
  const of = ({ tag, level }: Branch) => {
    if (!allowed) return {};
    const forbidden = dragged !== null && under(tags, dragged.key).has(tag.key);
    return {
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', tag.name);
        setDragged(tag);
      },
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (!dragged || forbidden) return;
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const part = (event.clientY - box.top) / box.height;
        const middle = level >= DEEPEST ? (part < 0.5 ? 'before' : 'after') : 'inside';
        const where = part < 0.28 ? 'before' : part > 0.72 ? 'after' : middle;
        if (target?.key !== tag.key || target.where !== where) setTarget({ key: tag.key, where });
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        if (dragged && target) put(dragged, placeOf(tags, dragged.key, target));
        end();
      },
      onDragEnd: end,
    };
  };
  return { of, target };
}

function placeOf(tags: readonly Tag[], moved: string, { key, where }: Target): Place {
  if (where === 'inside') return { parent: key, before: null };
  const parent = tags.find((tag) => tag.key === key)?.parent ?? null;
  if (where === 'before') return { parent, before: key };
  const own = tags.filter((tag) => (tag.parent ?? null) === parent && tag.key !== moved);
  return { parent, before: own[own.findIndex((tag) => tag.key === key) + 1]?.key ?? null };
}
