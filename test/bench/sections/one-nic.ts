import { spawnSync } from 'node:child_process';
import { createNetworkNamespace } from '../../kernel/rig/network-namespace.ts';
import { openTap } from '../../kernel/rig/tap.ts';
import { addressOf, bind, guestNumber, macOf, unbind } from '../guests.ts';
import { isLibvirtInstalled, startLibvirtPeer } from '../libvirt-peer.ts';
import { median } from '../median.ts';
import type { Product } from '../product.ts';
import type { Row } from '../row.ts';
import type { Section } from '../section.ts';
import { openSession, pause } from '../session.ts';

const guest = guestNumber(1);
const helperBound = { kind: 'at-most', value: 20 } as const;
const runsInOneSession = 10;
const freshSessions = 5;
const cliRuns = 5;
const libvirtRuns = 3;

export const oneNic: Section = {
  name: 'one-nic',
  title: 'One NIC on clean-traffic',
  async run(product) {
    const inOne = await applyInOneSession(product);
    const fresh = await applyInFreshSessions(product);
    const call = callCommand(product);
    const libvirt = await measureLibvirt();
    const beside =
      libvirt === undefined
        ? { note: 'nothing beside it: libvirt is not installed here' }
        : { beside: { name: 'libvirt', value: libvirt } };
    return [
      row(`helper's apply, ${runsInOneSession} times in one session`, inOne.helperMs, helperBound),
      row(`helper's apply, the first of ${freshSessions} fresh sessions`, fresh.helperMs, helperBound),
      row('the engine with it, in one session', inOne.wholeMs),
      {
        ...row(`guestward attach, a process of its own, ${cliRuns} times`, call, { kind: 'at-most', value: 300 }),
        ...beside,
      },
    ];
  },
};

const row = (what: string, value: number, bound?: Row['bound']): Row => ({
  what,
  unit: 'ms',
  value,
  ...(bound && { bound }),
});

interface Times {
  readonly helperMs: number;
  readonly wholeMs: number;
}

const medians = (times: readonly Times[]): Times => ({
  helperMs: median(times.map(({ helperMs }) => helperMs)),
  wholeMs: median(times.map(({ wholeMs }) => wholeMs)),
});

async function applyInOneSession(product: Product): Promise<Times> {
  const session = await openSession(product);
  const times: Times[] = [];
  for (let run = 0; run < runsInOneSession; run += 1) {
    await pause();
    times.push(await session.apply([bind(guest)]));
    await pause();
    await session.apply([unbind(guest)]);
  }
  await session.close();
  return medians(times);
}

async function applyInFreshSessions(product: Product): Promise<Times> {
  const times: Times[] = [];
  for (let run = 0; run < freshSessions; run += 1) {
    const session = await openSession(product);
    times.push(await session.apply([bind(guest)]));
    await session.close();
  }
  return medians(times);
}

/** Attaches as a user does, and detaches again, in this process's own namespaces. */
function callCommand({ cli, makeFolder }: Product): number {
  const folder = makeFolder();
  const env = { ...process.env, GUESTWARD_STATE_DIR: `${folder}/state`, GUESTWARD_RUN_DIR: `${folder}/run` };
  const { device } = guest;
  const call = (...args: readonly string[]): number => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8', shell: false });
    const elapsed = performance.now() - start;
    if (status !== 0) throw new Error(`guestward ${args.join(' ')} ended with ${status}: ${stderr}`);
    return elapsed;
  };
  const tap = openTap(device);
  const times = Array.from({ length: cliRuns }, () => {
    const elapsed = call(
      ...['attach', device, '--filter', 'clean-traffic', '--mac', macOf(guest), '--param', `IP=${addressOf(guest)}`],
    );
    call('detach', device);
    return elapsed;
  });
  tap.close();
  return median(times);
}

async function measureLibvirt(): Promise<number | undefined> {
  if (!isLibvirtInstalled()) return undefined;
  const namespace = createNetworkNamespace();
  const tap = namespace.run(() => openTap(guest.device));
  const peer = await startLibvirtPeer(namespace);
  if (peer === undefined) return undefined;
  const times: number[] = [];
  for (let run = 0; run < libvirtRuns; run += 1) {
    const start = performance.now();
    const bound = peer.bind(guest.device, macOf(guest), 'clean-traffic', { IP: [addressOf(guest)] });
    times.push(performance.now() - start);
    if (bound.status !== 0) throw new Error(`libvirt does not bind: ${bound.stderr}`);
    peer.unbind(guest.device);
  }
  await peer.stop();
  tap.close();
  namespace.close();
  return median(times);
}
