import { spawnSync } from 'node:child_process';
import { isLibvirtInstalled, startLibvirtPeer } from '../libvirt-peer.ts';
import { median } from '../median.ts';
import { type Machine, startMachine } from '../network/machine.ts';
import { makeMinimalNat } from '../network/minimal-nat.ts';
import { lanAddress, makeWorld, type World } from '../network/world.ts';
import type { Product } from '../product.ts';
import type { Row } from '../row.ts';
import type { Section } from '../section.ts';
import { openSession } from '../session.ts';

const networks = 50;
const startRuns = 5;
/** Two streams of the same kind differ by a tenth here; the middle of so many pairs does by less than a hundredth. */
const streamRuns = 100;
const streamMilliseconds = 250;
const mac = '52:54:00:bb:00:01';

export const networksSection: Section = {
  name: 'networks',
  title: 'Networks for guests',
  async run(product) {
    const libvirt = await firstAnswers(startRuns, startLibvirtNetwork);
    const ours = await firstAnswers(startRuns, (world) => startOwnNetwork(product, world));
    const streams = await compareStreams(product);
    return [
      {
        what: `net-new --nat to a guest's first answer from the LAN, DHCP and all, ${startRuns} times`,
        unit: 'ms',
        value: ours ?? 0,
        bound: { kind: 'at-most', value: 1500 },
        ...(libvirt === undefined
          ? { note: 'nothing beside it: libvirt is not installed here' }
          : { beside: { name: 'libvirt', value: libvirt } }),
      },
      {
        what: `${networks} nat networks started, one after the other in one session`,
        unit: 'ms',
        value: await startMany(product),
        bound: { kind: 'at-most', value: 10_000 },
      },
      {
        what: `TCP stream through a nat network, time for a megabyte, ${streamRuns} pairs in turn`,
        unit: 'us',
        value: streams.ours,
        beside: { name: 'minimal rules', value: streams.minimal },
        // 0.97 of the rate.
        bound: { kind: 'times-beside', factor: 1.031 },
      },
    ] satisfies readonly Row[];
  },
};

interface Started {
  readonly bridge: string;
  stop(): Promise<void>;
}

/** From before the command until a guest that waits for its network has an answer from the LAN; undefined where there is no such peer. */
async function firstAnswers(
  runs: number,
  start: (world: World) => Promise<{ ready(): Promise<Started> } | undefined>,
): Promise<number | undefined> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const world = await makeWorld();
    const guest = startMachine();
    await guest.serve();
    guest.plugIn(world.namespace, 'vnet0', mac);
    const prepared = await start(world);
    if (prepared !== undefined) {
      const begun = performance.now();
      const { bridge, stop } = await prepared.ready();
      await join(world, guest, bridge);
      await guest.firstAnswer(lanAddress);
      times.push(performance.now() - begun);
      await stop();
    }
    guest.close();
    world.close();
    if (prepared === undefined) return undefined;
  }
  return median(times);
}

async function join(world: World, guest: Machine, bridge: string): Promise<void> {
  world.ip('link', 'set', 'dev', 'vnet0', 'master', bridge, 'up');
  guest.ip('route', 'add', '255.255.255.255/32', 'dev', 'eth0');
  const lease = await guest.lease(mac);
  if (lease === undefined) throw new Error('no DHCP server answered');
  guest.ip('address', 'add', `${lease.address}/24`, 'dev', 'eth0');
  guest.ip('route', 'add', 'default', 'via', lease.gateway);
}

