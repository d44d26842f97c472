import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Parameters } from '../../../shared/nwfilter/filter-document.ts';

/** A NIC of the bench, or one that shares its rules and never sends. */
export interface Nic {
  readonly device: string;
  readonly mac: bigint;
  readonly ipv4: bigint;
  readonly ipv6: bigint;
  readonly parameters: Parameters;
}

function nic(device: string, mac: string, ipv4: string, ipv6: string): Nic {
  return {
    device,
    mac: parseMac(mac) as bigint,
    ipv4: parseIpv4(ipv4) as bigint,
    ipv6: parseIpv6(ipv6) as bigint,
    parameters: { ...listVariables, IP: [ipv4], IP6: [ipv6] },
  };
}

/** Variables with two values each, by the kind of attribute that takes them; one list a kind, so that iterators meet. */
const listVariables: Parameters = {
  IPS: ['10.33.8.131', '10.33.0.9'],
  IP6S: ['fd00:33::131', 'fd00:33::9'],
  MACS: ['52:54:00:56:44:32', '52:54:00:aa:00:01'],
  MASKS4: ['24', '30'],
  MASKS6: ['64', '126'],
  MACMASKS: ['ff:ff:ff:00:00:00', 'ff:ff:ff:ff:ff:fe'],
  PORTS: ['80', '443'],
  BYTES: ['1', '8'],
  TYPES: ['2048', '2054'],
};

// The bench's two ports (rig/bench.ts), named again so that tests without a kernel can use this file.
export const guest = nic('vnet0', '52:54:00:56:44:32', '10.33.8.131', 'fd00:33::131');
export const peer = nic('vnet1', '52:54:00:aa:00:01', '10.33.0.9', 'fd00:33::9');
export const absent = nic('vnet9', '52:54:00:bb:00:09', '10.33.9.9', 'fd00:33::99');
