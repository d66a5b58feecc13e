/** What features put into the shell. */
import { later } from '@/shared/settled';

// The page is whole without these, and what a moment without the server has kept back comes with the next one.
const optional = { optional: true };
const PhoneBar = later(() => import('@/features/softphone').then(({ PhoneBar }) => PhoneBar), optional);
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