async function startOwnNetwork({ cli, makeFolder }: Product, world: World): Promise<{ ready(): Promise<Started> }> {
  const folder = makeFolder();
  const env = { ...process.env, GUESTWARD_STATE_DIR: `${folder}/state`, GUESTWARD_RUN_DIR: `${folder}/run` };
  const call = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = world.namespace.run(() =>
      spawnSync(process.execPath, [cli, ...args], { env, encoding: 'utf8', shell: false }),
    );
    if (status !== 0) throw new Error(`guestward ${args.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  };
  return {
    async ready() {
      call('net-new', 'bench', '--nat');
      const bridge = /<bridge name='([^']+)'/.exec(call('net-dumpxml', 'bench'))?.[1];
      if (bridge === undefined) throw new Error('the network has no bridge');
      return {
        bridge,
        async stop() {
          call('net-destroy', 'bench');
        },
      };
    },
  };
}

const libvirtXml = `<network><name>bench</name><forward mode='nat'/><bridge name='virbr7' stp='off' delay='0'/>
<ip address='10.199.2.1' netmask='255.255.255.0'><dhcp><range start='10.199.2.100' end='10.199.2.200'/></dhcp></ip></network>`;

async function startLibvirtNetwork(world: World): Promise<{ ready(): Promise<Started> } | undefined> {
  if (!isLibvirtInstalled('network')) return undefined;
  const peer = await startLibvirtPeer(world.namespace, 'network');
  if (peer === undefined) return undefined;
  return {
    async ready() {
      const { status, stderr } = peer.virshWith('net-create', libvirtXml);
      if (status !== 0) throw new Error(`libvirt does not start the network: ${stderr}`);
      return {
        bridge: 'virbr7',
        async stop() {
          peer.virsh('net-destroy', 'bench');
          await peer.stop();
        },
      };
    },
  };
}

async function startMany(product: Product): Promise<number> {
  const session = await openSession(product);
  const name = (number: number): string => `bench${number}`;
  const start = performance.now();
  for (let number = 1; number <= networks; number += 1) {
    await session.apply([{ change: 'create-network', text: networkXml(name(number), number), file: 'bench.xml' }]);
  }
  const elapsed = performance.now() - start;
  for (let number = 1; number <= networks; number += 1) {
    await session.apply([{ change: 'destroy-network', network: name(number) }]);
  }
  await session.close();
  return elapsed;
}

function networkXml(name: string, number: number): string {
  const subnet = `10.198.${number}`;
  return `<network><name>${name}</name><forward mode='nat'/><bridge name='bench${number}'/>
<ip address='${subnet}.1' netmask='255.255.255.0'><dhcp><range start='${subnet}.100' end='${subnet}.200'/></dhcp></ip></network>`;
}

/**
 * Microseconds for a megabyte, through a network of ours and through a bridge with one hand-written rule, in turn, either one first as often as the
 * other. What is compared is the two of a pair, for the machine is not equally fast all the time.
 */
async function compareStreams(product: Product): Promise<{ readonly ours: number; readonly minimal: number }> {
  const [own, bare] = [await makeWorld(), await makeWorld()];
  const [ownGuest, bareGuest] = [startMachine(), startMachine()];
  ownGuest.plugIn(own.namespace, 'vnet0', mac);
  const { bridge, stop } = await (await startOwnNetwork(product, own)).ready();
  await join(own, ownGuest, bridge);

  bareGuest.plugIn(bare.namespace, 'vnet0', mac);
  const minimal = makeMinimalNat(bare);
  bare.ip('link', 'set', 'dev', 'vnet0', 'master', minimal.bridge, 'up');
  bareGuest.ip('address', 'add', '10.199.1.2/24', 'dev', 'eth0');
  bareGuest.ip('route', 'add', 'default', 'via', minimal.gateway);

  const perMegabyte = async (guest: Machine): Promise<number> =>
    (streamMilliseconds * 1e9) / (await guest.stream(lanAddress, streamMilliseconds));
  const ratios: number[] = [];
  const minimalTimes: number[] = [];
  for (let run = 0; run < streamRuns; run += 1) {
    const before = run % 2 === 0 ? await perMegabyte(ownGuest) : undefined;
    const bareTime = await perMegabyte(bareGuest);
    const ownTime = before ?? (await perMegabyte(ownGuest));
    minimalTimes.push(bareTime);
    ratios.push(ownTime / bareTime);
  }
  await stop();
  for (const closing of [ownGuest, bareGuest, own, bare]) closing.close();
  return { ours: median(ratios) * median(minimalTimes), minimal: median(minimalTimes) };
}
