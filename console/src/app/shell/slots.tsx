/** What features put into the shell. */
import { lazy } from 'react';

const PhoneBar = lazy(() => import('@/features/softphone').then(({ PhoneBar }) => ({ default: PhoneBar })));
const NoticeBell = lazy(() =>
  import('@/features/noticeboard/bell').then(({ NoticeBell }) => ({ default: NoticeBell })),
);
const NewVersion = lazy(() =>
  import('@/features/install').then(({ NewVersion }) => ({ default: NewVersion })),
);

const HiddenNotices = lazy(() =>
  import('@/features/notices').then(({ HiddenNotices }) => ({ default: HiddenNotices })),
);

const Tour = lazy(() => import('@/features/tour').then(({ Tour }) => ({ default: Tour })));

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
      <Tour />
    </>
  );
}
