import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readRendererFiles } from '../../../main/app/renderer-files.ts';
import { type RunningServer, startServer } from '../../../main/serve/start-server.ts';
import { maxRequestBytes } from '../../../shared/rpc/limits.ts';
import { createAppDouble } from '../../doubles/app-double.ts';
import { type Attempt, openByLink, ownHeaders, send, tokenOf } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestward-serve-'));
mkdirSync(join(folder, 'renderer/assets'), { recursive: true });
writeFileSync(join(folder, 'renderer/index.html'), '<meta name="csp-nonce" content="%CSP_NONCE%">');
writeFileSync(join(folder, 'renderer/assets/main.js'), 'script');
writeFileSync(join(folder, 'secret.js'), 'secret');

const files = readRendererFiles(join(folder, 'renderer'));
if (files === undefined) throw new Error('the folder holds a page');
let app = createAppDouble();
let server: RunningServer;

beforeEach(async () => {
  app = createAppDouble();
  server = await startServer({ app, files, listen: { hosts: ['127.0.0.1'], port: 0 }, idleAfter: 60_000 });
});
afterEach(() => server.close());
afterAll(() => rmSync(folder, { recursive: true }));

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

/** What our own page sends to get its WebSocket. */
async function ownUpgrade(): Promise<Record<string, string>> {
  const { cookie, pageToken } = await openByLink(server);
  const origin = `http://127.0.0.1:${server.port}`;
  return { ...upgrade, origin, cookie, 'sec-websocket-protocol': `guestward.rpc.1, guestward.page.${pageToken}` };
}

