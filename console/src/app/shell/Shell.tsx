/** The frame of every page: menu, phone, state of the connection, and who is signed in. */
import { Outlet, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/components/Loading';
import { inCallLately } from '@/shared/phone/lately';
import { watchTheHouse } from '@/shared/live/store';
import { usePhoneState } from '@/shared/phone/store';
import { queryClient } from '@/shared/query';
import { leaveFor, sayFarewell, useFarewell } from '@/shared/session/farewell';
import { useSettled } from '@/shared/settled';
import { ConnectionNotice } from './ConnectionNotice';
import { BottomMenu, Menu } from './Menu';
import { BackgroundSlot, NoticeSlot, PhoneSlot } from './slots';
import { UserCorner } from './UserCorner';
import classes from './Shell.module.css';

export function Shell() {
  const { t } = useTranslation();
  const router = useRouter();
  const settled = useSettled();
  const [wasInCall] = useState(inCallLately);
  const over = useFarewell((farewell) => farewell.over);
  const talking = usePhoneState((phone) =>
    Object.values(phone.local).some(({ state }) => state !== 'ringing'),
  );
  useEffect(() => watchTheHouse(sayFarewell), []);
  useEffect(() => {
    if (!over || talking) return;
    leaveFor();
    const next = router.state.location.href;
    // What is shown still asks who is here: that is forgotten when it is gone.
    void router.navigate({ to: '/sign-in', search: { next } }).then(() => queryClient.clear());
  }, [over, talking, router]);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      <Menu />
      <div className={classes.main}>
        <div className={classes.top}>
          <div className={classes.phone}>
            {(settled || wasInCall) && (
              <Suspense>
                <PhoneSlot />
              </Suspense>
            )}
          </div>
          <div className={classes.corner}>
            {settled && (
              <Suspense>
                <NoticeSlot />
              </Suspense>
            )}
            <UserCorner />
          </div>
        </div>
        <ConnectionNotice />
        <main id="content" className={classes.content} tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomMenu />
      {settled && (
        <Suspense>
          <BackgroundSlot />
        </Suspense>
      )}
    </div>
  );
}
