import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../../main/app/app.ts';
import { createApp } from '../../../main/app/create-app.ts';
import type { Action } from '../../../shared/rpc/changes.ts';
import { type OpenedPages, openPages } from './open-pages.ts';

export { ip, type Look } from './open-pages.ts';

/** The real app over the real engine and helper in the private network of the tests, and a real Chromium that looks at it through serve. */
export interface OpenedApp extends OpenedPages {
  readonly app: App;
  /** Has a change made without the screens; throws where it fails. */
  change(...actions: readonly Action[]): Promise<void>;
}

export async function openApp(): Promise<OpenedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'guestward-browser-'));
  chmodSync(folder, 0o755);
  const environment = { GUESTWARD_STATE_DIR: join(folder, 'state'), GUESTWARD_RUN_DIR: join(folder, 'run') };
  const app = createApp({ environment, door: 'browser', place: 'lab' });
  const pages = await openPages(app);

  async function change(...actions: readonly Action[]): Promise<void> {
    const answer = await app.handlers['change.apply']({ actions: [...actions] });
    if (!answer.ok) throw new Error(`${answer.failure.message} ${JSON.stringify(answer.failure.diagnostics ?? '')}`);
  }

  return {
    app,
    change,
    complaints: pages.complaints,
    takeComplaints: pages.takeComplaints,
    newPage: pages.newPage,
    tell: pages.tell,
    async close() {
      await pages.close();
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
