import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserArguments, findBrowser } from '../../../main/serve/find-browser.ts';
import { writeLaunchFile } from '../../../main/serve/launch-file.ts';
import { openWindow } from '../../../main/serve/open-window.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestward-launch-'));
const uid = process.getuid?.() ?? 0;
beforeAll(() => chmodSync(folder, 0o700));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the browser for a window', () => {
  it.each([
    [['/usr/bin/chromium', '/usr/bin/xdg-open'], '/usr/bin/chromium', ['--app=file:///x']],
    [['/usr/bin/google-chrome', '/usr/bin/xdg-open'], '/usr/bin/google-chrome', ['--app=file:///x']],
    [['/usr/bin/xdg-open'], '/usr/bin/xdg-open', ['file:///x']],
  ])('of %j is %s', (there, path, args) => {
    const browser = findBrowser((candidate) => there.includes(candidate));
    expect(browser?.path).toBe(path);
    expect(browser && browserArguments(browser, 'file:///x')).toEqual(args);
  });

  it('is none where there is none', () => {
    expect(findBrowser(() => false)).toBeUndefined();
  });
});

describe('the launch file', () => {
  it('is for nobody else to read, leads to the address, and is removed', () => {
    const file = writeLaunchFile('http://127.0.0.1:4711/launch/abc', folder, uid);
    if (file === undefined) throw new Error('it was not written');
    const path = fileURLToPath(file.url);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain('url=http://127.0.0.1:4711/launch/abc"');
    file.remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['there is no run-time folder', undefined, uid],
    ['its path is not absolute', 'run', uid],
    ['it is not there', join(folder, 'gone'), uid],
    ["it is somebody else's", folder, uid + 1],
    ['it is everybody’s', tmpdir(), uid],
  ])('is not written where %s', (_, path, owner) => {
    expect(writeLaunchFile('http://127.0.0.1/', path, owner)).toBeUndefined();
  });
});

describe('a window is not opened', () => {
  it.each([
    ['as root', { DISPLAY: ':0' }, 0, 'no browser is to run as root'],
    ['without a screen', {}, 1000, 'there is no screen here'],
  ])('%s', (_, environment, asUid, why) => {
    expect(openWindow('http://127.0.0.1/', { environment, uid: asUid })).toEqual({
      ok: false,
      failure: expect.stringContaining(why),
    });
  });
});
