import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { App, Listener } from '../../../main/app/app.ts';
import { createApp } from '../../../main/app/create-app.ts';
import { readRendererFiles } from '../../../main/app/renderer-files.ts';
import { startServer } from '../../../main/serve/start-server.ts';
import type { Action } from '../../../shared/rpc/changes.ts';
import type { Emit } from '../../../shared/rpc/contract.ts';
import { requirePrivateNetwork } from '../../kernel/rig/network-namespace.ts';
import { launchBrowser } from './launch-browser.ts';

/** The real app over the real engine and helper in the private network of the tests, and a real Chromium that looks at it through serve. */
export interface OpenedApp {
  readonly app: App;
  /** A page that has come by a link of its own. */
  newPage(look?: Look): Promise<Page>;
  /** What pages have complained about: console errors, exceptions, refusals by the Content-Security-Policy. */
  readonly complaints: readonly string[];
  /** Tells all pages what the app itself does not, e.g. what a front door would. */
  readonly tell: Emit;
  /** Has a change made without the screens; throws where it fails. */
  change(...actions: readonly Action[]): Promise<void>;
  close(): Promise<void>;
}

export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

const renderer = fileURLToPath(new URL('../../../build/dist/renderer', import.meta.url));

export function ip(line: string): void {
  const done = spawnSync('/usr/sbin/ip', line.split(' '), { encoding: 'utf8', shell: false });
  if (done.status !== 0) throw new Error(`ip ${line}: ${done.stderr}`);
}

export async function openApp(): Promise<OpenedApp> {
  requirePrivateNetwork();
  const files = readRendererFiles(renderer);
  if (files === undefined) throw new Error('the screens are not built: npm run build');
  ip('link set dev lo up');
  const folder = mkdtempSync(join(tmpdir(), 'guestward-browser-'));
  chmodSync(folder, 0o755);
  const environment = { GUESTWARD_STATE_DIR: join(folder, 'state'), GUESTWARD_RUN_DIR: join(folder, 'run') };
  const app = createApp({ environment, door: 'browser', place: 'lab' });
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

  async function change(...actions: readonly Action[]): Promise<void> {
    const answer = await app.handlers['change.apply']({ actions: [...actions] });
    if (!answer.ok) throw new Error(`${answer.failure.message} ${JSON.stringify(answer.failure.diagnostics ?? '')}`);
  }

  return {
    app,
    complaints,
    change,
    tell(event, payload) {
      for (const listener of listeners) listener(event, payload);
    },
    async newPage({ scheme = 'light', width = 1280, height = 800 } = {}) {
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width, height },
        reducedMotion: 'reduce',
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
      const machine = await app.handlers['machine.read']({});
      const networks = machine.ok ? machine.value.networks : [];
      if (networks.length > 0) {
        await change(...networks.map(({ name }): Action => ({ action: 'remove-network', network: name })));
      }
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}
