import { lazy, Suspense } from 'react';
import { endBooking, useBooking } from '@/shared/booking';

const BookingDialog = lazy(() => import('./BookingDialog'));

/** Opens the dialog when some page wants it. */
export function Booking() {
  const wish = useBooking((state) => state.wish);
  return (
    wish && (
      <Suspense fallback={null}>
        <BookingDialog wish={wish} onClose={endBooking} />
      </Suspense>
    )
  );
}
