/** To the first field that is wrong, once it is shown as wrong. */
export function focusFault(form: HTMLElement): void {
  requestAnimationFrame(() => {
    const field = form.querySelector<HTMLElement>('[aria-invalid=true]');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  });
}
