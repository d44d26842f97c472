import { formatMac } from '../../../shared/net/mac.ts';
import type { Bandwidth, IpFamily, Rate } from '../../../shared/network/network-document.ts';
import type { BandwidthSetup, Cure, NetworkSetup, TapSetup } from '../../../shared/plan/network-setup.ts';
import type { ResolvedNetwork, Uplink } from '../resolved-network.ts';
import { findGuest } from '../rules/find-guest.ts';
import { forwardsLoopback } from '../rules/forwards-loopback.ts';
import { familyOf, ownSubnets, subnetOf } from '../rules/own-subnet.ts';
import { promisedAccepts } from '../rules/promised-accepts.ts';
import { advertisedPrefix, composeDnsmasq } from './compose-dnsmasq.ts';

function composeRate({ average, peak, burst }: Rate) {
  return { average, ...(peak === undefined ? {} : { peak }), ...(burst === undefined ? {} : { burst }) };
}

/** A definition's bandwidth as the helper takes it, for a network or a TAP. */
export function composeBandwidth({ inbound, outbound }: Bandwidth): BandwidthSetup {
  return {
    ...(inbound === undefined ? {} : { inbound: composeRate(inbound) }),
    ...(outbound === undefined ? {} : { outbound: composeRate(outbound) }),
  };
}

/** Families that the host forwards for this network. An isolated one's port forwards lead from sibling to sibling through the host. */
function forwardedFamilies(network: ResolvedNetwork): IpFamily[] {
  const families = ownSubnets(network).map(({ family }) => family);
  const forwards = network.settings.forwards.flatMap((forward) => findGuest(network, forward).map(familyOf));
  const wanted = network.forward.mode === 'isolated' ? forwards : families;
  return (['ipv4', 'ipv6'] as const).filter((family) => wanted.includes(family));
}

const hasIpv6 = (uplink: Uplink | undefined): boolean => (uplink?.ipv6 ?? []).length > 0;

/** Guests are not to reach each other. */
const areApart = ({ portsIsolated, settings }: ResolvedNetwork): boolean => portsIsolated || !settings.reach.guests;

function composeLink(network: ResolvedNetwork): NonNullable<NetworkSetup['link']> {
  const { bridge, forward, ips, uplink } = network;
  return {
    bridge: bridge.name,
    mac: formatMac(bridge.mac),
    ...(bridge.mtu === undefined ? {} : { mtu: bridge.mtu }),
    stp: bridge.stp,
    forwardDelay: bridge.delay,
    // As libvirt: a host that has no IPv6 address in the network does not speak IPv6 there.
    ipv6: forward.mode === 'lan' ? hasIpv6(uplink) : ips.some(({ family }) => family === 'ipv6'),
    learning: bridge.macTableManager === 'kernel',
    ...(areApart(network) ? { isolated: true } : {}),
    ...(forwardsLoopback(network) ? { loopback: true } : {}),
  };
}

/** In mode lan the bridge answers by the host's own address, as a router with one address on all its links does. */
function composeAddresses({ forward, ips, uplink }: ResolvedNetwork): NetworkSetup['addresses'] {
  if (forward.mode !== 'lan') return ips.map(({ address, prefix }) => ({ address, prefix, prefixRoute: true }));
  // dnsmasq advertises prefixes of addresses that the device has; the route to the LAN stays the uplink's.
  return [
    ...(uplink?.address === undefined ? [] : [{ address: uplink.address, prefix: 32, prefixRoute: false }]),
    ...(uplink?.ipv6 ?? []).map((address) => ({ address, prefix: advertisedPrefix, prefixRoute: false })),
  ];
}

function composeResolve({ domain, dns, ips }: ResolvedNetwork): NetworkSetup['resolve'] {
  const server = ips.find(({ family }) => family === 'ipv4') ?? ips[0];
  if (domain?.register !== true || !dns.enabled || server === undefined) return undefined;
  return { domain: domain.name, server: server.address };
}

function composeProxy({ forward, uplink, settings }: ResolvedNetwork): NetworkSetup['proxy'] {
  if (forward.mode !== 'lan' || uplink === undefined) return undefined;
  return {
    uplink: uplink.device,
    ipv6: hasIpv6(uplink),
    reserved: [...uplink.reserved],
    subnets: [...uplink.subnets],
    ...(settings.reflect ? { reflect: true } : {}),
  };
}

/** Everything of a network but its rules, as the helper carries it out. `filtered`: devices of others that have a filter, wherever they are. */
export function composeSetup(
  network: ResolvedNetwork,
  taps: readonly TapSetup[],
  cures: readonly Cure[],
  filtered: readonly string[] = [],
): NetworkSetup {
  const apart = areApart(network);
  const isFiltering = network.settings.defaultFilter !== undefined;
  const common = {
    accepts: [...promisedAccepts(network)],
    cures: [...cures],
    taps: taps.map((tap) => ({ ...tap, isolated: tap.isolated || apart })),
  };
  if (network.forward.mode === 'bridge') {
    const nothing = { addresses: [], routes: [], forwarding: [], bandwidth: {} };
    return { ...nothing, ...common, hostBridge: network.bridge.name };
  }
  const [dnsmasq, resolve, proxy] = [composeDnsmasq(network), composeResolve(network), composeProxy(network)];
  return {
    link: composeLink(network),
    addresses: composeAddresses(network),
    routes: network.routes.map(({ address, prefix, gateway, metric }) => ({
      destination: subnetOf(address, prefix).cidr,
      gateway,
      ...(metric === undefined ? {} : { metric }),
    })),
    forwarding: forwardedFamilies(network),
    bandwidth: composeBandwidth(network.bandwidth),
    ...(dnsmasq === undefined ? {} : { dnsmasq }),
    ...(resolve === undefined ? {} : { resolve }),
    ...common,
    ...(isFiltering ? { admits: [...filtered] } : {}),
    ...(proxy === undefined ? {} : { proxy }),
  };
}
