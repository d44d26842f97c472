import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Plan } from '../../../shared/plan/plan.ts';

/** A network with an address of either family that forwards, and has a TAP. */
export const forwarding: NetworkSetup = {
  link: {
    bridge: 'gwtest0',
    mac: '52:54:00:aa:bb:01',
    mtu: 1400,
    stp: true,
    forwardDelay: 2,
    ipv6: true,
    learning: true,
  },
  addresses: [
    { address: '10.11.12.1', prefix: 24, prefixRoute: true },
    { address: 'fd00:11::1', prefix: 64, prefixRoute: true },
  ],
  routes: [
    { destination: '10.50.0.0/16', gateway: '10.11.12.2' },
    { destination: 'fd00:50::/48', gateway: 'fd00:11::2', metric: 20 },
  ],
  forwarding: ['ipv4', 'ipv6'],
  bandwidth: { inbound: { average: 1000, peak: 2000, burst: 100 }, outbound: { average: 500 } },
  accepts: [],
  cures: [],
  taps: [{ device: 'gwtap0', owner: 65534, isolated: true, bandwidth: {} }],
};

/** DHCP and DNS for `forwarding`. */
export const serving: NonNullable<NetworkSetup['dnsmasq']> = {
  listen: ['10.11.12.1'],
  dns: { forwardPlainNames: false, forwarders: [], hosts: [], txts: [], srvs: [], localPtr: [] },
  ranges: [{ family: 'ipv4', low: '10.11.12.10', high: '10.11.12.20', prefix: 24 }],
  hosts: [],
  staticOnly: [],
  routerAdvertisements: [],
  offersRouter: true,
  options: [],
};

/** A bridge without address, on which the host says nothing. */
export const silent: NetworkSetup = {
  link: { bridge: 'gwtest1', mac: '52:54:00:aa:bb:02', stp: false, forwardDelay: 0, ipv6: false, learning: true },
  addresses: [],
  routes: [],
  forwarding: [],
  bandwidth: {},
  accepts: [],
  cures: [],
  taps: [],
};

/** A plan of networks alone. */
export function networksPlan(base: number, setups: Readonly<Record<string, NetworkSetup | null>>): Plan {
  return {
    version: 1,
    base,
    bridgeNetfilter: false,
    operations: [],
    definitions: [],
    networks: Object.entries(setups).map(([network, setup]) => ({ network, setup })),
  };
}
