import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { findTool } from '../tools.ts';
import { type Act, createGuestTable, type GuestTable } from './guest-table.ts';
import { parseNeighbour, type Report } from './parse-neighbour.ts';
import { admitGuest, answerFor, dismissGuest, familyOf, routedGuests, runIp } from './proxy-objects.ts';
import { readSeen } from './seen-table.ts';

interface LanNetwork {
  readonly ipv6: boolean;
  readonly bridge: string;
  readonly uplink: string;
  readonly guests: GuestTable;
}

const tickMilliseconds = 250;
const restartMilliseconds = 1000;
const seenMilliseconds = 1000;
const maxLineLength = 1024;
/** Reports that wait for ip(8); a guest that claims addresses faster than that is not heard. */
const maxWaiting = 4096;

/**
 * Lets guests of lan networks appear on the LAN as they are seen, and takes them away when they are gone, until `signal` aborts. What was let in
 * stays then: a later call takes it over, `reconcileProxies` takes it away.
 */
export async function followNeighbours(wanted: ReadonlyMap<string, NetworkSetup>, signal: AbortSignal): Promise<void> {
  const networks = [...wanted.values()].flatMap(lanNetworkOf);
  if (networks.length === 0) return;
  const program = findTool('ip');
  if (!program.ok) throw new Error(`ip is not to be had: ${program.failure.kind}`);
  for (const network of networks) await takeOver(network);

  // One act after the other: an address that is dismissed and admitted again must end up admitted.
  const waiting: Report[] = [];
  const monitor = followReports(program.value, signal, (report) => {
    if (waiting.length < maxWaiting && isOf(networks, report)) waiting.push(report);
  });
  let nextSeen = 0;
  while (!signal.aborted) {
    for (const report of waiting.splice(0)) for (const network of networks) await hear(network, report);
    if (networks.some(({ ipv6 }) => ipv6) && performance.now() >= nextSeen) {
      nextSeen = performance.now() + seenMilliseconds;
      for (const report of await readSeen()) for (const network of networks) await hear(network, report);
    }
    for (const network of networks) await carryOut(network, network.guests.tick(performance.now()));
    await sleep(tickMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  await monitor;
}

function lanNetworkOf({ link, proxy }: NetworkSetup): LanNetwork[] {
  if (link === undefined || proxy === undefined) return [];
  return [{ ipv6: proxy.ipv6, bridge: link.bridge, uplink: proxy.uplink, guests: createGuestTable(proxy) }];
}

/** Guests that stand from an earlier call, and neighbours that were seen before anybody listened. */
async function takeOver(network: LanNetwork): Promise<void> {
  const { bridge, uplink, guests } = network;
  for (const address of await routedGuests(bridge)) {
    guests.adopt(address, undefined);
    await answerFor(address, uplink);
  }
  const known = await runIp('-o', 'neigh', 'show', 'dev', bridge);
  for (const line of known.ok ? known.value.split('\n') : []) {
    // Of one device ip does not print which.
    const report = parseNeighbour(line.replace(/^(\S+) /, `$1 dev ${bridge} `));
    if (report?.about === 'neighbour') await hear(network, report);
  }
}

function isOf(networks: readonly LanNetwork[], { about, device }: Report): boolean {
  return networks.some(({ bridge, uplink }) => device === uplink || (about === 'neighbour' && device === bridge));
}

async function hear(network: LanNetwork, report: Report): Promise<void> {
  const { bridge, uplink, guests } = network;
  if (report.about === 'device') {
    // The kernel forgets whom it answers for whenever a device loses its carrier, as Wi-Fi does on its way to another access point.
    if (report.device === uplink) for (const address of guests.standing()) await answerFor(address, uplink);
  } else if (report.device === bridge) {
    await carryOut(network, guests.onBridge(report, performance.now()));
  } else if (report.device === uplink) {
    await carryOut(network, guests.onUplink(report, performance.now()));
  }
}

async function carryOut({ bridge, uplink }: LanNetwork, acts: readonly Act[]): Promise<void> {
  for (const act of acts) {
    switch (act.act) {
      case 'ask':
        // What the kernel remembers may be old; an entry that is used anew is asked for.
        await runIp(familyOf(act.address), 'neigh', 'delete', act.address, 'dev', uplink);
        await runIp(familyOf(act.address), 'neigh', 'replace', act.address, 'dev', uplink, 'use');
        break;
      case 'admit':
        await admitGuest(act.address, bridge, uplink);
        break;
      case 'dismiss':
        await dismissGuest(act.address, bridge, uplink);
        break;
      case 'probe':
        await probe(act, bridge);
        break;
    }
  }
}

async function probe({ address, mac }: { readonly address: string; readonly mac: string }, bridge: string) {
  await runIp(familyOf(address), 'neigh', 'replace', address, 'lladdr', mac, 'dev', bridge, 'nud', 'probe');
}

/** Reports of the kernel as they come; `ip monitor` is started again when it ends. */
async function followReports(program: string, signal: AbortSignal, heard: (report: Report) => void): Promise<void> {
  while (!signal.aborted) {
    await monitorOnce(program, signal, heard);
    await sleep(restartMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

function monitorOnce(program: string, signal: AbortSignal, heard: (report: Report) => void): Promise<void> {
  const child = spawn(program, ['-o', 'monitor', 'link', 'neigh'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { LC_ALL: 'C' },
    cwd: '/',
    shell: false,
  });
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  process.once('exit', stop);
  let rest = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, maxLineLength);
    for (const line of lines) {
      const report = line.length > maxLineLength ? undefined : parseNeighbour(line);
      if (report !== undefined) heard(report);
    }
  });
  return new Promise((ended) => {
    const end = () => {
      signal.removeEventListener('abort', stop);
      process.removeListener('exit', stop);
      ended();
    };
    child.once('error', end);
    child.once('close', end);
    if (signal.aborted) stop();
  });
}
