import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRendererFiles } from '../../../main/app/renderer-files.ts';
import { callChannel, eventChannel } from '../../../main/desktop/channels.ts';
import { runDesktop } from '../../../main/desktop/run-desktop.ts';
import { maxRequestBytes } from '../../../shared/rpc/limits.ts';
import { type AppDouble, createAppDouble } from '../../doubles/app-double.ts';
import { createElectronDouble } from '../../doubles/electron-double.ts';

let folder: string;
let app: AppDouble;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-desktop-'));
  mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer/index.html'), '<meta name="csp-nonce" content="%CSP_NONCE%">');
  writeFileSync(join(folder, 'renderer/assets/main.js'), 'script');
  app = createAppDouble();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function start({ isFirst = true, argv = [] as readonly string[] } = {}) {
  const files = readRendererFiles(join(folder, 'renderer'));
  if (files === undefined) throw new Error('the folder holds a page');
  const double = createElectronDouble({ isFirst, userData: folder });
  const parts = { files, preload: '/built/preload.cjs', icon: '/built/icon.png', createApp: () => app, argv, folder };
  await runDesktop(double.electron, parts);
  const [window] = double.seen.windows;
  const call = (method: unknown, params: unknown, from: object = {}) => {
    const contents = window?.webContents;
    const event = { sender: contents, senderFrame: contents?.mainFrame, ...from };
    return double.seen.invoked.get(callChannel)?.(event, method, params) as Promise<Record<string, unknown>>;
  };
  return { ...double, window, call };
}

describe('the window (stub of Electron)', () => {
  it('is one, sandboxed, and knows nothing of Node', async () => {
    const { seen, window } = await start();
    expect(seen.windows).toHaveLength(1);
    expect(seen.app).toContain('sandbox');
    expect(seen.menus).toEqual([null]);
    expect(window?.urls).toEqual(['app://guestward/']);
    expect(window?.options).toMatchObject({
      show: false,
      webPreferences: {
        preload: '/built/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        allowRunningInsecureContent: false,
      },
    });
  });

  it('has its files from app://guestward alone, with the strict policy on each', async () => {
    const { seen } = await start();
    expect(seen.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    const answer = seen.answers.get('app');
    const ask = (url: string, method = 'GET') => answer?.({ method, url }) ?? new Response();
    const cases: readonly (readonly [url: string, status: number, method?: string])[] = [
      ['app://guestward/', 200],
      ['app://guestward/assets/main.js', 200],
      ['app://guestward/assets/../../secret', 404],
      ['app://guestward/%2e%2e/secret', 404],
      ['app://elsewhere/', 404],
      ['app://guestward.evil/', 404],
      ['app://user@guestward/', 404],
      ['https://guestward/', 404],
      ['app://guestward/', 405, 'POST'],
    ];
    for (const [url, status, method] of cases) {
      const response = ask(url, method);
      expect([url, response.status]).toEqual([url, status]);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const [first, second] = [await ask('app://guestward/').text(), await ask('app://guestward/').text()];
    expect(first).not.toContain('%CSP_NONCE%');
    expect(first).not.toBe(second);
  });

  it('has no permission, stays where it is, opens no other, and takes in no web view', async () => {
    const { window } = await start();
    const contents = window?.webContents;
    const session = contents?.session;
    const granted: boolean[] = [];
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid']) {
      session?.request?.(contents, permission, (grant) => granted.push(grant));
    }
    expect(granted).toEqual([false, false, false, false, false, false]);
    expect([session?.check?.(), session?.device?.()]).toEqual([false, false]);
    expect(contents?.openHandler?.()).toEqual({ action: 'deny' });
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      let prevented = false;
      contents?.emit(name, { preventDefault: () => (prevented = true) });
      expect([name, prevented]).toEqual([name, true]);
    }
  });

  it.each([
    ['blob:app://guestward/7c1f', false],
    ['https://example.org/x.deb', true],
    ['blob:https://example.org/7c1f', true],
    ['data:text/plain,x', true],
  ])('a download of %s: refused is %s', async (url, refused) => {
    const { window } = await start();
    let prevented = false;
    const event = { preventDefault: () => (prevented = true) };
    window?.webContents.session.emit('will-download', event, { getURL: () => url });
    expect(prevented).toBe(refused);
  });

  it('comes back once when its page dies, and ends the app, not the rules, when it dies again at once', async () => {
    const { window, seen } = await start();
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window?.webContents.reloads).toBe(1);
    window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(seen.errors).toEqual([expect.stringContaining('Rules stay in force')]);
    expect(seen.app).toContain('quit');
  });
});

