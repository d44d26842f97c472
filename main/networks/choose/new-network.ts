import { formatIpAddress } from '../../../shared/net/ip-address.ts';
import type { Subnet } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { Dhcp, ForwardMode, IpBlock, NetworkDocument } from '../../../shared/network/network-document.ts';
import { chooseSubnet } from './choose-subnet.ts';
import { chooseUla } from './choose-ula.ts';
import { dhcpv6Range } from './dhcpv6-range.ts';

export interface NetworkWish {
  readonly name: string;
  readonly kind: ForwardMode;
  readonly uuid: string;
  /** The only device that guests' packets leave by; mode bridge: the host's bridge. Mode lan takes the default route's where this is absent. */
  readonly uplink?: string | undefined;
}

export type NewNetwork =
  | { readonly ok: true; readonly document: NetworkDocument }
  /** subnet: no private addresses are left. uplink: there is no default route to take the device of. */
  | { readonly ok: false; readonly missing: 'subnet' | 'uplink' };

const span = { file: 'new network', line: 1, column: 1, length: 0 };

/** A label of DNS (RFC 1123) out of any name. */
function domainLabel(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return label === '' ? 'network' : label;
}

const block = (subnet: Subnet, dhcp: Dhcp | undefined): IpBlock => ({
  family: subnet.family,
  address: formatIpAddress({ family: subnet.family, value: subnet.base + 1n }),
  prefix: subnet.prefix,
  localPtr: false,
  tftpRoot: undefined,
  dhcp,
  span,
});

/** The upper part of the /24; what is below is for addresses that people choose. */
function upperRange({ base }: Subnet): Dhcp {
  const low = formatIpAddress({ family: 'ipv4', value: base + 100n });
  const high = formatIpAddress({ family: 'ipv4', value: base + 254n });
  return { ranges: [{ low, high, lease: undefined, span }], hosts: [], bootp: undefined };
}

function plainNetwork({ name, uuid, kind }: NetworkWish, dev: string | undefined): NetworkDocument {
  return {
    name,
    uuid,
    title: undefined,
    description: undefined,
    guestIpv6: false,
    forward: { mode: kind, dev, natIpv6: false, natAddress: undefined, natPorts: undefined, span },
    bridge: {
      name: undefined,
      // With it the kernel keeps a new port silent for four seconds (twice BR_MIN_FORWARD_DELAY), and nothing here makes a loop.
      stp: false,
      delay: 0,
      zone: undefined,
      macTableManager: 'kernel',
      mac: undefined,
      mtu: undefined,
      span,
    },
    domain: undefined,
    dns: { enabled: true, forwardPlainNames: true, forwarders: [], hosts: [], txts: [], srvs: [] },
    ips: [],
    routes: [],
    bandwidth: { inbound: undefined, outbound: undefined },
    portGroups: [],
    portsIsolated: false,
    dnsmasqOptions: [],
    settings: {
      autostart: false,
      reach: { internet: true, lan: true, guests: true, host: true },
      openings: undefined,
      forwards: [],
      slaac: false,
      reflect: false,
      defaultFilter: undefined,
    },
    foreignMetadata: [],
    span,
  };
}

/** A network with every detail chosen to suit this host and the networks that it has. */
export function newNetwork(wish: NetworkWish, facts: HostFacts, definitions: readonly NetworkDocument[]): NewNetwork {
  const { kind, name, uuid, uplink } = wish;
  if (kind === 'bridge') {
    if (uplink === undefined) return { ok: false, missing: 'uplink' };
    const plain = plainNetwork(wish, undefined);
    return { ok: true, document: { ...plain, bridge: { ...plain.bridge, name: uplink, stp: false } } };
  }
  if (kind === 'lan') {
    const dev = uplink ?? facts.uplinks.ipv4 ?? facts.uplinks.ipv6;
    if (dev === undefined) return { ok: false, missing: 'uplink' };
    return { ok: true, document: plainNetwork(wish, dev) };
  }
  const subnet = chooseSubnet(facts, definitions);
  if (subnet === undefined) return { ok: false, missing: 'subnet' };
  // Nobody would route a unique local address back to a guest, so it is for networks whose packets keep to themselves or are masqueraded.
  const speaksIpv6 = (kind === 'nat' || kind === 'isolated') && facts.uplinks.ipv6 !== undefined;
  const plain = plainNetwork(wish, uplink);
  const ula = speaksIpv6 ? chooseUla(uuid) : undefined;
  return {
    ok: true,
    document: {
      ...plain,
      forward: { ...plain.forward, natIpv6: speaksIpv6 && kind === 'nat' },
      domain: { name: `${domainLabel(name)}.internal`, localOnly: true, register: true },
      ips: [block(subnet, upperRange(subnet)), ...(ula === undefined ? [] : [block(ula, dhcpv6Range(ula))])],
      // Android has no DHCPv6.
      settings: { ...plain.settings, slaac: ula !== undefined },
    },
  };
}
