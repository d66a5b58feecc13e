// feature: SCH-01
import { describe, expect, it } from 'vitest';
import {
  clock,
  columnAt,
  drawn,
  lanes,
  minutesAt,
  minutesOf,
  moved,
  pixelsAt,
  resized,
  snapped,
  type Stretch,
} from './layout';

const on = (start: string, end: string, day = 0): Stretch => ({
  day,
  start: minutesOf(start),
  end: minutesOf(end),
});

describe('minutes and pixels', () => {
  it('are each other, and end with the day', () => {
    expect(minutesAt(pixelsAt(495, 1056), 1056)).toBe(495);
    expect(minutesAt(-5, 1056)).toBe(0);
    expect(minutesAt(9999, 1056)).toBe(1440);
  });

  it('snap to steps', () => {
    expect([7, 8, 1439].map((each) => snapped(each, 15))).toEqual([0, 15, 1440]);
    expect(snapped(8, 5)).toBe(10);
  });

  it('are written in 24 hours', () => {
    expect([0, 485, 1440].map(clock)).toEqual(['00:00', '08:05', '24:00']);
  });

  it('have columns', () => {
    expect([0, 99, 100, 700, -3].map((each) => columnAt(each, 700, 7))).toEqual([0, 0, 1, 6, 0]);
  });
});

describe('a stretch', () => {
  it('is drawn downwards or upwards, at least a step long', () => {
    expect(drawn(481, 600, 15)).toEqual({ start: 480, end: 600 });
    expect(drawn(600, 481, 15)).toEqual({ start: 480, end: 600 });
    expect(drawn(481, 482, 15)).toEqual({ start: 480, end: 495 });
    expect(drawn(1440, 1440, 15)).toEqual({ start: 1425, end: 1440 });
  });

  it('keeps its length where it meets the end of the day', () => {
    expect(moved({ start: 1380, end: 1410 }, 120)).toEqual({ start: 1410, end: 1440 });
    expect(moved({ start: 30, end: 90 }, -120)).toEqual({ start: 0, end: 60 });
  });

  it('keeps a step of itself', () => {
    expect(resized({ start: 480, end: 540 }, 'end', 100, 15)).toEqual({ start: 480, end: 495 });
    expect(resized({ start: 480, end: 540 }, 'start', 600, 15)).toEqual({ start: 525, end: 540 });
  });
});

describe('what overlaps', () => {
  it('stands beside each other, and what only meets does not', () => {
    expect(
      lanes([on('08:00', '10:00'), on('09:00', '11:00'), on('10:00', '12:00'), on('12:00', '13:00')]),
    ).toEqual([
      { lane: 0, lanes: 2 },
      { lane: 1, lanes: 2 },
      { lane: 0, lanes: 2 },
      { lane: 0, lanes: 1 },
    ]);
  });

  it('is told in the order of what was given, each day by itself', () => {
    expect(lanes([on('09:00', '10:00', 1), on('08:00', '12:00'), on('08:00', '09:00', 1)])).toEqual([
      { lane: 0, lanes: 1 },
      { lane: 0, lanes: 1 },
      { lane: 0, lanes: 1 },
    ]);
  });

  it('never shares a lane', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      day: 0,
      start: (index * 37) % 900,
      end: ((index * 37) % 900) + 30 + ((index * 53) % 240),
    }));
    const found = lanes(many);
    many.forEach((one, index) =>
      many.slice(index + 1).forEach((other, after) => {
        const meet = one.start < other.end && other.start < one.end;
        expect(meet && found[index]?.lane === found[index + 1 + after]?.lane).toBe(false);
      }),
    );
  });
});
