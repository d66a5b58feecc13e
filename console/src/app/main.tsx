import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import '@/shared/theme/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguages } from '@/shared/i18n';
import { queryClient } from '@/shared/query';
import { ThemeProvider } from '@/shared/theme/ThemeProvider';
import { router } from './router';

const Dialogs = lazy(() => import('./Dialogs'));

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

await startLanguages();

createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <Suspense>
          <RouterProvider router={router} />
        </Suspense>
        <Suspense>
          <Dialogs />
        </Suspense>
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
