/** The wish to promise somebody a callback, or another time: any page may have it, one dialog fulfils it. */
import { create } from 'zustand';
import type { components } from '@/api/client';

/** A callback, and the time for which it is booked. */
export interface BookedTime {
  id: string;
  number: string;
  queue: string;
  at: string;
  /** Whether it is one of the queue's times, not that of a new attempt. */
  planned: boolean;
}

export interface BookingWish {
  /** The case that goes on as this callback: what was written is seen there. */
  of?: components['schemas']['CaseGiven'];
  /** To be rung back; empty when it is still to be typed. */
  number?: string | null;
  queue?: string | null;
  /** Told the id of what was booked, or of what this number has already. */
  onShow?: (booking: string) => void;
  /** Is to have another time; everything else stays. */
  moving?: BookedTime;
}

export const useBooking = create<{ wish: BookingWish | null }>()(() => ({ wish: null }));

export function bookCallback(wish: BookingWish = {}): void {
  useBooking.setState({ wish });
}

export function endBooking(): void {
  useBooking.setState({ wish: null });
}
