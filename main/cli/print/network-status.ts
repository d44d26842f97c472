import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import { rivalText } from '../../engine/words/rival-text.ts';
import type { Workspace } from '../../engine/workspace.ts';
import type { Overlap } from '../../networks/choose/find-overlaps.ts';
import { textOf } from '../networks/find-network.ts';
import { byName } from './by-name.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

export interface NetworksView {
  readonly workspace: Workspace;
  readonly states: Readonly<Record<string, NetworkState>>;
  readonly overlaps: readonly Overlap[];
  /** How many guests have an address by DHCP, by network. */
  readonly leases: Readonly<Record<string, number>>;
}

export function networksJson({ workspace, states, overlaps, leases }: NetworksView) {
  const ports = [...workspace.ports.values()];
  return [...workspace.networks.values()].sort(byName).map((stored) => {
    const { name, live, persistent } = stored;
    const { forward, bridge, ips } = textOf(stored).document;
    const state = states[name];
    return {
      name,
      active: live !== undefined,
      persistent: persistent !== undefined,
      autostart: persistent?.document.settings.autostart ?? false,
      mode: forward.mode,
      bridge: bridge.name,
      addresses: ips.map(({ address, prefix }) => `${address}/${prefix}`),
      ports: ports.filter((port) => port.network === name).length,
      leases: leases[name] ?? 0,
      bridgeUp: state?.bridgeUp,
      dnsmasq: state?.dnsmasq,
      accepts: state?.accepts ?? [],
      overlaps: overlaps.filter(({ network, blocks }) => blocks && network === name),
    };
  });
}

type Row = ReturnType<typeof networksJson>[number];

/** What is wrong with a network, in sentences with what would help. */
function troublesOf({ name, active, mode, bridgeUp, dnsmasq, overlaps }: Row): readonly string[] {
  const troubles: string[] = [];
  if (active && bridgeUp === false && mode !== 'bridge') {
    troubles.push(`the bridge of ${name} is gone or down; guestward restore brings it back`);
  }
  if (dnsmasq?.running === false) {
    const words = dnsmasq.words.trim();
    troubles.push(
      `${name} has no DHCP and DNS, for dnsmasq does not run${words === '' ? '' : `: ${printable(words).replaceAll('\n', ' ')}`}`,
    );
  }
  const rivals = [...new Set(overlaps.map(({ subnet, rival }) => `${subnet} of ${name} overlaps ${rivalText(rival)}`))];
  for (const rival of rivals) troubles.push(`${rival}; guestward net-renumber ${name} moves it to a free subnet`);
  return troubles;
}

/** The part of `status` that is about networks. */
export function networksText(view: NetworksView): string {
  const networks = networksJson(view);
  if (networks.length === 0) return 'There is no network yet. To begin: guestward net-new\n';
  const rows = networks.map(({ name, active, mode, bridge = '-', addresses, ports, leases }) => [
    name,
    active ? 'active' : 'inactive',
    mode,
    bridge,
    addresses.length === 0 ? '-' : addresses.join(' '),
    String(ports),
    String(leases),
  ]);
  const table = formatTable(['Network', 'State', 'Kind', 'Bridge', 'Address', 'Ports', 'Leases'], rows);
  return `${table}${networks
    .flatMap(troublesOf)
    .map((trouble) => `warning: ${trouble}\n`)
    .join('')}`;
}
