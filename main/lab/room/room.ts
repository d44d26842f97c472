import { readlinkSync } from 'node:fs';
import type { Engine } from '../../engine/engine.ts';
import { LabError } from '../failure.ts';
import { type Guest, startGuest } from '../guest/guest.ts';
import { usePlainNetwork } from '../guest/plain-network.ts';
import { createStation, type Station } from '../guest/station.ts';
import { runTool, tools } from '../run-tool.ts';
import { demand } from '../trial/demand.ts';
import { addresses, type GuestAddresses } from './addresses.ts';
import { labNetwork } from './lab-network.ts';

/** The lab as it stands: this process is the host, and its guests are processes in network namespaces of their own. */
export interface Room {
  readonly gateway: Station;
  readonly g1: Guest;
  readonly g2: Guest;
  readonly lan: Guest;
  /** The number of this process as the host outside sees it. */
  readonly hostPid: number;
}

const { bridge, g1, g2, lan, prefixLength } = addresses;

/** Milliseconds. */
const patienceForLease = 10_000;

/** The machines of the room while nothing connects them yet; the first process number is this one's as the host sees it. */
export type Machines = Omit<Room, 'gateway'>;

/** Starts the guests and the LAN. To be done before this process has mounts of its own: they tell their numbers by the host's /proc. */
export async function startMachines(): Promise<Machines> {
  const hostPid = Number(readlinkSync('/proc/self'));
  const [g1, g2, lan] = await Promise.all([startGuest('g1'), startGuest('g2'), startGuest('lan')]);
  return { hostPid, g1, g2, lan };
}

/** Builds the room in the namespaces of this process, on a network of Guestward's. Nothing is ever taken down: it ends with the process. */
export async function buildRoom(machines: Machines, engine: Engine): Promise<Room> {
  usePlainNetwork();
  await ip(
    'link set lo up',
    `link add name ${lan.uplink} type veth peer name eth0 netns ${machines.lan.pid}`,
    `link set dev ${lan.uplink} up`,
    `address add ${lan.gateway}/24 dev ${lan.uplink}`,
  );
  const change = { change: 'create-network', text: labNetwork, file: 'lab.xml' } as const;
  await demand('Starting the network lab', engine.apply([change], { dryRun: false }));
  await ip(...portCommands(g1, machines.g1), ...portCommands(g2, machines.g2));
  await Promise.all([
    connect(machines.g1, g1),
    connect(machines.g2, g2),
    machines.lan.ip('link set lo up', 'link set eth0 up', `address add ${lan.ip}/24 dev eth0`),
  ]);
  return { gateway: await createStation(), ...machines };
}

/** Brings a guest up as a machine does that starts: its address and its gateway come by DHCP. */
async function connect(guest: Guest, { mac, ip: expected }: GuestAddresses): Promise<void> {
  // Without a route a socket cannot even broadcast.
  await guest.ip('link set lo up', 'link set eth0 up', 'route add 255.255.255.255/32 dev eth0');
  const lease = await guest.leaseAddress(mac, patienceForLease);
  if (lease?.address !== expected) {
    const detail = lease ? `it was given ${lease.address}` : 'no server answered';
    throw new LabError({ kind: 'guest-lost', guest: guest.name, detail: `no lease of ${expected}: ${detail}` });
  }
  await guest.ip(`address add ${lease.address}/${prefixLength} dev eth0`, `route add default via ${lease.gateway}`);
}

function portCommands({ port, mac }: GuestAddresses, { pid }: Guest): readonly string[] {
  return [
    `link add name ${port} type veth peer name eth0 address ${mac} netns ${pid}`,
    `link set dev ${port} master ${bridge} up`,
  ];
}

async function ip(...commands: readonly string[]): Promise<void> {
  await runTool(tools.ip, ['-batch', '-'], { doing: 'Setting up the bridge', input: `${commands.join('\n')}\n` });
}
