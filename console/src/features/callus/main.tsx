/** The public page from which anyone can call the demonstration. A page of its own, so that a visitor loads little. */
import '@/shared/theme/base.css';
import './callus.css';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguages } from '@/shared/i18n';
import { CallUsPage } from './CallUsPage';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');

await startLanguages();

createRoot(root).render(
  <StrictMode>
    <Suspense>
      <CallUsPage />
    </Suspense>
  </StrictMode>,
);
