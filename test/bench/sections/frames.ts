import { addressOf, bind, macOf, unbind } from '../guests.ts';
import { startLibvirtPeer } from '../libvirt-peer.ts';
import { createPortWorld, type PortWorld } from '../port-world.ts';
import type { Product } from '../product.ts';
import type { Bound, Row } from '../row.ts';
import type { Section } from '../section.ts';
import { openSession } from '../session.ts';
import { medianPaths, type Path, type PathTimes, paths, teachBridge, timePaths } from '../time-paths.ts';

const rounds = 7;
const judgedPorts = 300;
const bounds: Readonly<Record<Path, Bound>> = {
  broadcast: { kind: 'times-beside', factor: 1.45 },
  'to-last': { kind: 'beside-plus', extra: 1.5 },
  'from-last': { kind: 'beside-plus', extra: 1.5 },
};

export const frames: Section = {
  name: 'frames',
  title: "One write to the sender's TAP, its frame carried to the receivers' queues",
  async run(product, { peer50 }) {
    return [...(await measurePorts(product, 50, peer50)), ...(await measurePorts(product, judgedPorts, false))];
  },
};

async function measurePorts(product: Product, ports: number, withLibvirt: boolean): Promise<readonly Row[]> {
  const world = createPortWorld(ports);
  teachBridge(world);
  const { open, filtered } = await alternate(product, world);
  const libvirt = withLibvirt ? await measureLibvirt(world) : undefined;
  world.close();
  return paths.flatMap((path) => [
    {
      what: `${names[path]}, ${ports} ports`,
      unit: 'us',
      value: filtered[path],
      beside: { name: 'open', value: open[path] },
      ...(ports === judgedPorts && { bound: bounds[path] }),
      ...(withLibvirt && libvirt === undefined && { note: 'no libvirt beside it: it is not installed here' }),
    } satisfies Row,
    ...(libvirt === undefined
      ? []
      : [
          {
            what: `${names[path]}, ${ports} ports`,
            unit: 'us',
            value: filtered[path],
            beside: { name: 'libvirt', value: libvirt[path] },
          } satisfies Row,
        ]),
  ]);
}

const names: Readonly<Record<Path, string>> = {
  broadcast: 'ARP broadcast to all',
  'to-last': 'unicast to the last guest',
  'from-last': 'unicast from the last guest',
};

/** Open and filtered rounds in turn, so that a machine that grows slower or faster does so for both. */
async function alternate(
  product: Product,
  world: PortWorld,
): Promise<{ readonly open: PathTimes; readonly filtered: PathTimes }> {
  const session = await openSession(product, world.namespace);
  timePaths(world);
  const open: PathTimes[] = [];
  const filtered: PathTimes[] = [];
  for (let round = 0; round < rounds; round += 1) {
    open.push(timePaths(world));
    await session.apply(world.guests.map((guest) => bind(guest)));
    filtered.push(timePaths(world));
    await session.apply(world.guests.map(unbind));
  }
  await session.close();
  return { open: medianPaths(open), filtered: medianPaths(filtered) };
}

async function measureLibvirt(world: PortWorld): Promise<PathTimes | undefined> {
  const peer = await startLibvirtPeer(world.namespace);
  if (peer === undefined) return undefined;
  for (const guest of world.guests) {
    const { status, stderr } = peer.bind(guest.device, macOf(guest), 'clean-traffic', { IP: [addressOf(guest)] });
    if (status !== 0) throw new Error(`libvirt does not bind ${guest.device}: ${stderr}`);
  }
  const times = medianPaths(Array.from({ length: rounds }, () => timePaths(world)));
  await peer.stop();
  return times;
}
