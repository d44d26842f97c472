import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ifbOf } from '../../../main/helper/networks/alias.ts';
import { bandwidthLines } from '../../../main/helper/networks/set-bandwidth.ts';
import type { BandwidthSetup } from '../../../shared/plan/network-setup.ts';
import { ip, type PretendGuest, plugGuest } from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';

const bridge = 'gwa';
const host = '10.90.1.1';
/** Two thirds of it count: what a burst lets through at once comes first. */
const transferBytes = 3_000_000;
const countedFrom = transferBytes / 3;

let guest: PretendGuest;
let server: Server;

beforeEach(async () => {
  ip(
    `link add name ${bridge} type bridge stp_state 0 forward_delay 0`,
    `address add ${host}/24 dev ${bridge}`,
    `link set dev ${bridge} up`,
    `link add name ${ifbOf(bridge)} type ifb`,
    `link set dev ${ifbOf(bridge)} up`,
  );
  guest = plugGuest('tap1', '52:54:00:00:00:01', bridge);
  guest.namespace.run(() => ip('address add 10.90.1.11/24 dev eth0'));
  server = createServer();
  server.listen(0, host);
  await once(server, 'listening');
});

afterEach(() => {
  server.close();
  guest.close();
  ip(`link delete dev ${bridge}`, `link delete dev ${ifbOf(bridge)}`);
});

function shape(bandwidth: BandwidthSetup): void {
  const lines = bandwidthLines({ network: 'a', device: bridge, bandwidth }, new Set());
  runTool('/usr/sbin/tc', ['-batch', '-'], lines.map(({ text }) => `${text}\n`).join(''));
}

/** Has the guest connect to the host. */
async function connect(): Promise<{ readonly program: ChildProcess; readonly socket: Socket }> {
  const { port } = server.address() as AddressInfo;
  const connected = once(server, 'connection') as Promise<[Socket]>;
  const program = guest.namespace.run(() =>
    spawn('/usr/bin/busybox', ['nc', host, String(port)], { stdio: ['pipe', 'pipe', 'ignore'], shell: false }),
  );
  const [socket] = await connected;
  socket.on('error', () => undefined);
  return { program, socket };
}

/** Kilobytes a second at which the second part of the transfer arrives. */
function measure(stream: NodeJS.ReadableStream): Promise<number> {
  let received = 0;
  let begin: { readonly at: number; readonly bytes: number } | undefined;
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (begin === undefined && received >= countedFrom) begin = { at: performance.now(), bytes: received };
      if (begin !== undefined && received >= transferBytes) {
        resolve((received - begin.bytes) / (performance.now() - begin.at));
      }
    });
  });
}

async function rates(): Promise<{ readonly inbound: number; readonly outbound: number }> {
  const down = await connect();
  down.socket.write(Buffer.alloc(transferBytes));
  const inbound = await measure(down.program.stdout as NodeJS.ReadableStream);
  down.program.kill('SIGKILL');
  const up = await connect();
  up.program.stdin?.on('error', () => undefined);
  up.program.stdin?.write(Buffer.alloc(transferBytes));
  const outbound = await measure(up.socket);
  up.program.kill('SIGKILL');
  return { inbound, outbound };
}

describe('the bandwidth of a network', () => {
  it('holds within 25 %, each way for itself', async () => {
    shape({ inbound: { average: 600 }, outbound: { average: 900 } });
    const { inbound, outbound } = await rates();
    expect([inbound / 600, outbound / 900].filter((ratio) => ratio < 0.75 || ratio > 1.25)).toEqual([]);
  });

  it.each([
    ['inbound', { inbound: { average: 600 } }, 'outbound'],
    ['outbound', { outbound: { average: 600 } }, 'inbound'],
  ] as const)('where only %s is set leaves the other way free', async (set, bandwidth, free) => {
    shape(bandwidth);
    const measured = await rates();
    expect(measured[set]).toBeGreaterThan(450);
    expect(measured[set]).toBeLessThan(750);
    expect(measured[free]).toBeGreaterThan(5000);
  });
});
