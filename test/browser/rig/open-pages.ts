import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { App, Listener } from '../../../main/app/app.ts';
import { readRendererFiles } from '../../../main/app/renderer-files.ts';
import { startServer } from '../../../main/serve/start-server.ts';
import type { Emit } from '../../../shared/rpc/contract.ts';
import { requirePrivateNetwork } from '../../kernel/rig/network-namespace.ts';
import { launchBrowser } from './launch-browser.ts';

/** A real Chromium that looks at an app through serve. */
export interface OpenedPages {
  /** A page that has come by a link of its own. */
  newPage(look?: Look): Promise<Page>;
  /** What pages have complained about: console errors, exceptions, refusals by the Content-Security-Policy. */
  readonly complaints: readonly string[];
  /** The same, which are forgotten then. */
  takeComplaints(): readonly string[];
  /** Tells all pages what the app itself does not, e.g. what a front door would. */
  readonly tell: Emit;
  close(): Promise<void>;
}

export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly contrast?: 'more';
  /** Things may move; else the system asks for less of that. */
  readonly motion?: true;
}

const renderer = fileURLToPath(new URL('../../../build/dist/renderer', import.meta.url));

export function ip(line: string): void {
  const done = spawnSync('/usr/sbin/ip', line.split(' '), { encoding: 'utf8', shell: false });
  if (done.status !== 0) throw new Error(`ip ${line}: ${done.stderr}`);
}

export async function openPages(app: App): Promise<OpenedPages> {
  requirePrivateNetwork();
  const files = readRendererFiles(renderer);
  if (files === undefined) throw new Error('the screens are not built: npm run build');
  ip('link set dev lo up');
  const listen = { hosts: ['127.0.0.1'], port: 0 } as const;
  const listeners = new Set<Listener>();
  const subscribe = (listener: Listener) => {
    listeners.add(listener);
    const stop = app.subscribe(listener);
    return () => {
      listeners.delete(listener);
      stop();
    };
  };
  const server = await startServer({ app: { ...app, subscribe }, files, listen, idleAfter: 600_000 });
  const browser = await launchBrowser();
  const complaints: string[] = [];

  return {
    complaints,
    takeComplaints: () => complaints.splice(0),
    tell(event, payload) {
      for (const listener of listeners) listener(event, payload);
    },
    async newPage({ scheme = 'light', width = 1280, height = 800, contrast, motion } = {}) {
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width, height },
        reducedMotion: motion === true ? 'no-preference' : 'reduce',
        contrast: contrast ?? 'no-preference',
      });
      const page = await context.newPage();
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(server.newLink());
      await page.getByRole('navigation', { name: 'Screens' }).waitFor({ state: 'attached' });
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
