import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const product = process.env.SVARHUS_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  build: {
    outDir: fileURLToPath(new URL('../src/svarhus/console/static', import.meta.url)),
    emptyOutDir: true,
    rolldownOptions: {
      // The console, and the public page that loads little.
      input: ['index.html', 'call-us.html'].map((page) => fileURLToPath(new URL(page, import.meta.url))),
      output: {
        codeSplitting: {
          // What nearly every page of the console needs is one file: many small ones load slower and pack worse.
          groups: [
            {
              name: 'parts',
              minShareCount: 10,
              includeDependenciesRecursively: false,
              test: /node_modules\/(@mantine|@floating-ui|@tanstack\/react-router|@tanstack\/router-core)\/|src\/shared\/components/,
            },
            {
              name: 'icons',
              minShareCount: 4,
              includeDependenciesRecursively: false,
              test: /node_modules\/@tabler\//,
            },
          ],
        },
      },
    },
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
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
});
