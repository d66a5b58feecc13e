/** The frame of every page: menu, phone, state of the connection, and who is signed in. */
import { Outlet, useRouter } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '@/shared/components/Loading';
import { watchTheHouse } from '@/shared/live/store';
import { queryClient } from '@/shared/query';
import { ConnectionNotice } from './ConnectionNotice';
import { BottomMenu, Menu } from './Menu';
import { BackgroundSlot, NoticeSlot, PhoneSlot } from './slots';
import { UserMenu } from './UserMenu';
import classes from './Shell.module.css';

export function Shell() {
  const { t } = useTranslation();
  const router = useRouter();
  useEffect(
    () =>
      watchTheHouse(() => {
        queryClient.clear();
        void router.invalidate();
      }),
    [router],
  );
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      <Menu />
      <div className={classes.main}>
        <div className={classes.top}>
          <div className={classes.phone}>
            <Suspense>
              <PhoneSlot />
            </Suspense>
          </div>
          <div className={classes.corner}>
            <Suspense>
              <NoticeSlot />
            </Suspense>
            <UserMenu />
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
      <Suspense>
        <BackgroundSlot />
      </Suspense>
    </div>
  );
}
