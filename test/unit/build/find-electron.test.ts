import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findElectron } from '../../../build/find-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestward-electron-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the binary of Electron', () => {
  it('is what its package has fetched, or what the environment names, and is never fetched', () => {
    expect(findElectron(folder, {})).toBeUndefined();
    mkdirSync(join(folder, 'node_modules/electron/dist'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/electron/dist/electron'), '');
    expect(findElectron(folder, {})).toBe(join(folder, 'node_modules/electron/dist/electron'));
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toBeUndefined();
  });
});
