import { readlinkSync, writeFileSync } from 'node:fs';
import { type Guest, startGuest } from '../guest/guest.ts';
import { usePlainNetwork } from '../guest/plain-network.ts';
import { createStation, type Station } from '../guest/station.ts';
import { runTool, tools } from '../run-tool.ts';
import { addresses, type GuestAddresses } from './addresses.ts';
import { startDhcpServer } from './dhcp-server.ts';
import { makePrivateMounts, mountOwnProc } from './private-mounts.ts';

/** The lab as it stands: this process is the host, and its guests are processes in network namespaces of their own. */
export interface Room {
  readonly gateway: Station;
  readonly g1: Guest;
  readonly g2: Guest;
  readonly lan: Guest;
  /** The number of this process as the host outside sees it. */
  readonly hostPid: number;
}

const { bridge, gateway, g1, g2, lan, prefixLength } = addresses;

/** Builds the room in the namespaces of this process. Nothing is ever taken down: it ends with the process. */
export async function buildRoom(): Promise<Room> {
  await makePrivateMounts();
  const hostPid = Number(readlinkSync('/proc/self'));
  const [first, second, outside] = await Promise.all([startGuest('g1'), startGuest('g2'), startGuest('lan')]);
  await mountOwnProc();

  usePlainNetwork();

  await ip(
    'link set lo up',
    `link add ${bridge} address ${gateway.mac} type bridge stp_state 0 forward_delay 0 mcast_snooping 0`,
    ...portCommands(g1, first),
    ...portCommands(g2, second),
    `link add ${lan.uplink} type veth peer name eth0 netns ${outside.pid}`,
  );
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  await ip(
    `address add ${gateway.ip}/${prefixLength} dev ${bridge}`,
    ...[g1.port, g2.port, bridge, lan.uplink].map((device) => `link set ${device} up`),
    `address add ${lan.gateway}/24 dev ${lan.uplink}`,
  );
  await hideBehindUplink();
  await Promise.all([
    first.ip(...guestCommands(g1)),
    second.ip(...guestCommands(g2)),
    outside.ip('link set lo up', 'link set eth0 up', `address add ${lan.ip}/24 dev eth0`),
  ]);
  await startDhcpServer();
  return { gateway: await createStation(), g1: first, g2: second, lan: outside, hostPid };
}

function portCommands({ port, mac }: GuestAddresses, { pid }: Guest): readonly string[] {
  return [`link add ${port} type veth peer name eth0 address ${mac} netns ${pid}`, `link set ${port} master ${bridge}`];
}

function guestCommands(guest: GuestAddresses): readonly string[] {
  return [
    'link set lo up',
    'link set eth0 up',
    `address add ${guest.ip}/${prefixLength} dev eth0`,
    `route add default via ${gateway.ip}`,
  ];
}

/** The LAN knows no way back to the guests, as a real one would not. */
async function hideBehindUplink(): Promise<void> {
  const chain = `type nat hook postrouting priority srcnat; oifname "${lan.uplink}" masquerade;`;
  await runTool(tools.nft, ['-f', '-'], {
    doing: 'Setting up the NAT uplink',
    input: `table ip lab_uplink { chain c_masquerade { ${chain} }; }\n`,
  });
}

async function ip(...commands: readonly string[]): Promise<void> {
  await runTool(tools.ip, ['-batch', '-'], { doing: 'Setting up the bridge', input: `${commands.join('\n')}\n` });
}
