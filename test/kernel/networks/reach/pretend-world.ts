import type { ResolvedNetwork } from '../../../../main/networks/resolved-network.ts';
import { compileNetworks } from '../../../../main/networks/rules/compile-networks.ts';
import { checkPlan } from '../../../../shared/plan/check-plan.ts';
import { type Plan, planSchema } from '../../../../shared/plan/plan.ts';
import { emptyRuleset } from '../../../../shared/plan/ruleset.ts';
import { shapeOf } from '../../../../shared/plan/shape.ts';
import { wholePlan } from '../../../../shared/plan/whole-plan.ts';
import { writeNft } from '../../../../shared/plan/write-nft.ts';
import { createNetworkNamespace, type NetworkNamespace } from '../../rig/network-namespace.ts';
import { runTool } from '../../rig/run-tool.ts';
import { type Station, startStation } from './station.ts';

/** Who is where, for both families. */
export const places = {
  a1: { ipv4: '10.90.1.11', ipv6: 'fd00:90:1::11' },
  a2: { ipv4: '10.90.1.12', ipv6: 'fd00:90:1::12' },
  b1: { ipv4: '10.90.2.11', ipv6: 'fd00:90:2::11' },
  bridgeA: { ipv4: '10.90.1.1', ipv6: 'fd00:90:1::1' },
  bridgeB: { ipv4: '10.90.2.1', ipv6: 'fd00:90:2::1' },
  host: { ipv4: '192.168.77.10', ipv6: 'fd00:77::10' },
  lan: { ipv4: '192.168.77.1', ipv6: 'fd00:77::1' },
  internet: { ipv4: '198.51.100.1', ipv6: '2001:db8::1' },
} as const;
export type Place = keyof typeof places;
export type Machine = 'a1' | 'a2' | 'b1' | 'host' | 'lan';

/** A host with the bridges gwa and gwb, guests a1, a2 and b1 on them, and a LAN behind up0 whose router also is the Internet. */
export interface PretendWorld {
  readonly stations: Readonly<Record<Machine, Station>>;
  readonly host: NetworkNamespace;
  /** Runs ip(8) with these words in the machine. */
  ip(machine: Machine, words: string): void;
  /** Whether bridged packets are shown to the rules for routed ones, as they are where a filter or Docker needs it. */
  showBridged(shown: boolean): void;
  /** Puts the rules of these networks in force, and no others. */
  load(...networks: readonly ResolvedNetwork[]): void;
  close(): void;
}

const machines = ['host', 'lan', 'a1', 'a2', 'b1'] as const;

/** A device that was just switched on carries IPv6 only when the kernel's link watch has seen it. */
async function untilUp(guest: Station): Promise<void> {
  for (let tries = 10; tries > 0; tries -= 1) {
    const answers = await Promise.all([places.lan.ipv4, places.lan.ipv6].map((to) => guest.ask('ping', to)));
    if (answers.every((answer) => answer === 'pong')) return;
  }
  throw new Error('The pretend LAN does not answer, though no rule stands in the way.');
}

export async function createPretendWorld(): Promise<PretendWorld> {
  const spaces = Object.fromEntries(machines.map((name) => [name, createNetworkNamespace()])) as Record<
    Machine,
    NetworkNamespace
  >;
  const ip = (machine: Machine, words: string) =>
    spaces[machine].run(() => void runTool('/usr/sbin/ip', words.split(' ')));
  const sysctl = (setting: string, machine: Machine = 'host') =>
    spaces[machine].run(() => void runTool('/usr/sbin/sysctl', ['-qw', setting]));
  const addresses = (machine: Machine, device: string, { ipv4, ipv6 }: (typeof places)[Place]) => {
    ip(machine, `link set dev ${device} up`);
    ip(machine, `addr add ${ipv4}/24 dev ${device}`);
    ip(machine, `addr add ${ipv6}/64 dev ${device} nodad`);
  };
  const cable = (device: string, machine: Machine) =>
    ip('host', `link add name ${device} type veth peer name eth0 netns ${spaces[machine].path}`);

  for (const machine of machines) {
    ip(machine, 'link set dev lo up');
    // Until a link-local address is known to be nobody else's, a router asks for no neighbour from it.
    for (const devices of ['all', 'default']) sysctl(`net.ipv6.conf.${devices}.accept_dad=0`, machine);
  }
  for (const bridge of ['gwa', 'gwb']) ip('host', `link add name ${bridge} type bridge`);
  cable('up0', 'lan');
  for (const guest of ['a1', 'a2', 'b1'] as const) {
    cable(`port${guest}`, guest);
    ip('host', `link set dev port${guest} master gw${guest.slice(0, 1)} up`);
  }
  addresses('host', 'gwa', places.bridgeA);
  addresses('host', 'gwb', places.bridgeB);
  addresses('host', 'up0', places.host);
  addresses('lan', 'eth0', places.lan);
  for (const guest of ['a1', 'a2', 'b1'] as const) {
    addresses(guest, 'eth0', places[guest]);
    const gateway = guest === 'b1' ? places.bridgeB : places.bridgeA;
    ip(guest, `route add default via ${gateway.ipv4}`);
    ip(guest, `-6 route add default via ${gateway.ipv6}`);
  }
  ip('lan', `addr add ${places.internet.ipv4}/32 dev lo`);
  ip('lan', `addr add ${places.internet.ipv6}/128 dev lo nodad`);
  ip('lan', `route add 10.90.0.0/16 via ${places.host.ipv4}`);
  ip('lan', `-6 route add fd00:90::/32 via ${places.host.ipv6}`);
  ip('host', `route add default via ${places.lan.ipv4}`);
  ip('host', `-6 route add default via ${places.lan.ipv6}`);
  for (const family of ['ipv4.ip_forward', 'ipv6.conf.all.forwarding']) sysctl(`net.${family}=1`);
  // A refusal for every question: the kernel would answer a second's worth of them only.
  sysctl('net.ipv4.icmp_ratelimit=0');
  sysctl('net.ipv6.icmp.ratelimit=0');
  const started = await Promise.all(machines.map(async (name) => [name, await startStation(spaces[name])] as const));
  const stations = Object.fromEntries(started) as Record<Machine, Station>;
  await Promise.all((['a1', 'a2', 'b1'] as const).map((guest) => untilUp(stations[guest])));

  return {
    stations,
    host: spaces.host,
    ip,
    showBridged(shown) {
      for (const tool of ['iptables', 'ip6tables']) sysctl(`net.bridge.bridge-nf-call-${tool}=${shown ? 1 : 0}`);
    },
    load(...networks) {
      const operations = [...wholePlan({ ...emptyRuleset, inet: compileNetworks(networks) })];
      const plan: Plan = { version: 1, base: 0, bridgeNetfilter: false, operations, definitions: [] };
      const check = checkPlan(planSchema.parse(plan), shapeOf(emptyRuleset));
      if (!check.ok) throw new Error(JSON.stringify(check.problems));
      const { text } = writeNft(operations, { generation: 1, marker: '1 a', forgotten: [], fresh: true });
      spaces.host.run(() => runTool('/usr/sbin/nft', ['-f', '-'], text));
    },
    close() {
      for (const station of Object.values(stations)) station.close();
      for (const space of Object.values(spaces)) space.close();
    },
  };
}
