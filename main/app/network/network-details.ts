import { formatMac } from '../../../shared/net/mac.ts';
import { formatSubnet } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument, PortForward } from '../../../shared/network/network-document.ts';
import type { Inspection, NetworkState } from '../../../shared/plan/helper-protocol.ts';
import type { Forward } from '../../../shared/rpc/changes.ts';
import type { NetworkDetails } from '../../../shared/rpc/network.ts';
import type { EngineStatus } from '../../engine/engine.ts';
import type { Finding } from '../../engine/examine.ts';
import { resolveNetwork } from '../../engine/networks/resolve-network.ts';
import type { StoredNetwork, Workspace } from '../../engine/workspace.ts';
import { chooseSubnet } from '../../networks/choose/choose-subnet.ts';
import { heldLeases } from '../../networks/leases/held-leases.ts';
import { compileNetworks } from '../../networks/rules/compile-networks.ts';
import { kernelRules } from './kernel-rules.ts';
import { takenPorts } from './taken-ports.ts';
import { viewFinding } from './view-finding.ts';

/** All that a network's details are made of. */
export interface NetworkFacts {
  readonly workspace: Pick<Workspace, 'networks' | 'ports' | 'ruleset'>;
  readonly host: HostFacts;
  readonly state: NetworkState | undefined;
  readonly inspection: Inspection;
  readonly counters: EngineStatus['counters'];
  readonly findings: readonly Finding[];
  /** Seconds since 1970. */
  readonly now: number;
}

const documentOf = ({ live, persistent }: StoredNetwork) => (live ?? persistent)?.document;

export function viewForward({ protocol, hostPorts, guestPorts, guest, expires }: PortForward): Forward {
  return {
    protocol,
    hostPorts: { ...hostPorts },
    guestPorts: { ...guestPorts },
    guest:
      'name' in guest
        ? { by: 'name', name: guest.name }
        : 'mac' in guest
          ? { by: 'mac', mac: formatMac(guest.mac) }
          : { by: 'address', address: guest.address },
    expires,
  };
}

function viewDns({ dns, domain }: NetworkDocument): NetworkDetails['dns'] {
  return {
    enabled: dns.enabled,
    domain: domain?.name,
    forwarders: dns.forwarders.map(({ address, port, domain: only }) =>
      [address ?? '', port === undefined ? '' : `:${port}`, only === undefined ? '' : ` (${only})`].join('').trim(),
    ),
    hosts: dns.hosts.map(({ address, hostnames }) => ({ address, names: [...hostnames] })),
  };
}

const keptIn = ({ ips }: NetworkDocument): NetworkDetails['kept'] =>
  ips
    .flatMap(({ dhcp }) => dhcp?.hosts ?? [])
    .map(({ address, mac, name }) => ({ address, mac: mac === undefined ? undefined : formatMac(mac), name }));

/** All about one network that the machine's summary does not say. */
export function networkDetails(stored: StoredNetwork, facts: NetworkFacts): NetworkDetails {
  const { live, persistent } = stored;
  const { workspace, host, state, inspection, counters, findings, now } = facts;
  const shown = live ?? persistent;
  if (shown === undefined) throw new Error(`network ${stored.name} is neither defined nor started`);
  const { document, text } = shown;
  const { settings } = document;
  const networks = [...workspace.networks.values()];
  const free = chooseSubnet(
    host,
    networks.flatMap((each) => documentOf(each) ?? []),
  );
  const own = () => compileNetworks([resolveNetwork(document, [...workspace.ports.values()], host)]);
  return {
    text,
    definition: live !== undefined && persistent?.text !== live.text ? persistent?.text : undefined,
    findings: findings.flatMap(viewFinding),
    leases: heldLeases(document, state, now).map(({ address, family, mac, hostname, expires }) => ({
      address,
      family,
      mac,
      hostname,
      expires,
    })),
    kept: keptIn(document),
    openings:
      settings.openings?.map(({ protocol, ports, service }) => ({ protocol, ports: { ...ports }, service })) ?? null,
    forwards: settings.forwards.map(viewForward),
    taken: [...takenPorts(inspection.listeners, networks)],
    reach: { ...settings.reach },
    ...(document.forward.mode === 'lan' && { reflect: settings.reflect }),
    dns: viewDns(document),
    rules: live === undefined ? [] : [...kernelRules(own(), workspace.ruleset.inet, counters)],
    freeSubnet: free && formatSubnet(free),
  };
}