describe("the page's calls (stub of Electron)", () => {
  it('are answered like those of a browser', async () => {
    const { call } = await start();
    expect(await call('machine.read', {})).toMatchObject({ jsonrpc: '2.0', id: 0, result: expect.anything() });
    const kind = async (answer: Promise<Record<string, unknown>>) =>
      ((await answer)['error'] as { readonly data: { readonly kind: string } }).data.kind;
    expect(await kind(call('no.such', {}))).toBe('unknown-method');
    expect(await kind(call('machine.read', { more: 1 }))).toBe('bad-request');
    expect(await kind(call('filters.check', { text: 'x'.repeat(maxRequestBytes) }))).toBe('bad-request');
    expect(await kind(call(7, {}))).toBe('bad-request');
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(await kind(call('machine.read', circular))).toBe('bad-request');
  });

  it.each([
    ['another page', { senderFrame: { url: 'https://example.org/' } }],
    ['a frame in the page', { senderFrame: { url: 'app://guestward/' } }],
    ['a frame that is gone', { senderFrame: null }],
    ['other contents', { sender: {} }],
  ])('are refused when they come from %s', async (_, from) => {
    const { call } = await start();
    const before = app.calls.length;
    expect(await call('app.unlock', {}, from)).toMatchObject({ id: null, error: { data: { kind: 'bad-request' } } });
    expect(app.calls).toHaveLength(before);
  });

  it('are refused where the page has been led elsewhere', async () => {
    const { call, window } = await start();
    if (window !== undefined) window.webContents.mainFrame.url = 'https://example.org/';
    expect(await call('app.unlock', {})).toMatchObject({ error: { data: { kind: 'bad-request' } } });
  });

  it('bring what happens to the page, until the app ends', async () => {
    const double = await start();
    app.emit('machine.traffic', { at: 1, devices: {} });
    expect(double.window?.webContents.sent).toContainEqual([eventChannel('machine.traffic'), { at: 1, devices: {} }]);
    double.app.emit('will-quit', { preventDefault: () => {} });
    expect(double.seen.invoked.size).toBe(0);
    expect(app.listening).toBe(0);
  });
});

describe('opened files (stub of Electron)', () => {
  const opened = (window: Awaited<ReturnType<typeof start>>['window']) =>
    window?.webContents.sent.filter(([channel]) => channel === eventChannel('app.open-file')).map(([, file]) => file);

  it('reach the page once it listens, and those of a second start too', async () => {
    writeFileSync(join(folder, 'one.xml'), '<filter/>');
    writeFileSync(join(folder, 'two.XML'), '<network/>');
    const double = await start({ argv: ['--flag.xml', 'one.xml', 'notes.txt'] });
    expect(opened(double.window)).toEqual([]);
    await double.call('app.describe', {});
    expect(opened(double.window)).toEqual([{ name: 'one.xml', text: '<filter/>' }]);

    double.app.emit('second-instance', {}, ['two.XML'], folder);
    expect(opened(double.window)).toHaveLength(2);
    expect(double.window?.done).toContain('focus');
  });

  it('that cannot be read are told of, and nothing hangs on a pipe', async () => {
    mkdirSync(join(folder, 'folder.xml'));
    writeFileSync(join(folder, 'large.xml'), 'x'.repeat(300_000));
    const double = await start({ argv: ['gone.xml', 'folder.xml', 'large.xml'] });
    await double.call('app.describe', {});
    expect(double.seen.notices.map(({ body }) => body)).toEqual([
      'gone.xml is not there any more.',
      'folder.xml is not a file that can be opened.',
      expect.stringContaining('large.xml is larger than'),
    ]);
    expect(opened(double.window)).toEqual([]);
  });

  it('of a second start go to the first: the second ends before it has a window', async () => {
    const { seen } = await start({ isFirst: false });
    expect(seen.app).toEqual(['quit']);
    expect(seen.windows).toEqual([]);
  });
});

describe('closing the window (stub of Electron)', () => {
  const close = (window: Awaited<ReturnType<typeof start>>['window']): boolean => {
    let prevented = false;
    window?.emit('close', { preventDefault: () => (prevented = true) });
    return prevented;
  };

  it('ends the app, and its place is remembered', async () => {
    const { window } = await start();
    expect(close(window)).toBe(false);
    expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 900, height: 700 },
      maximized: false,
      staysInTray: false,
    });
    const again = await start();
    expect(again.window?.options).toMatchObject({ x: 10, y: 20, width: 900, height: 700 });
  });

  it('leaves it in the tray where one has asked for that, and Quit ends it', async () => {
    const { window, seen, app: electronApp } = await start();
    const item = seen.trays[0]?.menu.find(({ label }) => label?.startsWith('Stay'));
    item?.click?.({ checked: true });
    expect(close(window)).toBe(true);
    expect(window?.done).toContain('hide');
    electronApp.emit('before-quit');
    expect(close(window)).toBe(false);
  });
});

describe('what happens while nobody looks (stub of Electron)', () => {
  const healed = { at: 1, what: 'rules' as const, names: [], program: 'nft', outcome: 'healed' as const };

  it('is told by a desktop notification, and not to who looks at the window', async () => {
    const { window, seen } = await start();
    app.emit('health.healed', healed);
    expect(seen.notices).toEqual([
      { title: 'Guestward put something back', body: 'It was the rules, which nft had taken away.' },
    ]);
    if (window !== undefined) window.focused = true;
    app.emit('health.healed', healed);
    expect(seen.notices).toHaveLength(1);
  });

  it('is asked for, as far as it is drops, once there is consent and not before', async () => {
    const described = async (rights: 'ask' | 'granted') => {
      const answer = await createAppDouble().handlers['app.describe']({});
      if (!answer.ok) throw new Error(answer.failure.message);
      return { ...answer.value, rights };
    };
    app.always('app.describe', async () => ({ ok: true, value: await described('ask') }));
    const followed = () => app.calls.filter(({ method }) => method === 'drops.follow').length;
    const double = await start();
    await expect.poll(() => app.calls.some(({ method }) => method === 'app.describe')).toBe(true);
    expect(followed()).toBe(0);
    app.emit('app.changed', await described('granted'));
    app.emit('app.changed', await described('granted'));
    expect(followed()).toBe(1);
    double.app.emit('will-quit', { preventDefault: () => {} });
  });
});
