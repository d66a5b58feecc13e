// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';

const ANNA = { organisation: 'clinic', person: 'anna', name: 'anna' };
const BO = { organisation: 'clinic', person: 'bo', name: 'bo' };
const NAMESAKE = { ...ANNA, organisation: 'neighbour' };
const DAY = 24 * 3_600_000;

/** The module as a page that has just been loaded has it. */
async function page() {
  vi.resetModules();
  return import('./drafts');
}

beforeEach(() => localStorage.clear());

it('keeps what is being written when the page or the browser dies', async () => {
  const before = await page();
  before.keepDraft(before.draftKey(ANNA, 'call:1'), 'Ring again');
  const after = await page();
  expect(after.useDrafts.getState()[after.draftKey(ANNA, 'call:1')]).toBe('Ring again');
  expect([after.hasDrafts(ANNA), after.hasDrafts(BO), after.hasDrafts(NAMESAKE)]).toEqual([
    true,
    false,
    false,
  ]);
});

it('leaves nothing behind when somebody signs out', async () => {
  const { draftKey, forgetDrafts, hasDrafts, keepDraft } = await page();
  keepDraft(draftKey(ANNA, 'call:1'), 'Ring again');
  localStorage.setItem('svarhus-draft:eva:call:9', '{"text":"Of an earlier version","at":1}');
  localStorage.setItem('svarhus-color-scheme', 'dark');
  forgetDrafts();
  expect(hasDrafts(ANNA)).toBe(false);
  expect(Object.keys(localStorage)).toEqual(['svarhus-color-scheme']);
});

it('keeps only the own texts of whoever signs in', async () => {
  const { draftKey, forgetDrafts, hasDrafts, keepDraft } = await page();
  keepDraft(draftKey(ANNA, 'call:1'), 'Ring again');
  keepDraft(draftKey(BO, 'call:2'), 'Answered');
  keepDraft(draftKey(NAMESAKE, 'call:3'), 'Elsewhere');
  forgetDrafts(BO);
  expect([hasDrafts(ANNA), hasDrafts(BO), hasDrafts(NAMESAKE)]).toEqual([false, true, false]);
  expect(Object.keys(localStorage)).toEqual([draftKey(BO, 'call:2')]);
});

it('forgets in every page of the browser', async () => {
  const { draftKey, hasDrafts, heardOfDraft, keepDraft } = await page();
  const key = draftKey(ANNA, 'call:1');
  keepDraft(key, 'Ring again');
  heardOfDraft({ key, newValue: '{"text":"Ring","at":1}' });
  expect(hasDrafts(ANNA)).toBe(true);
  heardOfDraft({ key, newValue: null });
  expect(hasDrafts(ANNA)).toBe(false);
});

it('forgets by itself what nobody has come back to', async () => {
  const { draftKey } = await page();
  const key = draftKey(ANNA, 'call:1');
  localStorage.setItem(key, JSON.stringify({ text: 'Old', at: Date.now() - 3 * DAY - 1 }));
  const { hasDrafts } = await page();
  expect(hasDrafts(ANNA)).toBe(false);
  expect(localStorage.length).toBe(0);
});
