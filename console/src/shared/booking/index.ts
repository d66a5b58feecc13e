/** The wish to promise somebody a callback: any page may have it, one dialog fulfils it. */
import { create } from 'zustand';

export interface BookingWish {
  /** To be rung back; empty when it is still to be typed. */
  number?: string | null;
  queue?: string | null;
  /** Told the id of what was booked, or of what this number has already. */
  onShow?: (booking: string) => void;
}

export const useBooking = create<{ wish: BookingWish | null }>()(() => ({ wish: null }));

export function bookCallback(wish: BookingWish = {}): void {
  useBooking.setState({ wish });
}

export function endBooking(): void {
  useBooking.setState({ wish: null });
}
