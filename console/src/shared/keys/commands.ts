/** When a key is a command: the one rule for all that the console does by a single key.
 *
 * A key is a command only while nobody writes. Who has just been writing and lost the field to something else (a panel
 * that went away, a field that was put out of use) writes on for a moment without looking; those letters are nobody's.
 */

/** Milliseconds without a key after which who had lost the field has noticed. */
export const NOTICED = 1_000;

const FIELD = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
/** Buttons that happen to be inputs: nobody writes in them. */
const NO_WRITING =
  'input:is([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"])';
/** What lies over the page and has the keys while it is open. */
const LAYER = '[aria-modal="true"], [role="menu"], [role="dialog"], [role="alertdialog"]';
/** A field or a button whose own list or menu is open. */
const OPENED = '[aria-haspopup][aria-expanded="true"]';
/** Keys by which one leaves a field on purpose. */
const LEAVING = new Set(['Escape', 'Tab']);

export interface CommandOptions {
  /** The listener is a part of the layer that is open: its keys are for it. */
  inLayer?: boolean;
  /** Keys that may be held down. */
  held?: readonly string[];
}

export function isField(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.closest(FIELD) !== null;
}

export function writes(target: EventTarget | null): boolean {
  return isField(target) && !target.matches(NO_WRITING);
}

export class CommandKeys {
  private readonly now: () => number;
  private field: HTMLElement | null = null;
  private lostAt = -Infinity;
  private leftOnPurpose = -Infinity;
  /** Keys that were pressed while a layer was open, or after a field was lost: judged before anybody acts on them. */
  private readonly covered = new WeakSet<Event>();
  private readonly stray = new WeakSet<Event>();
  private readonly vanishing: MutationObserver;
  private readonly page: Document;

  constructor(page: Document, now: () => number = () => performance.now()) {
    this.page = page;
    this.now = now;
    this.vanishing = new MutationObserver(() => this.look());
  }

  /** Begin to watch; before anything that opens or closes by a key listens, so that its state is seen as it was. */
  start(): () => void {
    const { page } = this;
    const on = [
      ['keydown', this.onKey],
      ['pointerdown', this.onPurpose],
      ['focusin', this.onFocus],
      ['focusout', this.onBlur],
    ] as const;
    for (const [event, listener] of on) page.addEventListener(event, listener as EventListener, true);
    page.defaultView?.addEventListener('keydown', this.onFirst, true);
    return () => {
      this.vanishing.disconnect();
      for (const [event, listener] of on) page.removeEventListener(event, listener as EventListener, true);
      page.defaultView?.removeEventListener('keydown', this.onFirst, true);
    };
  }

  /** Whether this key, as it was pressed, may be taken for a command of the page (or of the layer). */
  isCommand(event: KeyboardEvent, { inLayer = false, held = [] }: CommandOptions = {}): boolean {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.isComposing || event.key === 'Process' || event.key === 'Dead') return false;
    if (event.repeat && !held.includes(event.key)) return false;
    if (!inLayer && this.covered.has(event)) return false;
    if (event.key === 'Escape') return true;
    return !writes(event.target) && !this.stray.has(event);
  }

  private onFirst = (event: KeyboardEvent): void => {
    if (layerOpen(this.page) || (event.target instanceof Element && event.target.closest(OPENED)))
      this.covered.add(event);
  };

  private onKey = (event: KeyboardEvent): void => {
    this.look();
    if (LEAVING.has(event.key) || ((event.ctrlKey || event.metaKey) && event.key === 'Enter'))
      this.onPurpose();
    else if (!writes(event.target) && this.now() - this.lostAt < NOTICED) {
      this.stray.add(event);
      this.lostAt = this.now();
    }
  };

  private onPurpose = (): void => {
    this.leftOnPurpose = this.now();
    this.lostAt = -Infinity;
  };

  private onFocus = ({ target }: FocusEvent): void => {
    this.field = writes(target) ? (target as HTMLElement) : null;
    this.vanishing.disconnect();
    if (this.field) {
      this.lostAt = -Infinity;
      this.vanishing.observe(this.page, { childList: true, subtree: true });
    }
  };

  private onBlur = ({ relatedTarget }: FocusEvent): void => {
    if (!this.field || !this.page.hasFocus()) return;
    const gone = relatedTarget === null && this.now() - this.leftOnPurpose > 100;
    this.leave(gone);
  };

  /** Browsers tell nobody when a field that has the focus is taken out of the page. */
  private look(): void {
    if (this.field && !this.field.isConnected) this.leave(this.now() - this.leftOnPurpose > 100);
  }

  private leave(lost: boolean): void {
    this.field = null;
    this.vanishing.disconnect();
    if (lost) this.lostAt = this.now();
  }
}

/** Something lies over the page; what is only kept for later does not. */
function layerOpen(page: Document): boolean {
  return [...page.querySelectorAll<HTMLElement>(LAYER)].some(
    (layer) => layer.checkVisibility?.() ?? layer.style.display !== 'none',
  );
}
