import { phoneNumber } from '@/shared/format';
import type { PhoneCall } from '@/shared/phone';
import { useNamesOf } from '@/shared/directory/queries';
import { useMay } from '@/shared/session';

/** The other party's name as the house knows it: a colleague's, a contact's, or what the network tells. */
export function useNameOf(call: PhoneCall | undefined): string {
  const may = useMay('see_directory');
  const names = useNamesOf([(may && call?.number) || null]);
  return (call?.number && names[call.number]) || call?.name || '';
}

/** A name or a number for who calls; `withheld` when there is neither. */
export function nameOrNumber(call: PhoneCall, name: string, withheld: string): string {
  return name || (call.number ? phoneNumber(call.number) : withheld);
}
