import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRendererFiles } from '../../../main/app/renderer-files.ts';
import { runServe, type ServeOptions } from '../../../main/serve/run-serve.ts';
import { createAppDouble } from '../../doubles/app-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestward-run-serve-'));
mkdirSync(join(folder, 'renderer'));
writeFileSync(join(folder, 'renderer/index.html'), 'page');
afterAll(() => rmSync(folder, { recursive: true }));

const files = readRendererFiles(join(folder, 'renderer'));
if (files === undefined) throw new Error('the folder holds a page');
const page = files;

function start(more: Partial<ServeOptions> = {}) {
  const said: string[] = [];
  let closed = false;
  const app = {
    ...createAppDouble(),
    close: async () => {
      closed = true;
    },
  };
  const say = (text: string) => said.push(text);
  const options = { hosts: ['127.0.0.1'], port: 0, idleMinutes: 15, say, interactive: false, ...more } as const;
  const ended = runServe(app, page, options);
  const link = async (): Promise<URL> => {
    while (!said.join('').includes('token=')) await new Promise((done) => setTimeout(done, 5));
    return new URL(/http:\S+/.exec(said.join(''))?.[0] ?? '');
  };
  return { said, ended, link, wasClosed: () => closed };
}

describe('serve on a terminal', () => {
  it('prints one link, and ends well at Ctrl-C with the app closed', async () => {
    const { said, ended, link, wasClosed } = start();
    await link();
    expect(said.join('').match(/token=/g)).toHaveLength(1);
    expect(said.join('')).toContain('Ctrl-C ends it.');
    process.emit('SIGINT');
    expect(await ended).toBe(0);
    expect(wasClosed()).toBe(true);
  });

  it('ends with 1 after ten wrong tokens, and says so', async () => {
    const { said, ended, link } = start();
    const { origin } = await link();
    const headers = { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' };
    for (let wrong = 0; wrong < 10; wrong += 1) {
      const body = JSON.stringify({ token: `wrong${wrong}` });
      await fetch(`${origin}/session`, { method: 'POST', headers, body }).catch(() => undefined);
    }
    expect(await ended).toBe(1);
    expect(said.join('')).toContain('Ten wrong tokens');
  });

  it('opens a window by an address of its own, and takes its traces away at the end', async () => {
    const opened: string[] = [];
    let traces = 1;
    const open = (url: string) => {
      opened.push(url);
      return {
        ok: true,
        value: {
          program: '/usr/bin/browser',
          close: () => {
            traces = 0;
          },
        },
      } as const;
    };
    const { said, ended, link } = start({ open });
    await link();
    expect(opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/launch\/[\w-]+$/)]);
    expect(said.join('')).toContain('/usr/bin/browser opens a window.');
    process.emit('SIGTERM');
    await ended;
    expect(traces).toBe(0);
  });

  it('says why there is no window, and goes on with the link', async () => {
    const { said, ended, link } = start({ open: () => ({ ok: false, failure: 'there is no screen here' }) });
    await link();
    expect(said.join('')).toContain('No window is opened: there is no screen here.');
    process.emit('SIGINT');
    expect(await ended).toBe(0);
  });
});
