import { beforeAll, beforeEach, describe, vi } from 'vitest';
import { servePage } from '../../../main/desktop/serve-page.ts';
import { type Bridge, createWindowClient } from '../../../renderer/rpc/window-client.ts';
import type { Client } from '../../../shared/rpc/contract.ts';
import { type AppDouble, createAppDouble } from '../../doubles/app-double.ts';
import { contractCases } from '../contract-cases.ts';

type Listener = (event: unknown, payload: unknown) => void;

/** Electron's two sides, led to each other. What crosses is copied, as it is between processes. */
const electron = vi.hoisted(() => {
  const mainFrame = { url: 'app://guestward/' };
  const listeners = new Map<string, Set<Listener>>();
  const contents = {
    mainFrame,
    isDestroyed: () => false,
    send(channel: string, payload: unknown) {
      for (const listener of listeners.get(channel) ?? []) listener({}, structuredClone(payload));
    },
  };
  const handlers = new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>();
  const exposed = new Map<string, unknown>();
  return { mainFrame, listeners, contents, handlers, exposed };
});

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value) },
  ipcRenderer: {
    async invoke(channel: string, ...args: unknown[]) {
      const event = { sender: electron.contents, senderFrame: electron.mainFrame };
      const handler = electron.handlers.get(channel);
      if (handler === undefined) throw new Error(`nobody handles ${channel}`);
      return structuredClone(await handler(event, ...args.map((each) => structuredClone(each))));
    },
    on(channel: string, listener: Listener) {
      electron.listeners.set(channel, (electron.listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: Listener) => electron.listeners.get(channel)?.delete(listener),
  },
}));

let app: AppDouble;
let client: Client;

beforeAll(async () => {
  // Another file of this worker may have loaded it with a stub of its own.
  vi.resetModules();
  await import('../../../main/desktop/preload.ts');
  client = createWindowClient(electron.exposed.get('guestward') as Bridge);
});

beforeEach(() => {
  app = createAppDouble();
  const ipc = {
    handle: (channel: string, handler: never) => void electron.handlers.set(channel, handler),
    removeHandler: (channel: string) => void electron.handlers.delete(channel),
  };
  servePage(ipc as never, electron.contents as never, app, () => {});
});

describe('the contract over the window (stub of Electron)', () => {
  contractCases(
    () => client,
    () => app,
  );
});
