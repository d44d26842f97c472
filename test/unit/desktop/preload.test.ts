import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../renderer/rpc/window-client.ts';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  invoked: [] as unknown[][],
  listening: new Map<string, (event: unknown, payload: unknown) => void>(),
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => electron.exposed.set(name, value) },
  ipcRenderer: {
    invoke: async (...args: unknown[]) => electron.invoked.push(args),
    on: (channel: string, tell: (event: unknown, payload: unknown) => void) => electron.listening.set(channel, tell),
    off: (channel: string) => electron.listening.delete(channel),
  },
}));

let bridge: Bridge;
beforeAll(async () => {
  // Another file of this worker may have loaded it with a stub of its own.
  vi.resetModules();
  await import('../../../main/desktop/preload.ts');
  bridge = electron.exposed.get('guestward') as Bridge;
});

describe('the preload (stub of Electron)', () => {
  it('is less than twenty lines', () => {
    const text = readFileSync(new URL('../../../main/desktop/preload.ts', import.meta.url), 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThan(20);
  });

  it('puts two functions into the page and nothing of Electron', () => {
    expect([...electron.exposed.keys()]).toEqual(['guestward']);
    expect(Object.keys(bridge)).toEqual(['call', 'on']);
  });

  it('passes on calls of the contract, and no others', async () => {
    await bridge.call('machine.read', {});
    expect(electron.invoked).toEqual([['guestward:call', 'machine.read', {}]]);
    await expect(bridge.call('constructor' as never, {})).rejects.toThrow('no such method');
    expect(electron.invoked).toHaveLength(1);
  });

  it('gives events of the contract without the event of Electron, until one has enough', () => {
    const told: unknown[] = [];
    const stop = bridge.on('machine.traffic', (payload) => told.push(payload));
    electron.listening.get('guestward:event:machine.traffic')?.({ sender: 'secret' }, { at: 1 });
    expect(told).toEqual([{ at: 1 }]);
    stop();
    expect(electron.listening.size).toBe(0);
    expect(() => bridge.on('anything' as never, () => {})).toThrow('no such event');
  });
});
