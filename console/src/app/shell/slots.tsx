/** What features put into the shell. */
import { lazy } from 'react';
import { later } from '@/shared/settled';

const PhoneBar = lazy(() => import('@/features/softphone').then(({ PhoneBar }) => ({ default: PhoneBar })));
// The page is whole without these.
const optional = { optional: true };
const NoticeBell = later(
  () => import('@/features/noticeboard/bell').then(({ NoticeBell }) => NoticeBell),
  optional,
);
const NewVersion = later(() => import('@/features/install').then(({ NewVersion }) => NewVersion), optional);
const HiddenNotices = later(
  () => import('@/features/notices').then(({ HiddenNotices }) => HiddenNotices),
  optional,
);
const Booking = later(() => import('@/features/booking').then(({ Booking }) => Booking), optional);
const Tour = later(() => import('@/features/tour').then(({ Tour }) => Tour), optional);

/** The softphone: one line above every page. */
export function PhoneSlot() {
  return <PhoneBar />;
}

/** Marks beside the user's menu, such as unread notices. */
export function NoticeSlot() {
  return <NoticeBell />;
}

/** What has no place of its own: listens, opens dialogs. */
export function BackgroundSlot() {
  return (
    <>
      <NewVersion />
      <HiddenNotices />
      <Booking />
      <Tour />
    </>
  );
}