describe('a request that does not come from our own page', () => {
  const port = '%PORT%';
  const post = { method: 'POST', path: '/session', body: '{"token":"x"}' };
  const cases: readonly (readonly [what: string, attempt: Attempt, status: number])[] = [
    ['no Host', { headers: { host: null } }, 400],
    ['an empty Host', { headers: { host: '' } }, 400],
    ['a rebound name', { headers: { host: `evil.example:${port}` } }, 421],
    [
      'a rebound name, with an Origin that fits it',
      { ...post, headers: { host: `evil.example:${port}`, origin: `http://evil.example:${port}` } },
      421,
    ],
    ['a name that begins like ours', { headers: { host: `127.0.0.1.evil.example:${port}` } }, 421],
    ['a loopback address that is not ours', { headers: { host: `127.0.0.2:${port}` } }, 421],
    ['our name without the port', { headers: { host: '127.0.0.1' } }, 421],
    ['our name with another port', { headers: { host: '127.0.0.1:1' } }, 421],
    ['a POST without Origin', { ...post, headers: { origin: null } }, 403],
    ['a POST from another page', { ...post, headers: { origin: 'https://evil.example' } }, 403],
    ['a POST from another port of this machine', { ...post, headers: { origin: 'http://127.0.0.1:1' } }, 403],
    ['a POST from our name of another scheme', { ...post, headers: { origin: `https://127.0.0.1:${port}` } }, 403],
    ['a POST from a sandboxed frame or a file', { ...post, headers: { origin: 'null' } }, 403],
    ['a GET from another page', { headers: { origin: 'https://evil.example' } }, 403],
    ['a link on another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
    ['a page of another port', { headers: { 'sec-fetch-site': 'same-site' } }, 403],
    ['a POST that the user is said to have made', { ...post, headers: { 'sec-fetch-site': 'none' } }, 403],
    ['a POST of text/plain', { ...post, headers: { 'content-type': 'text/plain' } }, 415],
    ['a POST of a form', { ...post, headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    [
      'a POST of JSON that claims to be text too',
      { ...post, headers: { 'content-type': 'text/plain; application/json' } },
      415,
    ],
    ['a POST without a type', { ...post, headers: { 'content-type': null } }, 415],
    ['a preflight', { method: 'OPTIONS', path: '/session', headers: { origin: 'https://evil.example' } }, 405],
    ['PUT', { method: 'PUT' }, 405],
    ['TRACE', { method: 'TRACE' }, 405],
    ['a target with a host', { path: 'http://evil.example/' }, 400],
  ];
  it.each(cases)('%s is refused', async (_what, attempt, status) => {
    const headers = Object.fromEntries(
      Object.entries(attempt.headers ?? {}).map(([name, value]) => [
        name,
        value?.replaceAll(port, String(server.port)) ?? null,
      ]),
    );
    const reply = await send(server, { ...attempt, headers });
    expect(reply.status).toBe(status);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('does not stand in the way of our own, by any of our names', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const reply = await send(server, { headers: { host: `${name}:${server.port}`, 'sec-fetch-site': 'none' } });
      expect(reply.status).toBe(200);
    }
  });
});

describe('a path that is not of the screens', () => {
  const paths = [
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..\\..\\secret.js',
    '//etc/passwd',
    '/secret.js',
    '/assets',
    '/assets/main.js/',
    '/__proto__',
  ];
  it.each(paths)('%s is not there', async (path) => {
    expect((await send(server, { path })).status).toBe(404);
  });
});

describe('the page', () => {
  it('may do nothing but what it needs, and has a nonce of its own each time', async () => {
    const replies = [await send(server, {}), await send(server, {})];
    const nonces = replies.map(({ headers, body }) => {
      const policy = String(headers['content-security-policy']);
      const nonce = /'nonce-([\w-]{43})'/.exec(policy)?.[1] ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(body).toContain(`content="${nonce}"`);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(replies[0]?.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  });
});

describe('a link', () => {
  it('opens once', async () => {
    const body = JSON.stringify({ token: tokenOf(server.newLink()) });
    const first = await send(server, { method: 'POST', path: '/session', body });
    expect(first.status).toBe(200);
    expect(String(first.headers['set-cookie'])).toMatch(
      /^guestward-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect((await send(server, { method: 'POST', path: '/session', body })).status).toBe(401);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no token', '{}', 400],
    ['a token that is none', '{"token":5}', 400],
    ['a wrong one', '{"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}', 401],
    ['far too long', `{"token":"${'x'.repeat(5000)}"}`, 413],
  ])('does not open with %s', async (_what, body, status) => {
    expect((await send(server, { method: 'POST', path: '/session', body })).status).toBe(status);
  });

  it('ends the server after ten wrong ones', async () => {
    for (let tries = 0; tries < 10; tries += 1) {
      await send(server, { method: 'POST', path: '/session', body: '{"token":"wrong"}' }).catch(() => {});
    }
    expect(await server.ended).toBe('too-many-tries');
    await expect(send(server, {})).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a launch file', () => {
  it('leads to a link from a file, which a browser calls cross-site, and once', async () => {
    const { pathname: path } = new URL(server.newLaunchUrl());
    const headers = { 'sec-fetch-site': 'cross-site' };
    const reply = await send(server, { path, headers });
    const [, token = ''] = /url=\/#token=([\w-]{43})"/.exec(reply.body) ?? [];
    expect((await send(server, { method: 'POST', path: '/session', body: JSON.stringify({ token }) })).status).toBe(
      200,
    );
    expect((await send(server, { path, headers })).status).toBe(401);
  });

  it('does not lead to one by a rebound name', async () => {
    const { pathname: path } = new URL(server.newLaunchUrl());
    expect((await send(server, { path, headers: { host: 'evil.example' } })).status).toBe(421);
  });
});

describe('a WebSocket', () => {
  const bend: readonly (readonly [what: string, headers: Record<string, string | null>, status: number])[] = [
    ['without a cookie', { cookie: null }, 401],
    ['with a wrong cookie', { cookie: 'guestward-1=x' }, 401],
    ['without the token of the page', { 'sec-websocket-protocol': 'guestward.rpc.1' }, 401],
    ['with a wrong token of the page', { 'sec-websocket-protocol': 'guestward.rpc.1, guestward.page.x' }, 401],
    ['of another protocol', { 'sec-websocket-protocol': 'chat' }, 400],
    ['without Origin', { origin: null }, 403],
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['by a rebound name', { host: 'evil.example' }, 421],
    ['without Host', { host: null }, 400],
    ['that another site is said to open', { 'sec-fetch-site': 'cross-site' }, 403],
  ];
  it.each(bend)('%s is refused', async (_what, headers, status) => {
    const reply = await send(server, { path: '/rpc', headers: { ...(await ownUpgrade()), ...headers } });
    expect(reply.status).toBe(status);
    expect(app.listening).toBe(0);
  });

  it('stands elsewhere nowhere', async () => {
    expect((await send(server, { path: '/other', headers: await ownUpgrade() })).status).toBe(404);
  });

  it('is opened for our own page', async () => {
    const reply = await send(server, { path: '/rpc', headers: await ownUpgrade() });
    expect(reply.status).toBe(101);
    expect(reply.headers['sec-websocket-protocol']).toBe('guestward.rpc.1');
  });

  async function openSocket(): Promise<WebSocket> {
    const { 'sec-websocket-protocol': protocols = '', cookie = '' } = await ownUpgrade();
    const { origin = '' } = ownHeaders(server.port, 'POST');
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, protocols.split(', '), {
      headers: { cookie },
      origin,
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  }
  const closing = (socket: WebSocket) => new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));

  it.each([
    ['binary messages', (socket: WebSocket) => socket.send(Buffer.from('{}')), 1003],
    ['messages that are too long', (socket: WebSocket) => socket.send(' '.repeat(maxRequestBytes + 1)), 1009],
    [
      'more calls at once than it takes',
      (socket: WebSocket) => {
        for (let id = 0; id < 70; id += 1) {
          socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'machine.read', params: {} }));
        }
      },
      1008,
    ],
  ])('is closed for %s', async (_what, offend, code) => {
    app.always('machine.read', () => new Promise(() => {}));
    const socket = await openSocket();
    offend(socket);
    expect(await closing(socket)).toBe(code);
    await expect.poll(() => app.listening).toBe(0);
  });

  it('goes on after a message that cannot be read', async () => {
    const socket = await openSocket();
    const answers: unknown[] = [];
    socket.on('message', (data) => answers.push(JSON.parse(String(data))));
    socket.send('{');
    socket.send('{"jsonrpc":"2.0","id":2,"method":"app.erase","params":{}}');
    await expect
      .poll(() => answers)
      .toMatchObject([
        { id: null, error: { code: -32600 } },
        { id: 2, error: { code: -32601 } },
      ]);
    socket.terminate();
  });

  it('has no more pages than eight', async () => {
    const sockets: WebSocket[] = [];
    for (let at = 0; at < 8; at += 1) sockets.push(await openSocket());
    expect((await send(server, { path: '/rpc', headers: await ownUpgrade() })).status).toBe(503);
    for (const socket of sockets) socket.terminate();
  });
});

it('ends by itself when no page has been there for the time given', async () => {
  const idle = await startServer({ app, files, listen: { hosts: ['127.0.0.1'], port: 0 }, idleAfter: 1 });
  expect(await idle.ended).toBe('idle');
});
