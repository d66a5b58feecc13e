/** Drawing, moving and pulling with the mouse or a pen. A finger scrolls: for it there are the dialogs. */
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { GhostsHandle } from './Ghosts';
import { columnAt, drawn, type Edge, minutesAt, moved, resized, snapped, type Stretch } from './layout';
import type { CalendarActions, CalendarBlock } from './model';

interface Drag {
  /** What is dragged; null: something new is drawn. */
  block: CalendarBlock | null;
  edge: Edge | null;
  others: readonly CalendarBlock[];
  from: Place;
  at: Place;
  x: number;
  y: number;
  begun: boolean;
  copy: boolean;
}

export interface Place {
  day: number;
  /** Not snapped. */
  minute: number;
}

interface Given {
  area: RefObject<HTMLDivElement | null>;
  ghosts: RefObject<GhostsHandle | null>;
  blocks: readonly CalendarBlock[];
  columns: number;
  step: number;
  actions: CalendarActions;
  readOnly: boolean;
  /** Somebody pointed at an empty place. */
  pointed: (place: Place) => void;
}

const THRESHOLD = 4;

export function usePointer({ area, ghosts, blocks, columns, step, actions, readOnly, pointed }: Given) {
  const drag = useRef<Drag | null>(null);
  const dropped = useRef(false);
  const place = (event: { clientX: number; clientY: number }): Place => {
    const box = area.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return {
      day: columnAt(event.clientX - box.left, box.width, columns),
      minute: minutesAt(event.clientY - box.top, box.height),
    };
  };
  const stop = () => {
    drag.current = null;
    ghosts.current?.show([]);
  };
  useEffect(() => {
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !drag.current) return;
      drag.current = null;
      dropped.current = true;
      ghosts.current?.show([]);
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', cancel, true);
    return () => window.removeEventListener('keydown', cancel, true);
  }, [ghosts]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    dropped.current = false;
    if (event.button !== 0 || event.pointerType === 'touch' || readOnly) return;
    const target = event.target as HTMLElement;
    const id = target.closest<HTMLElement>('[data-block]')?.dataset.block;
    const block = blocks.find((each) => each.id === id) ?? null;
    if (block?.fixed) return;
    const along = block ? (actions.along?.(block.id) ?? []) : [];
    const edge = target.closest<HTMLElement>('[data-edge]')?.dataset.edge;
    drag.current = {
      block,
      edge: block && (edge === 'start' || edge === 'end') ? edge : null,
      others: blocks.filter((each) => each !== block && along.includes(each.id)),
      from: place(event),
      at: place(event),
      x: event.clientX,
      y: event.clientY,
      begun: false,
      copy: event.altKey,
    };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current;
    if (!now) return;
    const far = Math.abs(event.clientX - now.x) + Math.abs(event.clientY - now.y);
    if (!now.begun && far < THRESHOLD) return;
    if (!now.begun) area.current?.setPointerCapture(event.pointerId);
    now.begun = true;
    now.at = place(event);
    now.copy = event.altKey && !now.edge;
    ghosts.current?.show(shown(now, columns, step));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current;
    stop();
    if (!now) return;
    if (!now.begun) {
      if (!now.block) pointed(place(event));
      return;
    }
    dropped.current = true;
    const [ghost] = shown(now, columns, step);
    if (ghost) dropAt(now, ghost, actions);
  };
  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: stop,
    /** Whether the click that follows belongs to what was dragged. */
    wasDragged: () => dropped.current,
  };
}

function dropAt({ block, edge, copy }: Drag, ghost: Stretch, actions: CalendarActions) {
  if (!block) return actions.draw(ghost.day, ghost.start, ghost.end);
  if (edge) {
    const to = ghost[edge];
    if (to !== block[edge]) actions.resize(block.id, edge, to);
    return;
  }
  const [days, minutes] = [ghost.day - block.day, ghost.start - block.start];
  if (copy) actions.copy(block.id, ghost.day, ghost.start);
  else if (days || minutes) actions.move(block.id, days, minutes);
}

/** Where things would be if it was let go now; what is dragged is the first. */
function shown({ block, edge, others, from, at, copy }: Drag, columns: number, step: number): Stretch[] {
  if (!block) return [{ day: from.day, ...drawn(from.minute, at.minute, step) }];
  const all = copy ? [block] : [block, ...others];
  if (edge) return all.map((each) => resized(each, edge, snapped(at.minute, step), step));
  const days = Math.min(Math.max(at.day - from.day, -block.day), columns - 1 - block.day);
  // The start goes onto the steps, wherever it was before.
  const by = snapped(block.start + at.minute - from.minute, step) - block.start;
  const most = all.reduce((sum, each) => moved(each, sum).start - each.start, by);
  return all
    .map((each) => ({ ...moved(each, most), day: each.day + days }))
    .filter(({ day }) => day >= 0 && day < columns);
}
