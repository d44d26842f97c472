import type { ResolvedNetwork } from '../../../../main/networks/resolved-network.ts';
import type {
  Forward,
  GuestwardSettings,
  IpBlock,
  NetworkDocument,
} from '../../../../shared/network/network-document.ts';

const span: NetworkDocument['span'] = { file: 'sample.xml', line: 1, column: 1, length: 0 };

export function sampleIp(address: string, prefix: number, more: Partial<IpBlock> = {}): IpBlock {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  return { family, address, prefix, localPtr: false, tftpRoot: undefined, dhcp: undefined, span, ...more };
}

export function sampleSettings(more: Partial<GuestwardSettings> = {}): GuestwardSettings {
  return {
    autostart: false,
    reach: { internet: true, lan: true, guests: true, host: true },
    openings: undefined,
    forwards: [],
    slaac: false,
    reflect: false,
    defaultFilter: undefined,
    ...more,
  };
}

export const sampleForward = (more: Partial<Forward> = {}): Forward => ({
  mode: 'nat',
  dev: undefined,
  natIpv6: false,
  natAddress: undefined,
  natPorts: undefined,
  span,
  ...more,
});

export { span as sampleSpan };

/** A nat network on gwa, 10.90.1.0/24 and fd00:90:1::/64, but for what is said otherwise. */
export function sampleNetwork(more: Partial<ResolvedNetwork> = {}): ResolvedNetwork {
  return {
    name: 'a',
    uuid: '11111111-2222-4333-8444-555555555555',
    title: undefined,
    description: undefined,
    guestIpv6: false,
    forward: sampleForward(),
    bridge: {
      name: 'gwa',
      stp: true,
      delay: 0,
      zone: undefined,
      macTableManager: 'kernel',
      mac: 0x52540000_0001n,
      mtu: undefined,
      span,
    },
    domain: undefined,
    dns: { enabled: true, forwardPlainNames: true, forwarders: [], hosts: [], txts: [], srvs: [] },
    ips: [sampleIp('10.90.1.1', 24), sampleIp('fd00:90:1::1', 64)],
    routes: [],
    bandwidth: { inbound: undefined, outbound: undefined },
    portGroups: [],
    portsIsolated: false,
    dnsmasqOptions: [],
    settings: sampleSettings(),
    foreignMetadata: [],
    span,
    guestAddresses: [],
    uplink: undefined,
    ...more,
  };
}
