import { readPrefix } from './network-address.ts';
import type { Accept, NetworkSetup } from './network-setup.ts';

/** Accepts are narrow: each names a device of the network, or the uplink of one of mode lan, on the side that its hook knows. */
export function checkAccept(accept: Accept, setup: NetworkSetup): readonly string[] {
  const { hook, iif, oif, protocol, dports } = accept;
  const own = [setup.link?.bridge, setup.hostBridge, setup.proxy?.uplink, setup.dnsmasq?.relay?.uplink];
  const named = [iif, oif].some((device) => device !== undefined && own.includes(device));
  const other = accept.family === 'ipv4' ? 'icmpv6' : 'icmp';
  return [
    ...(hook === 'input' && oif !== undefined ? ['an accept of what comes in names a device to leave by'] : []),
    ...(hook === 'output' && iif !== undefined ? ['an accept of what goes out names a device to come in by'] : []),
    ...(named ? [] : ['an accept names no device of the network']),
    ...[accept.saddr, accept.daddr].flatMap((text) => {
      if (text === undefined) return [];
      const prefix = readPrefix(text);
      if (prefix === undefined) return [`${text} is not a prefix as it is written`];
      return prefix.family === accept.family ? [] : [`an accept of ${accept.family} names ${text}`];
    }),
    ...(protocol === other ? [`an accept of ${accept.family} names ${protocol}`] : []),
    ...(dports !== undefined && protocol !== 'tcp' && protocol !== 'udp' ? ['ports of a protocol without ports'] : []),
    ...(dports !== undefined && dports.low > dports.high ? [`ports from ${dports.low} to ${dports.high}`] : []),
  ];
}
