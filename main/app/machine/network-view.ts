import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import type { NetworkSummary, Problem } from '../../../shared/rpc/machine.ts';
import { rivalText } from '../../engine/words/rival-text.ts';
import type { StoredNetwork } from '../../engine/workspace.ts';
import type { Overlap } from '../../networks/choose/find-overlaps.ts';
import { parseLeases } from '../../networks/leases/parse-leases.ts';

function problemsOf(
  { name, live }: StoredNetwork,
  state: NetworkState | undefined,
  overlaps: readonly Overlap[],
): readonly Problem[] {
  const problems: Problem[] = [];
  if (live !== undefined && state?.bridgeUp === false && live.document.forward.mode !== 'bridge') {
    problems.push({
      kind: 'bridge-down',
      severity: 'error',
      message: 'The bridge is gone or down: guests reach nobody.',
      cure: 'Bring it back: its rules, addresses and services are made again.',
    });
  }
  if (state?.dnsmasq?.running === false) {
    const words = state.dnsmasq.words.trim().replaceAll(/[^ -~]/g, '?');
    problems.push({
      kind: 'dnsmasq-down',
      severity: 'error',
      message: `Guests get no addresses and no names, for dnsmasq does not run${words === '' ? '.' : `: ${words}`}`,
    });
  }
  const own = overlaps.filter(({ network, blocks }) => blocks && network === name);
  for (const text of new Set(own.map(({ subnet, rival }) => `${subnet} is also used by ${rivalText(rival)}.`))) {
    problems.push({
      kind: 'overlap',
      severity: 'warning',
      message: text,
      cure: 'Move the network to a subnet that is free: leases, forwards and filters move with it.',
    });
  }
  return problems;
}

/** How many guests hold an address now; `now` in seconds since 1970. */
export function countLeases(text: string, now: number): number {
  const held = parseLeases(text).filter(({ expiry }) => expiry === 0 || expiry >= now);
  return new Set(held.map(({ mac, clientId, address }) => mac ?? clientId ?? address)).size;
}

/** A network as the map and the lists show it. */
export function viewNetwork(
  stored: StoredNetwork,
  state: NetworkState | undefined,
  overlaps: readonly Overlap[],
  now: number,
): NetworkSummary {
  const { name, live, persistent } = stored;
  const text = live ?? persistent;
  if (text === undefined) throw new Error(`network ${name} is neither defined nor started`);
  const { uuid, title, forward, bridge, ips, domain, settings } = text.document;
  return {
    name,
    uuid: uuid ?? '',
    title,
    kind: forward.mode,
    started: live !== undefined,
    persistent: persistent !== undefined,
    autostart: persistent?.document.settings.autostart ?? false,
    changesAtRestart: live !== undefined && persistent !== undefined && live.text !== persistent.text,
    bridge: bridge.name,
    uplink: forward.dev,
    addresses: ips.map(({ address, prefix }) => `${address}/${prefix}`),
    domain: domain?.name,
    dhcp: ips.some(({ dhcp }) => dhcp !== undefined),
    defaultFilter: settings.defaultFilter,
    leases: countLeases(state?.leases ?? '', now),
    forwards: settings.forwards.length,
    problems: [...problemsOf(stored, state, overlaps)],
  };
}
