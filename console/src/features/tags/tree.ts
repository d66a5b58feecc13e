import type { components } from '@/api/client';

export type Tag = components['schemas']['Tag'];

export interface Branch {
  tag: Tag;
  level: number;
  /** Place among its neighbours, from 1, and how many they are. */
  place: number;
  of: number;
  /** It, or one above it, is inactive. */
  asleep: boolean;
  hasChildren: boolean;
}

/** The deepest level that the server takes. */
export const DEEPEST = 5;

export function childrenOf(tags: readonly Tag[], parent: string | null): Tag[] {
  return tags.filter((tag) => (tag.parent ?? null) === parent);
}

/** The tags as they are shown: each under its parent. `folded`: whose children are left out. */
export function branches(tags: readonly Tag[], folded: ReadonlySet<string> = new Set()): Branch[] {
  const found: Branch[] = [];
  const add = (parent: string | null, level: number, asleep: boolean) => {
    const own = childrenOf(tags, parent);
    own.forEach((tag, index) => {
      const sleeps = asleep || tag.active === false;
      const hasChildren = tags.some((other) => other.parent === tag.key);
      found.push({ tag, level, place: index + 1, of: own.length, asleep: sleeps, hasChildren });
      if (!folded.has(tag.key)) add(tag.key, level + 1, sleeps);
    });
  };
  add(null, 1, false);
  return found;
}

/** The tag and everything below it. */
export function under(tags: readonly Tag[], key: string): Set<string> {
  const found = new Set([key]);
  for (let grown = true; grown;) {
    grown = false;
    for (const tag of tags)
      if (tag.parent && found.has(tag.parent) && !found.has(tag.key)) {
        found.add(tag.key);
        grown = true;
      }
  }
  return found;
}

export interface Place {
  parent: string | null;
  before: string | null;
}

export type Step = 'up' | 'down' | 'in' | 'out';

/** Where a tag goes by one step of the keyboard; null when there is no such place. */
export function stepTo(tags: readonly Tag[], key: string, step: Step): Place | null {
  const tag = tags.find((each) => each.key === key);
  if (!tag) return null;
  const parent = tag.parent ?? null;
  const own = childrenOf(tags, parent);
  const at = own.findIndex((each) => each.key === key);
  const above = own[at - 1];
  switch (step) {
    case 'up':
      return above ? { parent, before: above.key } : null;
    case 'down':
      return at < own.length - 1 ? { parent, before: own[at + 2]?.key ?? null } : null;
    case 'in':
      return above ? { parent: above.key, before: null } : null;
    case 'out': {
      const outer = tags.find((each) => each.key === parent);
      if (!outer) return null;
      const around = childrenOf(tags, outer.parent ?? null);
      const after = around[around.findIndex((each) => each.key === outer.key) + 1];
      return { parent: outer.parent ?? null, before: after?.key ?? null };
    }
  }
}
