import { join } from 'node:path';
import { build } from 'vite';
import { root } from './bootstrap/run.mjs';

/** Builds the screens into build/dist/renderer: hashed files for any front door to serve. */
export async function buildRenderer(): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'renderer'),
    base: './',
    logLevel: 'warn',
    build: {
      outDir: join(root, 'build/dist/renderer'),
      emptyOutDir: true,
      // Electron's and every browser's that still gets security updates.
      target: 'es2023',
      modulePreload: { polyfill: false },
      // A data: URL would need a hole in the Content-Security-Policy.
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
    },
    // React's JSX without the development extras.
    oxc: { jsx: { runtime: 'automatic' } },
  });
}
