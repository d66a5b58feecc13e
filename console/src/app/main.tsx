import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import '@/shared/theme/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { PICTURES } from '@/features/desk/channels/pictures';
import { KindPictures } from '@/shared/case/KindIcon';
import { startLanguages } from '@/shared/i18n';
import { watchKeys } from '@/shared/keys';
import { queryClient } from '@/shared/query';
import { later, settle, useSettled } from '@/shared/settled';
import { ThemeProvider } from '@/shared/theme/ThemeProvider';
import { router } from './router';

const Dialogs = later(() => import('./Dialogs').then((dialogs) => dialogs.default), { optional: true });

/** Nothing is asked or told before the page is there. The words for what fails must be there without a network. */
function WhenSettled() {
  const settled = useSettled();
  const { i18n } = useTranslation();
  useEffect(() => {
    if (settled) void i18n.loadNamespaces('problems');
  }, [settled, i18n]);
  return settled ? <Dialogs /> : null;
}

/** Milliseconds. The desk says by itself when it is there; should it never, the rest begins all the same. */
const LONGEST = 4_000;
/** After this one is shown at least that the page is on its way. */
const PATIENCE = 2_000;
setTimeout(settle, /^\/(desk)?$/.test(location.pathname) ? LONGEST : 0);

// Before any dialog listens for the key that closes it.
watchKeys();

/** All that the first page shows is there when it is drawn for the first time. */
async function start() {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root.');
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.all([startLanguages(), Promise.race([router.load(), patience])]);
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <KindPictures value={PICTURES}>
            <Suspense>
              <RouterProvider router={router} />
            </Suspense>
          </KindPictures>
          <WhenSettled />
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  );
}

// Not awaited here: pages that are loaded import what stands in this file.
void start();
