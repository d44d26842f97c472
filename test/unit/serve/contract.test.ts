import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { readRendererFiles } from '../../../main/app/renderer-files.ts';
import { type RunningServer, startServer } from '../../../main/serve/start-server.ts';
import { createSocketClient, type Socket } from '../../../renderer/rpc/socket-client.ts';
import { type Client, events, methods } from '../../../shared/rpc/contract.ts';
import { eventNames, methodNames } from '../../../shared/rpc/names.ts';
import { createAppDouble } from '../../doubles/app-double.ts';
import { contractCases } from '../contract-cases.ts';
import { openByLink, send } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'guestward-contract-'));
writeFileSync(join(folder, 'index.html'), '');
const files = readRendererFiles(folder);
const app = createAppDouble();
const opened: WebSocket[] = [];
let server: RunningServer;
let client: Client;

beforeAll(async () => {
  if (files === undefined) throw new Error('the folder holds a page');
  server = await startServer({ app, files, listen: { hosts: ['127.0.0.1'], port: 0 }, idleAfter: 60_000 });
  client = await openClient();
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** The screens' own client, with a browser's cookie, which Node's WebSocket has to be given. */
async function openClient(): Promise<Client> {
  const { cookie, pageToken } = await openByLink(server);
  const made = createSocketClient({
    pageToken: async () => pageToken,
    stands: async (token) => {
      const headers = { cookie, 'x-guestward-page': token };
      return (await send(server, { method: 'POST', path: '/session/check', headers, body: '{}' })).status === 204;
    },
    open: (protocols) => {
      const origin = `http://127.0.0.1:${server.port}`;
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, [...protocols], {
        headers: { cookie },
        origin,
      });
      opened.push(socket);
      return socket as unknown as Socket;
    },
  });
  await new Promise<void>((resolve) => made.onConnection((connected) => connected && resolve()));
  return made;
}

describe('the contract over a WebSocket', () => {
  contractCases(
    () => client,
    () => app,
  );

  it('knows every method and every event by name', () => {
    expect([methodNames, eventNames]).toEqual(
      [Object.keys(methods), Object.keys(events)].map((each) => expect.arrayContaining(each)),
    );
  });

  it('fails calls in flight when the way breaks, says so, and comes back', async () => {
    const seen: boolean[] = [];
    client.onConnection((connected) => seen.push(connected));
    app.next('app.unlock', () => new Promise(() => {}));
    const calls = app.calls.length;
    const call = client.call('app.unlock', {});
    await expect.poll(() => app.calls.length).toBe(calls + 1);
    opened.at(-1)?.terminate();
    expect(await call).toMatchObject({ ok: false, failure: { kind: 'connection-lost' } });
    await expect.poll(() => seen).toEqual([false, true]);
    expect(await client.call('app.describe', {})).toMatchObject({ ok: true });
  });

  it('is refused to a page that no link has opened, and does not try again', async () => {
    const tries: string[] = [];
    const foreign = createSocketClient({
      pageToken: async () => undefined,
      stands: async () => true,
      open: () => {
        tries.push('open');
        throw new Error('it is not to be opened');
      },
    });
    expect(await foreign.call('app.describe', {})).toMatchObject({ ok: false, failure: { kind: 'not-allowed' } });
    expect(tries).toEqual([]);
  });
});
