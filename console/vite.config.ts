import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const product = process.env.SVARHUS_URL ?? 'http://127.0.0.1:8080';

/** The public page loads little and shares no file with the console: it is built by itself, in this mode. */
const PUBLIC = 'call-us';

/** What the first page says: one file a language. */
const TEXTS = /\/i18n\/first\/(\w+)\.ts$/;

/** The letters of our languages: without them all is drawn twice. */
const FONT = /inter-latin-wght-normal-[^/]*\.woff2$/;

/** Tells `public/first.js` where each language's texts are, so that they come while the script is on its way. */
const firstPage: Plugin = {
  name: 'first-page',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle }) => {
      const files = Object.values(bundle ?? {}).flatMap((file) => {
        const language = file.type === 'chunk' ? TEXTS.exec(file.facadeModuleId ?? '')?.[1] : undefined;
        return language ? [[language, `/${file.fileName}`]] : [];
      });
      const content = JSON.stringify(Object.fromEntries(files)).replaceAll('"', '&quot;');
      const texts = `<meta name="svarhus-texts" content="${content}" />`;
      const font = Object.keys(bundle ?? {}).find((file) => FONT.test(file));
      const letters = `<link rel="preload" href="/${font}" as="font" type="font/woff2" crossorigin />`;
      return html.replace('<title>', `${texts}\n    ${font ? letters : ''}\n    <title>`);
    },
  },
};

const SIGN_IN = /\/features\/signin\/index\.ts$/;

/** What the desk loads when it has been drawn, and nearly every page needs: the softphone, the open case, dialogs. */
const SECOND = new RegExp(
  `/src/(${[
    'app/(Dialogs|shell/UserMenu)',
    'features/(softphone|install|notices|booking|tour)/index',
    'features/noticeboard/bell',
    'features/desk/(HiddenChoice|KeysHelp|CasePanel)',
    'shared/case/AfterCall',
  ].join('|')})\\.tsx?$`,
);

/**
 * Nearly all of these scripts runs as the page is loaded. Said in their first line, the browser compiles them beside
 * its main thread while they come in, and not function by function when each is first called (V8: explicit compile
 * hints, https://v8.dev/blog/explicit-compile-hints; others see a comment).
 */
const compiledAhead: Plugin = {
  name: 'compiled-ahead',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler: (_, bundle) => {
      for (const file of Object.values(bundle))
        if (file.type === 'chunk' && (file.isEntry || ['react', 'first', 'second'].includes(file.name)))
          file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
    },
  },
};

export default defineConfig(({ mode }) => ({
  plugins: mode === PUBLIC ? [react(), compiledAhead] : [react(), firstPage, compiledAhead],
  publicDir: mode === PUBLIC ? false : 'public',
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  build: {
    outDir: fileURLToPath(new URL('../src/svarhus/app/console/static', import.meta.url)),
    emptyOutDir: mode !== PUBLIC,
    rolldownOptions: {
      input: fileURLToPath(new URL(mode === PUBLIC ? 'call-us.html' : 'index.html', import.meta.url)),
      output: {
        codeSplitting: {
          // What the first page needs is two files: on a slow machine each file costs more than its bytes. React is the
          // second, since with each error that it makes as it is loaded V8 may read the file around it anew.
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 4 },
            { name: 'first', tags: ['$initial'], priority: 3 },
            { name: 'basic', test: SIGN_IN, priority: 2 },
            { name: 'second', test: SECOND, priority: 1 },
          ],
        },
      },
    },
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: product, ws: true },
      '/ws': { target: product, ws: true },
    },
  },
}));
