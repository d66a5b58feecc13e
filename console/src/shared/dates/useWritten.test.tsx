// @vitest-environment jsdom
import i18next from 'i18next';
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWritten } from './useWritten';
import { readTime, writtenTime } from './written';

const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
let told: (string | null)[] = [];

function Field({ begin }: { begin: string | null }) {
  const [value, setValue] = useState(begin);
  const tell = (time: string | null) => {
    told.push(time);
    setValue(time);
  };
  const written = useWritten(value, tell, writtenTime, readTime);
  return (
    <input
      value={written.text}
      aria-invalid={written.faulty}
      onChange={(event) => written.type(event.currentTarget.value)}
      onBlur={written.leave}
    />
  );
}

function shown(begin: string | null): HTMLInputElement {
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  act(() => createRoot(place).render(<Field begin={begin} />));
  return place.querySelector('input') ?? document.createElement('input');
}

function type(field: HTMLInputElement, text: string) {
  act(() => {
    setValue?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

function leave(field: HTMLInputElement) {
  act(() => field.focus());
  act(() => field.blur());
}

beforeAll(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  await i18next.use(initReactI18next).init({ lng: 'sv', resources: {} });
});

beforeEach(() => {
  told = [];
});

describe('what is written', () => {
  it('is told letter by letter also while it is not understood', () => {
    const field = shown('');
    for (const text of ['n', 'ni', 'nio']) type(field, text);
    expect(told).toEqual([null, null, null]);
    expect(field.value).toBe('nio');
  });

  it('is wrong first when the person has gone on', () => {
    const field = shown('');
    type(field, 'nio');
    expect(field.ariaInvalid).toBe('false');
    leave(field);
    expect(field.ariaInvalid).toBe('true');
  });

  it('is put in order when the person has gone on', () => {
    const field = shown('');
    type(field, '930');
    expect(field.value).toBe('930');
    leave(field);
    expect(field.value).toBe('09:30');
    expect(told).toEqual(['09:30']);
  });

  it('is nothing, and not wrong, when the field is left empty', () => {
    const field = shown(null);
    leave(field);
    expect(told).toEqual(['']);
    expect(field.ariaInvalid).toBe('false');
  });
});
